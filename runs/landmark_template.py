"""Where FER2013 has its landmarks: the mean that face/align.py aims at.

    python runs/landmark_template.py fer2013.csv

O-Net reads every training face as it is; faces that it is sure of are counted.
"""

import sys
from pathlib import Path

import numpy as np

from musicalface.evaluate.labelled_faces import read_labelled_faces
from musicalface.face.cascade import landmarks_of_crops
from musicalface.face.pixels import SIDE

faces = read_labelled_faces(Path(sys.argv[1])).split("Training").pixels
batches = np.array_split(faces, max(1, len(faces) // 512))
read = [landmarks_of_crops(np.repeat(batch[..., None], 3, axis=-1)) for batch in batches]
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
