"""Reads labelled faces from tables: Kaggle's csv, Microsoft's csv of votes, and .npz."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..csv_rows import csv_rows
from ..errors import DataError
from ..face.image_ops import SIDE
from ..mood import EXPRESSIONS
from .fer_plus_votes import CHOICES, Votes
from .labelled_faces import WHOLE, LabelledFaces, known_split, split_name
from .npz_arrays import TooLargeError, arrays_of

MAX_FACES = 500_000
"""The limit per table; all faces are in memory at once, 2,304 bytes each."""

SPLITS = ("Training", "PublicTest", "PrivateTest")
_COLUMNS = ("emotion", "pixels")
_ARRAYS = ("pixels", "label", "usage")

Row = tuple[NDArray[np.uint8], int, str]


def read_faces_csv(path: Path) -> LabelledFaces:
    """Reads the columns emotion, pixels and Usage; without Usage there is one split."""
    rows = [_face(row, path, line) for row, line in _rows(path, _COLUMNS)]
    if not rows:
        raise DataError(f"{path} contains no labelled faces.")
    pixels, labels, splits = zip(*rows, strict=True)
    return LabelledFaces(np.stack(pixels), np.array(labels, np.int64), np.array(splits))


def read_votes_csv(path: Path, splits: Sequence[str]) -> Votes:
    """Reads ten columns of counts, with a row per face in the order of the faces.

    `splits` are the splits of the faces. The column Usage, if there is one, must equal them.
    """
    votes = []
    for number, (row, line) in enumerate(_rows(path, CHOICES)):
        usage = known_split(row.get("usage", "").strip())
        if usage and number < len(splits) and usage != splits[number]:
            raise DataError(
                f"{path}, line {line}: the split is {usage} instead of {splits[number]}. "
                "Sort the votes in the order of the faces."
            )
        votes.append(_vote(row, path, line))
    if len(votes) != len(splits):
        raise DataError(
            f"{path} has {len(votes)} rows of votes for {len(splits)} faces. Add a row per face."
        )
    return np.array(votes, np.uint8)


def read_faces_npz(path: Path) -> LabelledFaces:
    """Reads arrays pixels (N, 48, 48), label (N,), usage (N,) 0..2, optionally votes (N, 10)."""
    known = _arrays(path)
    missing = [name for name in _ARRAYS if name not in known]
    if missing:
        raise DataError(f"{path} has no array {', '.join(missing)}: it needs {', '.join(_ARRAYS)}.")
    _check_arrays(known, path)
    return LabelledFaces(
        known["pixels"],
        known["label"].astype(np.int64),
        np.array(SPLITS)[known["usage"].astype(np.int64)],
        known.get("votes"),
    )


def _arrays(path: Path) -> dict[str, NDArray[Any]]:
    try:
        return arrays_of(path, (*_ARRAYS, "votes"), MAX_FACES * (SIDE * SIDE + 20))
    except Exception as error:  # a damaged archive raises many types
        reason = f" ({error})" if isinstance(error, TooLargeError) else ""
        raise DataError(
            f"{path} is damaged or isn't an .npz file{reason}. Write it with numpy.savez."
        ) from None


def _check_arrays(arrays: dict[str, Any], path: Path) -> None:
    count = np.size(arrays["label"])
    shapes = {"pixels": (count, SIDE, SIDE), "usage": (count,), "votes": (count, len(CHOICES))}
    shapes["label"] = (count,)
    for name, array in arrays.items():
        kind = getattr(array, "dtype", type(array).__name__)
        if np.shape(array) != shapes[name] or kind != np.uint8:
            expected = " x ".join(map(str, shapes[name]))
            raise DataError(f"{path}: {name} is {kind} {np.shape(array)}, not uint8 {expected}.")
    for name, limit in (("label", len(EXPRESSIONS)), ("usage", len(SPLITS))):
        wrong = np.flatnonzero(arrays[name] >= limit)
        if wrong.size:
            row = int(wrong[0])
            raise DataError(
                f"{path}, row {row}: {name} {arrays[name][row]} is not 0 to {limit - 1}."
            )


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[dict[str, str], int]]:
    """Yields each row by lower-case column name, with the line where the row ends.

    Column names may have spaces around them. Commas, semicolons or tabs separate cells.
    """
    rows = csv_rows(path, errors="replace", delimiters=",;\t")
    header = [name.strip().lower() for name in next(rows, (0, []))[1]]
    missing = [name for name in columns if name.lower() not in header]
    if missing:
        raise DataError(
            f"{path} has no column {', '.join(missing)}: it needs {', '.join(columns)}."
        )
    for count, (line, row) in enumerate(rows, start=1):
        if len(row) < len(header):
            raise DataError(f"{path}, line {line}: the row is too short.")
        if count > MAX_FACES:
            raise DataError(f"{path} has more than {MAX_FACES:,} rows. Split it into parts.")
        yield dict(zip(header, row, strict=False)), line


def _face(row: dict[str, str], path: Path, line: int) -> Row:
    try:
        return _pixels(row["pixels"]), _label(row["emotion"]), split_name(row.get("usage", WHOLE))
    except ValueError as error:
        raise DataError(f"{path}, line {line}: {error}.") from None


def _pixels(text: str) -> NDArray[np.uint8]:
    try:
        values = np.frombuffer(bytes(map(int, text.split())), np.uint8)
    except ValueError:
        raise ValueError("a pixel is not a number 0 to 255") from None
    if values.size != SIDE * SIDE:
        raise ValueError(f"{values.size} pixels instead of {SIDE * SIDE}")
    return values.reshape(SIDE, SIDE)


def _label(text: str) -> int:
    if text.strip() not in tuple("0123456"):
        raise ValueError(f"the label {text!r} is not 0 to 6")
    return int(text)


def _vote(row: dict[str, str], path: Path, line: int) -> list[int]:
    try:
        counts = [int(row[name.lower()]) for name in CHOICES]
    except ValueError:
        raise DataError(f"{path}, line {line}: a vote is not a number.") from None
    if min(counts) < 0 or max(counts) > 255:
        raise DataError(f"{path}, line {line}: a count of votes is not 0 to 255.")
    return counts
