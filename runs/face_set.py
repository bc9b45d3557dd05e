"""Builds a face set: one file of gray faces with landmarks, from labelled pictures.

    python runs/face_set.py FOLDER OUT.npz [--side 112] [--apart fer2013.csv] [--apart PHOTOS]

FOLDER has SPLIT/CLASS/picture or CLASS/picture, or unlabelled pictures. Drops faces that
are also in the data of --apart: FER2013's PublicTest and PrivateTest, or photos for model
selection and calibration. Keeps the split PrivateTest (a folder test) as it is.
"""

import argparse
from collections import Counter
from pathlib import Path

from musicalface.evaluate.face_folders import LabelledPhoto, list_labelled_photos
from musicalface.evaluate.labelled_faces import WHOLE
from musicalface.face.photo_reader import is_photo
from musicalface.train.argus_targets import TEST
from musicalface.train.face_set_builder import UNLABELLED, face_set
from musicalface.train.near_copies import copies


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--side", type=int, default=112)
    asked.add_argument("--apart", type=Path, action="append", default=[])
    given = asked.parse_args()
    loose = [
        LabelledPhoto(p, UNLABELLED, WHOLE) for p in sorted(given.folder.iterdir()) if is_photo(p)
    ]
    pictures = loose or list_labelled_photos(given.folder)
    faces = face_set(pictures, given.side)
    print(f"{len(faces.labels)} faces in {len(pictures)} pictures")
    for measured in given.apart:
        dropped = copies(faces, measured) & (faces.splits != TEST)
        faces = faces.take(~dropped)
        print(f"{dropped.sum()} faces dropped: near copies of {measured.name}")
    faces.save(given.out)
    counts = Counter(zip(faces.splits.tolist(), faces.labels.tolist(), strict=True))
    for (split, label), count in sorted(counts.items()):
        print(f"{split} {label}: {count}")


if __name__ == "__main__":
    main()
