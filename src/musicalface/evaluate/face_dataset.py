"""Reads labelled faces from Kaggle's fer2013.csv, an .npz file, or folders of pictures."""

from collections.abc import Callable
from pathlib import Path

from ..errors import DataError
from .face_folders import read_face_folders
from .face_tables import read_faces_csv, read_faces_npz, read_votes_csv
from .labelled_faces import LabelledFaces


def read_labelled_faces(path: Path, votes: Path | None = None) -> LabelledFaces:
    """Reads faces and labels; `votes` is Microsoft's fer2013new.csv, with the same rows.

    `path` is a csv with the columns emotion, pixels and Usage, an .npz with pixels,
    label and usage (and votes), or folders SPLIT/CLASS/picture or CLASS/picture,
    where a class is a number 0 to 6 or an expression's name. Splits have FER2013's
    names (see `known_split`). A table without Usage, and folders without splits, are one
    split, WHOLE. Raises DataError with file and row for invalid data.
    """
    read: Callable[[Path], LabelledFaces]
    if path.is_dir():
        read = read_face_folders
    elif path.exists():
        read = read_faces_npz if path.suffix.lower() == ".npz" else read_faces_csv
    else:
        raise DataError(f"{path} doesn't exist. Check the path.")
    if votes and path.is_dir():
        raise DataError(f"{votes} needs a table of faces, as folders have no rows.")
    faces = read(path)
    if not len(faces.labels):
        raise DataError(f"{path} contains no labelled faces.")
    if votes is None:
        return faces
    vote_counts = read_votes_csv(votes, faces.splits.tolist())
    return LabelledFaces(faces.pixels, faces.labels, faces.splits, vote_counts)
