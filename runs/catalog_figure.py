"""Draws docs/catalog.webp: the songs of the current catalog on the valence-arousal plane.

python runs/catalog_figure.py
"""

from pathlib import Path

from matplotlib import pyplot
from matplotlib.colors import LogNorm

from musicalface.mood import MOODS
from musicalface.songs import open_catalog

OUT = Path(__file__).parent.parent / "docs" / "catalog.webp"
TITLES = {"listeners": "rated by listeners", "lyrics": "rated by lyrics only"}
CELLS = 26


def main() -> None:
    with open_catalog() as catalog:
        songs = list(catalog)
    figure, panels = pyplot.subplots(
        1, 2, figsize=(9, 4.4), layout="constrained", sharex=True, sharey=True
    )
    for axes, (evidence, title) in zip(panels, TITLES.items(), strict=True):
        points = [song.moods for song in songs if song.evidence == evidence]
        cells = axes.hexbin(
            [moods.valence for moods in points],
            [moods.arousal for moods in points],
            gridsize=CELLS,
            extent=(-1, 1, -1, 1),
            norm=LogNorm(1, 2000),
            mincnt=1,
            linewidths=0.1,
        )
        axes.set(title=f"{title}: {len(points):,} songs", xlabel="valence", aspect="equal")
        axes.axhline(0, color="gray", linewidth=0.6)
        axes.axvline(0, color="gray", linewidth=0.6)
        for mood in MOODS:
            valence, arousal = mood.corner
            ha, va = {1: "right", -1: "left"}[valence], {1: "top", -1: "bottom"}[arousal]
            axes.text(valence, 1.12 * arousal, mood.value, ha=ha, va=va, fontweight="bold")
        axes.set(xlim=(-1.15, 1.15), ylim=(-1.15, 1.15))
    panels[0].set_ylabel("arousal")
    figure.colorbar(cells, ax=panels, label="songs per cell")
    figure.savefig(OUT, dpi=160)


if __name__ == "__main__":
    main()
