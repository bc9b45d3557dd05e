import numpy as np
import pytest
from numpy.typing import NDArray

from musicalface.errors import InputError
from musicalface.face import RestingFace, read_faces
from musicalface.face.expression_classifier import expression_probabilities
from musicalface.face.prior import (
    CAMERA_PRIOR,
    PRIORS,
    log_prior,
    parse_prior,
    posterior,
)
from musicalface.models import SHIPPED_EXPRESSIONS, load
from musicalface.models.probabilities import softmax
from musicalface.mood import EXPRESSIONS, Expression

CROPS = np.random.default_rng(3).integers(0, 256, (6, 48, 48)).astype(np.uint8)


def test_the_camera_prior_is_a_distribution() -> None:
    assert sum(CAMERA_PRIOR.values()) == pytest.approx(1, abs=0.011)
    assert set(CAMERA_PRIOR) == set(EXPRESSIONS)


@pytest.mark.parametrize("name", SHIPPED_EXPRESSIONS)
def test_prior_none_leaves_the_network_output_unchanged(name: str) -> None:
    network = load(name, "expressions")
    crops = np.random.default_rng(1).integers(0, 256, (6, network.side, network.side), np.uint8)
    given = softmax(network.logits(crops[:, None].astype(np.float32)))
    shares = np.array(network.head().prior, np.float32)
    expected = given if not network.card.prior_free else given * shares
    expected /= expected.sum(1, keepdims=True)
    np.testing.assert_allclose(
        expression_probabilities(crops, name, prior="none"), expected, atol=1e-4
    )


@pytest.mark.parametrize("name", SHIPPED_EXPRESSIONS)
def test_priors_differ_only_by_class_shares(name: str) -> None:
    network = load(name, "expressions")
    read = {prior: np.log(expression_probabilities(CROPS, name, prior=prior)) for prior in PRIORS}
    for prior in PRIORS:
        change = read[prior] - read["balanced"] - log_prior(prior, network.head())
        np.testing.assert_allclose(change - change[:, :1], 0, atol=1e-3)


def test_no_evidence_gives_the_prior() -> None:
    network = load(None, "expressions")
    read = posterior(np.zeros((1, 7), np.float32), "camera", network.head())[0]
    np.testing.assert_allclose(
        read, np.array(list(CAMERA_PRIOR.values())) / sum(CAMERA_PRIOR.values()), atol=1e-5
    )


def test_unknown_prior(portrait: NDArray[np.uint8]) -> None:
    with pytest.raises(InputError, match="no prior 'Camera'"):
        read_faces(portrait, prior="Camera")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="Choose one of camera, balanced, none"):
        parse_prior("mine")


def test_resting_face_correction_moves_towards_neutral() -> None:
    network = load(None, "expressions")
    resting = np.array(network.head().resting, np.float32)
    sad = resting.copy()
    sad[EXPRESSIONS.index(Expression.SAD)] += 1.5  # a neutral face that looks sad
    rest = RestingFace.from_log_likelihoods(sad[None], network.head())
    np.testing.assert_allclose(rest.correct(sad[None])[0], resting, atol=1e-5)
    sad[EXPRESSIONS.index(Expression.SAD)] += 5
    assert min(RestingFace.from_log_likelihoods(sad[None], network.head()).shift) == -2


def test_resting_photo_without_a_face() -> None:
    with pytest.raises(InputError, match="needs at least one reading"):
        RestingFace.from_log_likelihoods(
            np.empty((0, 7), np.float32), load(None, "expressions").head()
        )


def test_smiling_face_is_not_a_resting_face(portrait: NDArray[np.uint8]) -> None:
    (reading,) = read_faces(portrait)
    with pytest.raises(InputError, match="You're smiling!"):
        RestingFace.from_log_likelihoods(
            np.array([reading.evidence]), load(None, "expressions").head()
        )


def test_neutral_resting_face_changes_nothing() -> None:
    head = load(None, "expressions").head()
    plain = np.array(head.resting, np.float32)
    plain[EXPRESSIONS.index(Expression.NEUTRAL)] += 1
    assert RestingFace.from_log_likelihoods(plain[None], head).shift == (0,) * 7


@pytest.mark.parametrize(
    "shift", [(), (0.0,), (float("nan"),) * 7, (1.0,) + (0.0,) * 6, (-9.0,) * 7]
)
def test_invalid_resting_face_shift(shift: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match="seven numbers from -2 to 0"):
        RestingFace(shift)


def test_unknown_head() -> None:
    with pytest.raises(InputError, match="has no head 'cats': it has fer2013"):
        expression_probabilities(CROPS, "cnn2018", head="cats")
