"""What to expect of a person in front of a camera: CAMERA of face/prior.py.

    python runs/camera_prior.py PHOTOS

PHOTOS are folders named by expression; a file's name up to the last _ is a person.
The prior is what makes the photos' labels likeliest, given what the network says of
the faces. It is fitted on half of the people and measured on the others, both
ways; what is printed last is fitted on all of them.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicalface.evaluate.face_folders import pictures_in_folders
from musicalface.evaluate.metrics import Report, report
from musicalface.evaluate.photos import found_faces
from musicalface.face.prior import likelihoods
from musicalface.face.read import expression_model
from musicalface.models.probabilities import softmax
from musicalface.mood import EXPRESSIONS

STEPS, RATE = 3000, 0.5
AT_LEAST = 0.01
FEWEST = 10


def main() -> None:
    found = found_faces(pictures_in_folders(Path(sys.argv[1])))
    people = np.array([path.stem.rsplit("_", 1)[0] for path in found.paths])
    network = expression_model(None)
    batches = np.array_split(found.faces.pixels, len(found.paths) // 256 + 1)
    evidence = np.concatenate([likelihoods(network, batch) for batch in batches])
    labels = found.faces.labels
    print(f"{len(labels)} faces of {len(set(people))} people; not read: {found.unread}")
    halves = np.random.default_rng(1).permutation(np.unique(people))
    first = np.isin(people, halves[: len(halves) // 2])
    read = np.empty_like(evidence)
    for half in (first, ~first):
        read[half] = softmax(evidence[half] + np.log(fitted(evidence[~half], labels[~half])))
    show("balanced", report(softmax(evidence), labels, EXPRESSIONS))
    show("fitted on the other half", report(read, labels, EXPRESSIONS))
    for name, share in zip(EXPRESSIONS, fitted(evidence, labels), strict=True):
        print(f"{name:<10}{share:.3f}   occurs {np.mean(labels == EXPRESSIONS.index(name)):.3f}")


def fitted(evidence: NDArray[np.float32], labels: NDArray[np.int64]) -> NDArray[np.float32]:
    """The prior (7,) of the highest likelihood, no share below AT_LEAST; gradient ascent."""
    occurs = np.bincount(labels, minlength=len(EXPRESSIONS)) / len(labels)
    logits = np.log(np.maximum(occurs, AT_LEAST))
    for _ in range(STEPS):
        logits += RATE * (occurs - softmax(evidence + logits).mean(0))
        logits = np.maximum(logits - np.log(np.exp(logits).sum()), np.log(AT_LEAST))
    return softmax(logits)


def show(name: str, figures: Report) -> None:
    counts = np.array(figures.confusion)
    hits, both = counts.diagonal(), counts.sum(0) + counts.sum(1)
    common = counts.sum(1) >= FEWEST
    common_f1 = float((2 * hits / np.maximum(both, 1))[common].mean())
    said = "  ".join(f"{n} {s:.2f}" for n, s in figures.said.items() if s is not None)
    print(
        f"{name}: accuracy {figures.accuracy:.2%}, macro-F1 {figures.macro_f1:.3f} "
        f"({common_f1:.3f} over the {common.sum()} expressions of {FEWEST} faces and more), "
        f"calibration error {figures.calibration_error:.3f}\n  said, times as often: {said}"
    )


if __name__ == "__main__":
    main()
