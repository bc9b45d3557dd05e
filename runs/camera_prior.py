"""Fits the prior of the expressions in front of a camera: CAMERA in face/prior.py.

    python runs/camera_prior.py PHOTOS

PHOTOS has one folder per expression; a file name up to the last _ identifies a person.
A prior that maximizes the likelihood of the photos' labels, given the network's evidence,
makes rare expressions rarer than they are: sad faces would be called sad .6 times as often
as they occur, disgusted ones .2 times. So its logarithm counts by PRIOR_TEMPER, which was chosen
on these photos. The prior is fitted on half of the people and evaluated on the other half,
in both directions; the prior that is printed last is fitted on all people.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicalface.evaluate.face_crops import extract_faces
from musicalface.evaluate.face_folders import list_labelled_photos
from musicalface.evaluate.metrics import Report, report
from musicalface.face.expression_classifier import load_expression_model
from musicalface.face.prior import log_likelihoods
from musicalface.models.probabilities import softmax
from musicalface.mood import EXPRESSIONS
from musicalface.train.argus_card import PRIOR_TEMPER

STEPS, RATE = 3000, 0.5
MIN_SHARE = 0.001
MIN_FACES = 10  # for an expression to count in the macro-F1 of common expressions


def main() -> None:
    network = load_expression_model(None)
    extracted = extract_faces(list_labelled_photos(Path(sys.argv[1])), network.side)
    people = np.array([path.stem.rsplit("_", 1)[0] for path in extracted.paths])
    batches = np.array_split(extracted.faces.pixels, len(extracted.paths) // 256 + 1)
    evidence = np.concatenate([log_likelihoods(network, batch) for batch in batches])
    labels = extracted.faces.labels
    print(f"{len(labels)} faces of {len(set(people))} people; unreadable: {extracted.unread}")
    shuffled = np.random.default_rng(1).permutation(np.unique(people))
    first = np.isin(people, shuffled[: len(shuffled) // 2])
    fitted = np.empty_like(evidence)
    for half in (first, ~first):
        fitted[half] = softmax(evidence[half] + np.log(fit_prior(evidence[~half], labels[~half])))
    show("balanced", report(softmax(evidence), labels, EXPRESSIONS))
    show("fitted on the other half", report(fitted, labels, EXPRESSIONS))
    for name, share in zip(EXPRESSIONS, fit_prior(evidence, labels), strict=True):
        frequency = np.mean(labels == EXPRESSIONS.index(name))
        print(f"{name:<10}{share:.3f}   frequency {frequency:.3f}")


def fit_prior(evidence: NDArray[np.float32], labels: NDArray[np.int64]) -> NDArray[np.float32]:
    """Returns the tempered maximum-likelihood prior (7,); shares of at least MIN_SHARE before.

    Method: gradient ascent.
    """
    frequencies = np.bincount(labels, minlength=len(EXPRESSIONS)) / len(labels)
    logits = np.log(np.maximum(frequencies, MIN_SHARE))
    for _ in range(STEPS):
        logits += RATE * (frequencies - softmax(evidence + logits).mean(0))
        logits = np.maximum(logits - np.log(np.exp(logits).sum()), np.log(MIN_SHARE))
    return softmax(PRIOR_TEMPER * logits)


def show(name: str, figures: Report) -> None:
    counts = np.array(figures.confusion)
    hits, predicted_and_true = counts.diagonal(), counts.sum(0) + counts.sum(1)
    common = counts.sum(1) >= MIN_FACES
    common_f1 = float((2 * hits / np.maximum(predicted_and_true, 1))[common].mean())
    ratios = "  ".join(f"{n} {s:.2f}" for n, s in figures.prediction_ratio.items() if s is not None)
    print(
        f"{name}: accuracy {figures.accuracy:.2%}, macro-F1 {figures.macro_f1:.3f} "
        f"({common_f1:.3f} for the {common.sum()} expressions with at least {MIN_FACES} faces), "
        f"calibration error {figures.calibration_error:.3f}\n  prediction ratios: {ratios}"
    )


if __name__ == "__main__":
    main()
