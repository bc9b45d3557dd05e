"""Agreement of the catalog with held-out listeners, on the pools of songs that play for a mood.

    python benchmarks/listener_agreement.py readings.npz --ids spotify.parquet \\
        --ids deezer.parquet --listeners tags.parquet,more.parquet --listeners va.parquet \\
        --check mirex.parquet

`readings.npz` is made by runs/leave_one_source_out.py. For each annotation source, scores the
songs as a catalog built without it would, with the lyrics model that learnt without it. Then
compares two pools with the labels of the source: that of `musicalface songs MOOD`, and that
of a page, which plays songs with an id of Spotify or Deezer. A source of `--check` is in no
catalog. A source of points is compared twice: by quadrants, and by the moods that other
listeners assign to such points (a map fitted to songs of other artists, because groups of
listeners do not share a zero point). Only points far from the origin count, and of counts
only those with a clear mood. A mood without labels in a source is left out. The interval is
Wilson's (1927) at 95 %.
"""

import argparse
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from musicalface.annotations import (
    AnnotationSource,
    ListenerEvidence,
    artist_of,
    read_source,
    valence_arousal,
)
from musicalface.models.probabilities import softmax
from musicalface.mood import MOODS, SURE_MARGIN, SURE_PROBABILITY, Mood
from musicalface.songs.sampling import POOL_SIZE
from musicalface.songs.song_ids import read_ids

Pools = dict[Mood, list[str]]
Readings = Mapping[str, NDArray[np.floating]]
Count = tuple[int, int]
"""Songs of the pool that the source labels with the mood, and all that it labels."""

COMMAND_LINE, PAGE = "command line", "page"
NOTHING = dict.fromkeys(MOODS, (0, 0))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("readings", type=Path)
    options.add_argument("--listeners", action="append", required=True)
    options.add_argument("--check", action="append", default=[])
    options.add_argument("--ids", type=Path, action="append", default=[])
    options.add_argument("--pool", type=int, default=POOL_SIZE, help="songs per mood")
    given = options.parse_args()
    listeners, checked = (
        [read_source([Path(name) for name in group.split(",")]) for group in each]
        for each in (given.listeners, given.check)
    )
    readings, playable = np.load(given.readings), read_ids(given.ids).keys()
    totals = {COMMAND_LINE: NOTHING, PAGE: NOTHING}
    for source in listeners + checked:
        others = [other for other in listeners if other is not source]
        keys, moods = score(others, readings, source.name)
        kinds = {
            COMMAND_LINE: np.ones(len(keys), bool),
            PAGE: np.array([k in playable for k in keys]),
        }
        for kind, plays in kinds.items():
            pools = {mood: pool_of(mood, keys, moods, plays, given.pool) for mood in MOODS}
            for name, labels in labels_of_source(source, others).items():
                counts = agreement(pools, labels)
                print(f"{name}, {kind}")
                show(counts)
            totals[kind] = {mood: add(totals[kind][mood], counts[mood]) for mood in MOODS}
    for kind, total in totals.items():
        print(f"all sources, points by the moods of the other listeners, {kind}")
        show(total)


def score(
    sources: Sequence[AnnotationSource], readings: Readings, left_out: str
) -> tuple[list[str], NDArray[np.float64]]:
    """Returns the songs and their probabilities (N, 4), as `mood_scoring` combines evidence."""
    heard = ListenerEvidence.of(sources)
    lyrics = dict(
        zip(
            readings["keys"].tolist(),
            readings[left_out if left_out in readings else "none"],
            strict=True,
        )
    )
    nothing = np.zeros(len(MOODS))
    keys = list(dict.fromkeys([*lyrics, *heard.songs]))
    logs = [
        lyrics.get(key, nothing)
        + (heard.songs[key] if key in heard.songs else heard.artists.get(artist_of(key), nothing))
        for key in keys
    ]
    return keys, softmax(np.array(logs)).astype(float)


def pool_of(
    mood: Mood,
    keys: Sequence[str],
    moods: NDArray[np.float64],
    plays: NDArray[np.bool_],
    size: int,
) -> list[str]:
    """Returns the songs that are surest of a mood, among those that play."""
    column = MOODS.index(mood)
    sureness, second = moods[:, column], np.sort(moods, axis=1)[:, -2]
    clear = (moods.argmax(1) == column) & (sureness >= SURE_PROBABILITY)
    rows = np.flatnonzero(plays & clear & (sureness - second >= SURE_MARGIN))
    best = rows[np.argsort(-sureness[rows], kind="stable")][:size]
    return [keys[row] for row in best]


def labels_of_source(
    source: AnnotationSource, others: Sequence[AnnotationSource]
) -> dict[str, dict[str, Mood]]:
    """Returns the labels of a source, in one or two variants, by title."""
    if not source.points:
        return {f"without {source.name}": source.labels}
    return {
        f"without {source.name}, by quadrants": source.labels,
        f"without {source.name}, by the moods of the other listeners": _mapped(source, others),
    }


def _mapped(source: AnnotationSource, others: Sequence[AnnotationSource]) -> dict[str, Mood]:
    """The moods of far points; one half of the artists is read by a map fitted to the other."""
    labels_of_others: dict[str, Mood] = {}
    for other in others:
        labels_of_others = other.moods | labels_of_others
    mapped: dict[str, Mood] = {}
    for half in range(2):
        shared = [k for k in source.points if k in labels_of_others and _half(k) != half]
        labels = np.array([MOODS.index(labels_of_others[key]) for key in shared], np.int64)
        weights = valence_arousal.fit(_points(source, shared), labels)
        far = [key for key in source.labels if _half(key) == half]
        moods = valence_arousal.log_likelihoods(weights, _points(source, far)).argmax(1)
        mapped |= {key: MOODS[mood] for key, mood in zip(far, moods, strict=True)}
    return mapped


def _points(source: AnnotationSource, keys: Sequence[str]) -> valence_arousal.Points:
    return valence_arousal.to_array([source.points[key] for key in keys])


def _half(key: str) -> int:
    return crc32(artist_of(key).encode()) % 2


def agreement(pools: Pools, labels: Mapping[str, Mood]) -> dict[Mood, Count]:
    """Returns, for each mood's pool, the songs labelled with the mood and all labelled songs."""
    labelled_moods = set(labels.values())
    return {
        mood: (
            sum(labels.get(key) is mood for key in keys),
            sum(key in labels for key in keys) if mood in labelled_moods else 0,
        )
        for mood, keys in pools.items()
    }


def show(counts: dict[Mood, Count]) -> None:
    everything = (0, 0)
    for mood, count in counts.items():
        print(f"  {mood:<9}{line(count)}")
        everything = add(everything, count)
    print(f"  {'all':<9}{line(everything)}", flush=True)


def line(count: Count) -> str:
    hits, tries = count
    if not tries:
        return "  no labels"
    low, high = wilson(hits, tries)
    return f"{hits:>5} of {tries:>5}   {hits / tries:6.1%}   ({low:.0%} to {high:.0%})"


def wilson(hits: int, tries: int, z: float = 1.96) -> tuple[float, float]:
    """Returns the Wilson score interval (1927) of a share; z 1.96 gives 95 %."""
    share, correction = hits / tries, z * z / tries
    middle = share + correction / 2
    spread = z * sqrt(share * (1 - share) / tries + correction / tries / 4)
    return (middle - spread) / (1 + correction), (middle + spread) / (1 + correction)


def add(one: Count, other: Count) -> Count:
    return one[0] + other[0], one[1] + other[1]


if __name__ == "__main__":
    main()
