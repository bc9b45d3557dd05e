"""Tests of the guarantees of SteadyMood at any frame rate."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from musicalface.errors import InputError
from musicalface.mood import EXPRESSIONS, Expression, FaceObservation, Mood, MoodScores, SteadyMood

rates = st.floats(2, 60)
expressions = st.sampled_from(EXPRESSIONS)
shares = st.floats(0.75, 0.99)


def face(expression: Expression, share: float = 0.9, size: float = 1) -> FaceObservation:
    """A face with probability `share` for one expression, and the rest spread over the others."""
    p = np.full(len(EXPRESSIONS), (1 - share) / (len(EXPRESSIONS) - 1), np.float32)
    p[EXPRESSIONS.index(expression)] = share
    return FaceObservation(np.log(p), size)


def mood_of(expression: Expression) -> Mood:
    return MoodScores.from_expressions(np.exp(face(expression).log_probabilities)).mood


def times(rate: float, seconds: float, start: float = 0) -> NDArray[np.float64]:
    return start + np.arange(0, seconds, 1 / rate)


@given(rates, expressions, shares)
def test_constant_face_settles_in_under_two_seconds(
    rate: float, expression: Expression, share: float
) -> None:
    steady = SteadyMood()
    states = {at: steady.update({1: face(expression, share)}, at) for at in times(rate, 2)}
    assert states[max(states)].mood is mood_of(expression)
    assert states[0].mood is None


@given(rates, expressions, expressions, st.floats(3, 6), shares)
def test_one_outlier_frame_changes_nothing(
    rate: float, expression: Expression, odd: Expression, moment: float, share: float
) -> None:
    steady = SteadyMood()
    clock = times(rate, 10)
    outlier = int(np.searchsorted(clock, moment))
    for number, at in enumerate(clock):
        shown = face(odd, 0.99) if number == outlier else face(expression, share)
        state = steady.update({1: shown}, at)
        if at > 2:
            assert state.mood is mood_of(expression)


@given(rates, expressions, expressions, shares)
def test_real_change_shows_within_three_seconds(
    rate: float, before: Expression, after: Expression, share: float
) -> None:
    steady = SteadyMood()
    old = times(rate, 5)
    for at in old:
        steady.update({1: face(before, 0.99)}, at)
    # In the worst case, the change comes right after a frame.
    for at in times(rate, 3 - 1 / rate, start=old[-1] + 1 / rate):
        state = steady.update({1: face(after, share)}, at)
    assert state.mood is mood_of(after)


@given(rates)
def test_face_between_two_moods_is_unsure(rate: float) -> None:
    p = np.full(len(EXPRESSIONS), 0.02, np.float32)
    p[[EXPRESSIONS.index(Expression.HAPPY), EXPRESSIONS.index(Expression.SAD)]] = 0.45
    steady = SteadyMood()
    for at in times(rate, 5):
        assert steady.update({1: FaceObservation(np.log(p))}, at).mood is None


def test_fading_mood_is_unpublished() -> None:
    steady = SteadyMood()
    for at in times(10, 3):
        steady.update({1: face(Expression.HAPPY)}, at)
    vague = FaceObservation(np.log(np.full(7, 1 / 7, np.float32)))
    for at in times(10, 3, start=3):
        state = steady.update({1: vague}, at)
    assert state.mood is None


@given(rates)
def test_mood_disappears_without_a_face_and_returns(rate: float) -> None:
    steady = SteadyMood()
    for at in times(rate, 3):
        steady.update({1: face(Expression.HAPPY)}, at)
    for at in times(rate, 3, start=3):
        state = steady.update({}, at)
    assert state.mood is None
    assert state.scores is None
    for at in times(rate, 2, start=6):
        state = steady.update({7: face(Expression.SAD)}, at)
    assert state.mood is Mood.SAD


def test_one_frame_of_another_face_publishes_nothing() -> None:
    steady = SteadyMood()
    moods = {
        steady.update({1: face(Expression.HAPPY)} if not at else {}, at).mood for at in times(30, 3)
    }
    assert moods == {None}
    for at in times(30, 8, start=10):
        seen = {1: face(Expression.SAD)}
        if abs(at - 14) < 0.01:
            seen[2] = face(Expression.HAPPY, size=9)
        state = steady.update(seen, at)
        if at > 12:
            assert state.mood is Mood.SAD


def test_gap_does_not_count_as_hold_time() -> None:
    steady = SteadyMood()
    steady.update({1: face(Expression.HAPPY)}, 0)
    assert steady.update({1: face(Expression.HAPPY)}, 3600).mood is None
    for at in times(10, 3, start=3600):
        state = steady.update({1: face(Expression.HAPPY)}, at)
    assert state.mood is Mood.HAPPY
    assert steady.update({1: face(Expression.ANGRY)}, 7200).mood is None


@pytest.mark.parametrize("interval", [1.0, 1.5, 2.9])
def test_three_slow_frames_publish_a_mood(interval: float) -> None:
    steady = SteadyMood()
    frames = [Expression.SAD, *[Expression.HAPPY] * 3, Expression.SAD, *[Expression.HAPPY] * 2]
    moods = [steady.update({1: face(each)}, at * interval).mood for at, each in enumerate(frames)]
    assert moods == [None, None, None, *[Mood.HAPPY] * 4]  # and one outlier has no effect


@pytest.mark.parametrize(("pause", "mood"), [(1.1, Mood.HAPPY), (2.9, Mood.HAPPY), (3.1, None)])
def test_short_stall_keeps_the_mood(pause: float, mood: Mood | None) -> None:
    steady = SteadyMood()
    for at in times(10, 3):
        steady.update({1: face(Expression.HAPPY)}, at)
    for at in times(10, 1, start=2.9 + pause):
        state = steady.update({1: face(Expression.ANGRY)}, at)
        assert state.mood is mood
    for at in times(10, 2, start=3.9 + pause):
        state = steady.update({1: face(Expression.ANGRY)}, at)
    assert state.mood is Mood.ANGRY


def test_backward_clock_resets() -> None:
    steady = SteadyMood()
    for at in times(10, 3, start=1000):
        steady.update({1: face(Expression.HAPPY)}, at)
    assert steady.update({}, 0).mood is None
    for at in times(10, 2):
        state = steady.update({1: face(Expression.SAD)}, at)
    assert state.mood is Mood.SAD


def test_mood_that_no_longer_wins_is_unpublished() -> None:
    steady = SteadyMood()
    for at in times(10, 3):
        steady.update({1: face(Expression.HAPPY)}, at)
    for at in times(10, 10, start=3):
        shown = Expression.SAD if int(at / 0.8) % 2 else Expression.ANGRY
        state = steady.update({1: face(shown)}, at)
    assert state.mood is None


@pytest.mark.parametrize("values", [[np.nan] * 7, [np.inf] * 7, [1000.0] * 7, [-1.0] * 6, [], -1.0])
def test_invalid_observation(values: object) -> None:
    with pytest.raises(InputError, match="seven log-probabilities"):
        FaceObservation(np.array(values, np.float32))


@pytest.mark.parametrize("number", [np.nan, np.inf, -1.0, 0.0])
def test_invalid_times_and_sizes(number: float) -> None:
    with pytest.raises(InputError, match="above 0"):
        SteadyMood(time_constant=number)
    if number:
        with pytest.raises(InputError, match="size of a face"):
            face(Expression.HAPPY, size=number)
    if not np.isfinite(number):
        with pytest.raises(InputError, match="number of seconds"):
            SteadyMood().update({}, number)


def test_progress_of_a_mood_that_is_not_steady_yet() -> None:
    steady = SteadyMood()
    states = [steady.update({1: face(Expression.SAD)}, at) for at in times(10, 2)]
    assert (states[0].pending, states[0].progress) == (Mood.SAD, 0)
    shares = [each.progress for each in states if each.pending]
    assert shares == sorted(set(shares))
    assert shares[-1] > 0.8
    assert (states[-1].mood, states[-1].pending, states[-1].progress) == (Mood.SAD, None, 0)


def test_briefly_missing_face_changes_nothing() -> None:
    steady = SteadyMood()
    for at in times(2, 3):
        steady.update({1: face(Expression.HAPPY)}, at)
    assert steady.update({}, 3.0).mood is Mood.HAPPY


def test_faces_are_averaged_by_size() -> None:
    steady = SteadyMood()
    for at in times(10, 3):
        small = face(Expression.SAD, size=1)
        large = face(Expression.HAPPY, size=4)
        state = steady.update({1: small, 2: large}, at)
    assert state.mood is Mood.HAPPY
    assert state.scores is not None
    alone = MoodScores.from_expressions(np.exp(large.log_probabilities)).happy
    other = MoodScores.from_expressions(np.exp(small.log_probabilities)).happy
    assert abs(state.scores.happy - (4 * alone + other) / 5) < 1e-3


@settings(max_examples=30)
@given(st.lists(st.floats(-5, 20), min_size=1, max_size=20))
def test_backward_clock_is_handled(clock: list[float]) -> None:
    steady = SteadyMood()
    for at in clock:
        scores = steady.update({1: face(Expression.SAD)}, at).scores
        assert scores is not None
        assert abs(sum(scores.as_dict().values()) - 1) < 1e-4
