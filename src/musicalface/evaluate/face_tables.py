"""Labelled faces in tables: Kaggle's csv, Microsoft's csv of votes, and .npz."""

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..face.pixels import SIDE
from ..mood import EXPRESSIONS
from .labelled_faces import LabelledFaces, split_name
from .votes import CHOICES, Votes

SPLITS = ("Training", "PublicTest", "PrivateTest")
_COLUMNS = ("emotion", "pixels", "Usage")
_ARRAYS = ("pixels", "label", "usage")

Row = tuple[NDArray[np.uint8], int, str]


def faces_of_csv(path: Path) -> LabelledFaces:
    """Read the columns emotion, pixels and Usage."""
    rows = [_face(row, path, line) for row, line in _rows(path, _COLUMNS)]
    if not rows:
        raise DataError(f"{path} holds no labelled face.")
    pixels, labels, splits = zip(*rows, strict=True)
    return LabelledFaces(np.stack(pixels), np.array(labels, np.int64), np.array(splits))


def votes_of_csv(path: Path, splits: Sequence[str]) -> Votes:
    """Read ten columns of counts: a row for each face, in the order of the faces.

    `splits` are the faces' own, which the column Usage must repeat, if there is one.
    """
    votes = []
    for number, (row, line) in enumerate(_rows(path, CHOICES)):
        usage = row.get("Usage", "").strip()
        if usage and number < len(splits) and usage != splits[number]:
            raise DataError(
                f"{path}, line {line}: a face of {usage}, where the faces have one of "
                f"{splits[number]}: the rows must be in the same order."
            )
        votes.append(_vote(row, path, line))
    if len(votes) != len(splits):
        raise DataError(f"{path} has {len(votes)} rows of votes for {len(splits)} faces.")
    return np.array(votes, np.uint8)


def faces_of_npz(path: Path) -> LabelledFaces:
    """Read arrays: pixels (N, 48, 48), label (N,), usage (N,) 0..2, and votes (N, 10) if there."""
    known = _arrays(path)
    missing = [name for name in _ARRAYS if name not in known]
    if missing:
        raise DataError(f"{path} has no array {', '.join(missing)}: it needs {', '.join(_ARRAYS)}.")
    _require_fitting(known, path)
    return LabelledFaces(
        known["pixels"],
        known["label"].astype(np.int64),
        np.array(SPLITS)[known["usage"].astype(np.int64)],
        known.get("votes"),
    )


def _arrays(path: Path) -> dict[str, NDArray[Any]]:
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            return {name: arrays[name] for name in (*_ARRAYS, "votes") if name in arrays}
    except Exception:  # a damaged archive raises whatever unpacking it meets
        raise DataError(f"{path} is damaged, or no .npz: write it with numpy.savez.") from None


def _require_fitting(arrays: dict[str, Any], path: Path) -> None:
    count = np.size(arrays["label"])
    shapes = {"pixels": (count, SIDE, SIDE), "usage": (count,), "votes": (count, len(CHOICES))}
    shapes["label"] = (count,)
    for name, array in arrays.items():
        kind = getattr(array, "dtype", type(array).__name__)
        if np.shape(array) != shapes[name] or kind != np.uint8:
            wanted = " x ".join(map(str, shapes[name]))
            raise DataError(f"{path}: {name} is {kind} {np.shape(array)}, not uint8 {wanted}.")
    for name, limit in (("label", len(EXPRESSIONS)), ("usage", len(SPLITS))):
        wrong = np.flatnonzero(arrays[name] >= limit)
        if wrong.size:
            row = int(wrong[0])
            raise DataError(
                f"{path}, row {row}: {name} {arrays[name][row]} is not 0 to {limit - 1}."
            )


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[dict[str, str], int]]:
    """Each row that has all columns, with the line where it ends."""
    if not path.exists() or path.is_dir():
        raise DataError(f"There is no file {path}.")
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        table = csv.DictReader(file)
        missing = [name for name in columns if name not in (table.fieldnames or ())]
        if missing:
            raise DataError(
                f"{path} has no column {', '.join(missing)}: it needs {', '.join(columns)}."
            )
        for row in table:
            if None in row.values():
                raise DataError(f"{path}, line {table.line_num}: the row is too short.")
            yield row, table.line_num


def _face(row: dict[str, str], path: Path, line: int) -> Row:
    try:
        return _pixels(row["pixels"]), _label(row["emotion"]), split_name(row["Usage"])
    except ValueError as error:
        raise DataError(f"{path}, line {line}: {error}.") from None


def _pixels(text: str) -> NDArray[np.uint8]:
    try:
        values = np.frombuffer(bytes(map(int, text.split())), np.uint8)
    except ValueError:
        raise ValueError("a pixel is not a number 0 to 255") from None
    if values.size != SIDE * SIDE:
        raise ValueError(f"{values.size} pixels where {SIDE * SIDE} belong")
    return values.reshape(SIDE, SIDE)


def _label(text: str) -> int:
    if text.strip() not in tuple("0123456"):
        raise ValueError(f"the label {text!r} is not 0 to 6")
    return int(text)


def _vote(row: dict[str, str], path: Path, line: int) -> list[int]:
    try:
        counts = [int(row[name]) for name in CHOICES]
    except ValueError:
        raise DataError(f"{path}, line {line}: a vote is not a number.") from None
    if min(counts) < 0 or max(counts) > 255:
        raise DataError(f"{path}, line {line}: a count of votes is not 0 to 255.")
    return counts
