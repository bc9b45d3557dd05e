import numpy as np
import pytest

from musicalface.evaluate.metrics import calibration_error, fit_temperature, log_loss, report
from musicalface.models.probabilities import softmax


def test_metrics_match_hand_computed_values() -> None:
    labels = np.array([0, 0, 1, 2])
    predicted = np.array([0, 1, 1, 1])
    figures = report(np.eye(3, dtype=np.float32)[predicted], labels, ("a", "b", "c"))
    assert figures.accuracy == 0.5
    assert figures.recall == {"a": 0.5, "b": 1, "c": 0}
    assert figures.confusion == [[1, 1, 0], [0, 1, 0], [0, 1, 0]]
    assert figures.macro_f1 == pytest.approx((2 / 3 + 0.5 + 0) / 3)
    assert figures.as_dict()["macro_f1"] == 0.38889


def test_absent_class_is_ignored() -> None:
    figures = report(np.eye(3, dtype=np.float32)[[0, 0]], np.array([0, 0]), ("a", "b", "c"))
    assert figures.recall == {"a": 1, "b": None, "c": None}
    assert figures.macro_f1 == 1


def test_calibration_error_of_overconfidence() -> None:
    p = np.array([[0.9, 0.1]] * 10, np.float32)
    labels = np.array([0] * 6 + [1] * 4)
    assert calibration_error(p, labels) == pytest.approx(0.3, abs=1e-6)


def test_confidence_at_a_bin_edge() -> None:
    assert calibration_error(np.array([[1.0, 0.0]], np.float32), np.array([0])) == 0


def test_log_loss_of_a_confident_mistake_is_finite() -> None:
    assert log_loss(np.array([[1.0, 0.0]], np.float32), np.array([1])) > 20


def test_fit_temperature_recovers_the_temperature() -> None:
    chance = np.random.default_rng(1)
    logits = chance.normal(0, 1.5, (20_000, 4)).astype(np.float32)
    labels = np.array([chance.choice(4, p=p / p.sum()) for p in softmax(logits).astype(float)])
    assert fit_temperature(logits * 3, labels) == pytest.approx(3, rel=0.05)


def test_prediction_ratio() -> None:
    predicted = np.eye(3, dtype=np.float32)[[0, 1, 1, 1]]
    assert report(predicted, np.array([0, 0, 1, 1]), ("a", "b", "c")).prediction_ratio == {
        "a": 0.5,
        "b": 1.5,
        "c": None,
    }


def test_softmax_of_large_logits() -> None:
    np.testing.assert_allclose(softmax(np.array([[1000.0, 1000.0]])), [[0.5, 0.5]])
