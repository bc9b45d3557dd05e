"""Compares two exported catalogs: python runs/spelling_changes.py BEFORE.csv.xz AFTER.csv.xz [N]

Prints how many titles of each lack the apostrophe of a contraction, and N changed names (40).
"""

import random
import re
import sys
from pathlib import Path

from musicalface.csv_rows import csv_rows
from musicalface.identity import song_key
from musicalface.songs.english_spelling import CONTRACTIONS

Names = tuple[str, str]
WORDS = re.compile(rf"\b(?:{'|'.join(CONTRACTIONS)}|lets|wont)\b", re.IGNORECASE)


def read(path: Path) -> tuple[list[Names], set[int]]:
    """Returns artists and titles, and the numbers of the songs with a Spotify id."""
    _, *rows = [row for _, row in csv_rows(path)]
    return [(row[0], row[1]) for row in rows], {i for i, row in enumerate(rows) if row[7]}


def main(before: Path, after: Path, count: int = 40) -> None:
    (old, _), (new, with_id) = read(before), read(after)
    for name, songs in ((before, old), (after, new)):
        without = [i for i, (_, title) in enumerate(songs) if WORDS.search(title)]
        print(f"{name}: {len(without)} titles, {len(with_id.intersection(without))} with an id")
    changes = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    print(f"{len(changes)} songs changed, {sum(a[1] != b[1] for a, b in changes)} titles")
    print("same keys:", all(song_key(*a) == song_key(*b) for a, b in changes))
    for a, b in random.Random(7).sample(changes, count):
        print(" | ".join(a), "->", " | ".join(b))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
