"""Draws where the songs of a library lie on the valence-arousal plane.

    musicalface library export --csv moods.csv
    python runs/library_figure.py moods.csv docs/library-plane.svg

Colours are the moods of the folders or file names that start with a mood (`sad-1.opus`), else the
moods of the library. Songs of unknown mood are left out.
"""

import csv
import sys
from pathlib import Path

import matplotlib

from musicalface.mood import MOODS

COLOURS = {"angry": "#c0392b", "happy": "#d68910", "relaxed": "#1e8449", "sad": "#2471a3"}


def main() -> None:
    table, out = map(Path, sys.argv[1:])
    with table.open(encoding="utf-8", newline="") as file:
        songs = [row for row in csv.DictReader(file) if row["mood"]]
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "musicalface", "font.size": 9})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 5))
    for mood in MOODS:
        chosen = [song for song in songs if label(song) == mood]
        points = [(float(song["valence"]), float(song["arousal"])) for song in chosen]
        axes.scatter(*zip(*points, strict=True), s=14, alpha=0.75, color=COLOURS[mood], label=mood)
    for mood in MOODS:
        x, y = mood.corner
        axes.text(0.97 * x, 0.95 * y, mood, ha="right" if x > 0 else "left", color="#666666")
    axes.axhline(0, color="#999999", linewidth=0.6)
    axes.axvline(0, color="#999999", linewidth=0.6)
    axes.set(xlim=(-1, 1), ylim=(-1, 1), xlabel="valence", ylabel="arousal")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.09), ncol=4, frameon=False)
    figure.savefig(out, metadata={"Date": None}, bbox_inches="tight")


def label(song: dict[str, str]) -> str:
    path = Path(song["path"])
    names = (path.parent.name, path.name.partition("-")[0])
    return next((name for name in names if name in COLOURS), song["mood"])


if __name__ == "__main__":
    main()
