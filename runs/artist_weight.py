"""Measures what an artist's other songs add to the lyrics, for songs of held-out listeners.

    python runs/artist_weight.py readings.npz --listeners TABLE[,TABLE…] … --check TABLE …

`readings.npz` is made by runs/leave_one_source_out.py. Each song that a left-out source labels is
read by its lyrics, and by them and its artist's other songs as the remaining sources of
`--listeners` place them; the song itself is left out. The weight of `listener_evidence.py` was
chosen with these figures.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicalface.annotations import AnnotationSource, artist_of, fuse, read_source
from musicalface.annotations.listener_evidence import artist_evidence
from musicalface.mood import MOODS

Logs = NDArray[np.float64]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("readings", type=Path)
    options.add_argument("--listeners", action="append", required=True)
    options.add_argument("--check", action="append", default=[])
    given = options.parse_args()
    listeners, checked = (
        [read_source([Path(name) for name in group.split(",")]) for group in each]
        for each in (given.listeners, given.check)
    )
    readings = np.load(given.readings)
    for source in listeners + checked:
        if source.name in readings and source.moods:
            others = [other for other in listeners if other is not source]
            lyrics = dict(zip(readings["keys"].tolist(), readings[source.name], strict=True))
            measure(source, others, lyrics)


def measure(
    source: AnnotationSource, others: Sequence[AnnotationSource], lyrics: Mapping[str, Logs]
) -> None:
    """Prints how often the labels of a source are right without and with the artists."""
    by_artist: dict[str, dict[str, Logs]] = {}
    for key, evidence in fuse(others).items():
        by_artist.setdefault(artist_of(key), {})[key] = evidence
    alone, both, labels = [], [], []
    for key in source.moods.keys() & lyrics.keys():
        songs = {k: v for k, v in by_artist.get(artist_of(key), {}).items() if k != key}
        if songs:
            alone.append(lyrics[key])
            both.append(lyrics[key] + artist_evidence(songs)[artist_of(key)])
            labels.append(MOODS.index(source.moods[key]))
    for name, logs in (("lyrics", alone), ("lyrics and artist", both)):
        print(f"{source.name:<28} {name:<18} {len(labels):>5} songs  {right(logs, labels)}")


def right(logs: Sequence[Logs], labels: Sequence[int]) -> str:
    read = np.exp(np.array(logs))
    read /= read.sum(1, keepdims=True)
    hits = read.argmax(1) == np.array(labels)
    surest = np.argsort(-read.max(1))[: len(labels) // 3]
    return f"right {hits.mean():.3f}   surest third {hits[surest].mean():.3f}"


if __name__ == "__main__":
    main()
