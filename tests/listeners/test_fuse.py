"""Verdicts from made-up listeners whose honesty is known."""

import random

import numpy as np
import pytest

from musicalface.listeners import Source, heard, plane
from musicalface.listeners.fuse import agreements
from musicalface.models.probabilities import softmax
from musicalface.mood import MOODS, Mood

SONGS = {f"artist {i}|song": MOODS[i % 4] for i in range(2000)}


def source(name: str, right: float, share: float = 1.0) -> Source:
    chance = random.Random(name)
    heard_of = {key: mood for key, mood in SONGS.items() if chance.random() < share}
    moods = {
        key: mood if chance.random() < right else chance.choice([m for m in MOODS if m != mood])
        for key, mood in heard_of.items()
    }
    return Source(name, moods)


def points(noise: float) -> Source:
    chance = random.Random(1)
    return Source(
        "plane",
        {},
        {
            key: (mood.corner[0] + chance.gauss(0, noise), mood.corner[1] + chance.gauss(0, noise))
            for key, mood in SONGS.items()
        },
    )


def test_an_honest_source_is_trusted_more_than_a_guesser() -> None:
    trust = agreements([source("honest", 0.95), source("fair", 0.8), source("guesser", 0.25)])
    assert trust["honest"].accuracy > trust["fair"].accuracy > trust["guesser"].accuracy
    assert trust["guesser"].accuracy == pytest.approx(0.25, abs=0.04)


def test_a_source_alone_is_half_believed() -> None:
    assert agreements([source("alone", 1)])["alone"].shared == 0
    (verdict,) = {tuple(v) for k, v in heard([source("alone", 1)]).items() if SONGS[k] is MOODS[0]}
    assert softmax(np.array(verdict))[0] == pytest.approx(2 / 3, abs=1e-6)


def test_sources_that_agree_are_surer_than_one_and_right_as_often_as_they_are_sure() -> None:
    sources = [source("a", 0.85), source("b", 0.85, 0.7), source("c", 0.8, 0.5)]
    verdicts = heard(sources)
    said = softmax(np.array(list(verdicts.values())))
    right = np.array(
        [SONGS[key] is MOODS[p.argmax()] for key, p in zip(verdicts, said, strict=True)]
    )
    sure = said.max(1) > 0.95
    assert 0.2 < sure.mean() < 1
    assert right[sure].mean() > 0.97
    # Agreement is less than accuracy where both err, so that verdicts are rather too modest.
    assert right.mean() >= said.max(1).mean() - 0.02


def test_points_are_read_as_other_sources_name_them() -> None:
    # Listeners of this plane place everything too high: its zero is not the others'.
    shifted = {key: (v, a + 1.5) for key, (v, a) in points(0.5).points.items()}
    verdicts = heard([Source("plane", {}, shifted), source("tags", 0.95, 0.3)])
    said = {key: MOODS[logs.argmax()] for key, logs in verdicts.items()}
    assert np.mean([said[key] is mood for key, mood in SONGS.items()]) > 0.9


def test_a_plane_alone_is_its_quadrants_and_far_is_sure() -> None:
    weights = plane.fit(plane.points_of([]), np.empty(0, np.int64))
    far, near = np.exp(plane.log_likelihoods(weights, np.array([[-2.0, 2.0], [-0.1, 0.1]])))
    assert MOODS[far.argmax()] is MOODS[near.argmax()] is Mood.ANGRY
    assert far.max() > 0.9 > 0.4 > near.max()
    assert far.sum() == pytest.approx(1)


def test_nobody_said_anything() -> None:
    assert heard([]) == {}
