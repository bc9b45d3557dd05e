"""Fusion of annotation sources with a known accuracy."""

import random

import numpy as np
import pytest

from musicalface.annotations import AnnotationSource, fuse, valence_arousal
from musicalface.annotations.agreement import source_agreements
from musicalface.models.probabilities import softmax
from musicalface.mood import MOODS, Mood

SONGS = {f"artist {i}|song": MOODS[i % 4] for i in range(2000)}


def source(name: str, right: float, share: float = 1.0) -> AnnotationSource:
    chance = random.Random(name)
    labelled = {key: mood for key, mood in SONGS.items() if chance.random() < share}
    moods = {
        key: mood if chance.random() < right else chance.choice([m for m in MOODS if m != mood])
        for key, mood in labelled.items()
    }
    return AnnotationSource(name, moods)


def points(noise: float) -> AnnotationSource:
    chance = random.Random(1)
    return AnnotationSource(
        "plane",
        {},
        {
            key: (mood.corner[0] + chance.gauss(0, noise), mood.corner[1] + chance.gauss(0, noise))
            for key, mood in SONGS.items()
        },
    )


def test_accurate_source_weighs_more() -> None:
    # The names are the random seeds of the labels.
    sources = [source("honest", 0.95), source("fair", 0.8), source("guesser", 0.25)]
    agreements = source_agreements(sources)
    honest, fair, guesser = (agreements[source.name].accuracy for source in sources)
    assert honest > fair > guesser
    assert guesser == pytest.approx(0.25, abs=0.04)


def test_single_source_gets_the_default_accuracy() -> None:
    assert source_agreements([source("alone", 1)])["alone"].shared == 0
    fused = fuse([source("alone", 1)])
    (evidence,) = {tuple(v) for k, v in fused.items() if SONGS[k] is MOODS[0]}
    assert softmax(np.array(evidence))[0] == pytest.approx(2 / 3, abs=1e-6)


def test_agreeing_sources_are_confident_and_calibrated() -> None:
    sources = [source("a", 0.85), source("b", 0.85, 0.7), source("c", 0.8, 0.5)]
    fused = fuse(sources)
    probabilities = softmax(np.array(list(fused.values())))
    right = np.array(
        [SONGS[key] is MOODS[p.argmax()] for key, p in zip(fused, probabilities, strict=True)]
    )
    sure = probabilities.max(1) > 0.95
    assert 0.2 < sure.mean() < 1
    assert right[sure].mean() > 0.97
    # Agreement underestimates accuracy if both sources err, so the result is underconfident.
    assert right.mean() >= probabilities.max(1).mean() - 0.02


def test_points_are_mapped_to_labels_of_other_sources() -> None:
    # The arousal of all points is too high: their zero is not the zero of the other sources.
    shifted = {key: (v, a + 1.5) for key, (v, a) in points(0.5).points.items()}
    fused = fuse([AnnotationSource("plane", {}, shifted), source("tags", 0.95, 0.3)])
    predicted = {key: MOODS[logs.argmax()] for key, logs in fused.items()}
    assert np.mean([predicted[key] is mood for key, mood in SONGS.items()]) > 0.9


def test_points_alone_use_quadrants() -> None:
    weights = valence_arousal.fit(valence_arousal.to_array([]), np.empty(0, np.int64))
    far, near = np.exp(
        valence_arousal.log_likelihoods(weights, np.array([[-2.0, 2.0], [-0.1, 0.1]]))
    )
    assert MOODS[far.argmax()] is MOODS[near.argmax()] is Mood.ANGRY
    assert far.max() > 0.9 > 0.4 > near.max()
    assert far.sum() == pytest.approx(1)


def test_no_sources() -> None:
    assert fuse([]) == {}
