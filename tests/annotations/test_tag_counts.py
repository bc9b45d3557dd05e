"""Counts of tags as evidence, with labels that are known."""

import random

import numpy as np
import pytest

from musicalface.annotations import AnnotationSource, fuse, tag_counts
from musicalface.annotations.agreement import source_agreements, source_warnings
from musicalface.annotations.listener_evidence import MAX_ODDS, artist_evidence
from musicalface.models.probabilities import softmax
from musicalface.mood import EMOTION_TAGS, MOODS, Mood

SONGS = {f"artist {i}|song": MOODS[i % 4] for i in range(600)}
LABELS = AnnotationSource("labels", dict(list(SONGS.items())[:300]))


def counts(**tags: int) -> tuple[int, ...]:
    assert tags.keys() <= EMOTION_TAGS.keys()
    return tuple(tags.get(tag, 0) for tag in EMOTION_TAGS)


def moods_of(weights: np.ndarray, **tags: int) -> dict[Mood, float]:
    logs = tag_counts.log_likelihoods(weights, tag_counts.to_array([counts(**tags)]))
    return dict(zip(MOODS, np.exp(logs[0]), strict=True))


def test_without_labels_tags_speak_for_the_mood_that_they_suggest() -> None:
    weights = tag_counts.fit(tag_counts.to_array([]), np.empty(0, np.int64))
    few, many = (moods_of(weights, sadness=n)[Mood.SAD] for n in (2, 60))
    assert 0.25 < few < 0.5 < many < 0.95  # sureness grows with the number of tags
    assert moods_of(weights, nostalgia=50)[Mood.SAD] == pytest.approx(0.25)
    assert moods_of(weights, calmness=40, anger=1)[Mood.RELAXED] > 0.5


def test_a_tag_counts_for_what_it_turns_out_to_be_worth() -> None:
    spoken = {
        key: counts(nostalgia=20 if mood is Mood.RELAXED else 1, bittersweet=10)
        for key, mood in SONGS.items()
    }
    fused = fuse([LABELS, AnnotationSource("tags", {}, {}, spoken)])
    unlabelled = list(SONGS)[300:]
    read = {key: MOODS[fused[key].argmax()] for key in unlabelled}
    assert all((read[key] is Mood.RELAXED) == (SONGS[key] is Mood.RELAXED) for key in unlabelled)


def test_tags_that_agree_with_nobody_count_for_almost_nothing() -> None:
    chance = random.Random(1)
    spoken = {
        key: counts(**{chance.choice(("anger", "happiness", "calmness", "sadness")): 30})
        for key in SONGS
    }
    noise = AnnotationSource("noise", {}, {}, spoken, ["zest"])
    assert source_agreements([LABELS, noise])["noise"].accuracy == pytest.approx(0.25, abs=0.06)
    fused = fuse([LABELS, noise])
    assert np.mean([softmax(fused[key]).max() for key in list(SONGS)[300:]]) < 0.35
    low, columns = source_warnings([LABELS, noise])[1:]
    assert low.startswith("noise agrees with the other listeners in 2")
    assert "counts for almost nothing" in low
    assert columns == "noise has columns that aren't emotion tags, and they don't count: zest."


def test_points_say_less_beside_counts_of_the_same_tags() -> None:
    suggested = {"angry": "anger", "happy": "happiness", "relaxed": "calmness", "sad": "sadness"}
    spoken = {key: counts(**{suggested[SONGS[key]]: 60}) for key in LABELS.moods}
    plane = AnnotationSource("plane", {}, {"a|one": (-2.0, -2.0), "b|two": (-2.0, -2.0)})
    tags = AnnotationSource("tags", {}, {}, spoken | {"a|one": counts(calmness=60)})
    fused = fuse([LABELS, plane, tags])
    assert MOODS[fused["a|one"].argmax()] is Mood.RELAXED
    assert MOODS[fused["b|two"].argmax()] is Mood.SAD  # the quadrant
    assert softmax(fused["b|two"]).max() > softmax(fused["a|one"])[MOODS.index(Mood.SAD)] * 2


def test_an_artist_says_at_most_half_of_what_a_listener_says() -> None:
    sad = np.log([0.01, 0.01, 0.01, 0.97])
    by_artist = artist_evidence({f"a|{i}": sad for i in range(50)} | {"b|1": sad})
    odds = {name: np.exp(logs.max() - logs.min()) for name, logs in by_artist.items()}
    assert odds["a"] == pytest.approx(MAX_ODDS)
    assert 1 < odds["b"] < 2 < MAX_ODDS
    assert MOODS[by_artist["a"].argmax()] is Mood.SAD
