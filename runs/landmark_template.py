"""Computes the mean landmarks of FER2013, the alignment template of face/align.py.

    python runs/landmark_template.py fer2013.csv

Runs O-Net on every training face; only faces with a high score count.
"""

import sys
from pathlib import Path

import numpy as np

from musicalface.evaluate.face_dataset import read_labelled_faces
from musicalface.face.image_ops import SIDE
from musicalface.face.mtcnn import crop_landmarks

faces = read_labelled_faces(Path(sys.argv[1])).split("Training").pixels
batches = np.array_split(faces, max(1, len(faces) // 512))
read = [crop_landmarks(np.repeat(batch[..., None], 3, axis=-1)) for batch in batches]
points, scores = (np.concatenate(part) for part in zip(*read, strict=True))
sure = scores > 0.95
print(f"{sure.sum()} of {len(faces)} faces")
for name, (x, y), (dx, dy) in zip(
    ("left eye", "right eye", "nose", "mouth's left", "mouth's right"),
    points[sure].mean(0) * SIDE,
    points[sure].std(0) * SIDE,
    strict=True,
):
    print(f"{name:<14} x {x:5.2f} ± {dx:.2f}   y {y:5.2f} ± {dy:.2f}")
