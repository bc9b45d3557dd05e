import numpy as np
import pytest
from numpy.typing import NDArray

from musicalface.errors import InputError
from musicalface.face import Rest, read_faces
from musicalface.face.prior import (
    CAMERA,
    PRIORS,
    log_prior,
    parse_prior,
    probabilities,
)
from musicalface.face.read import expressions
from musicalface.models import SHIPPED_EXPRESSIONS, load
from musicalface.models.probabilities import softmax
from musicalface.mood import EXPRESSIONS, Expression

CROPS = np.random.default_rng(3).integers(0, 256, (6, 48, 48)).astype(np.uint8)


def test_the_camera_prior_is_a_distribution() -> None:
    assert sum(CAMERA.values()) == pytest.approx(1, abs=0.011)
    assert set(CAMERA) == set(EXPRESSIONS)


@pytest.mark.parametrize("name", SHIPPED_EXPRESSIONS)
def test_none_leaves_a_network_that_is_not_prior_free_as_it_is(name: str) -> None:
    network = load(name, "expressions")
    given = softmax(network.logits(CROPS[:, None].astype(np.float32)))
    shares = np.array(network.head().prior, np.float32)
    expected = given if not network.card.prior_free else given * shares
    expected /= expected.sum(1, keepdims=True)
    np.testing.assert_allclose(expressions(CROPS, name, prior="none"), expected, atol=1e-4)


@pytest.mark.parametrize("name", SHIPPED_EXPRESSIONS)
def test_priors_differ_by_their_shares_alone(name: str) -> None:
    network = load(name, "expressions")
    read = {prior: np.log(expressions(CROPS, name, prior=prior)) for prior in PRIORS}
    for prior in PRIORS:
        change = read[prior] - read["balanced"] - log_prior(prior, network.head())
        np.testing.assert_allclose(change - change[:, :1], 0, atol=1e-3)


def test_no_evidence_leaves_the_prior() -> None:
    network = load(None, "expressions")
    read = probabilities(np.zeros((1, 7), np.float32), "camera", network.head())[0]
    np.testing.assert_allclose(
        read, np.array(list(CAMERA.values())) / sum(CAMERA.values()), atol=1e-5
    )


def test_an_unknown_prior(portrait: NDArray[np.uint8]) -> None:
    with pytest.raises(InputError, match="no prior 'Camera'"):
        read_faces(portrait, prior="Camera")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="choose one of camera, balanced, none"):
        parse_prior("mine")


def test_a_resting_face_is_taken_to_where_neutral_faces_lie() -> None:
    network = load(None, "expressions")
    resting = np.array(network.head().resting, np.float32)
    droops = resting.copy()
    droops[EXPRESSIONS.index(Expression.SAD)] += 1.5  # looks sad by nature
    rest = Rest.of(droops[None], network.head())
    np.testing.assert_allclose(rest.applied(droops[None])[0], resting, atol=1e-5)
    droops[EXPRESSIONS.index(Expression.SAD)] += 5
    assert min(Rest.of(droops[None], network.head()).shift) == -2


def test_a_rest_without_a_face() -> None:
    with pytest.raises(InputError, match="needs at least one reading"):
        Rest.of(np.empty((0, 7), np.float32), load(None, "expressions").head())


def test_a_laughing_face_is_not_at_rest(portrait: NDArray[np.uint8]) -> None:
    (reading,) = read_faces(portrait)
    with pytest.raises(InputError, match="looks happy is not at rest"):
        Rest.of(np.array([reading.evidence]), load(None, "expressions").head())


def test_a_plainly_neutral_rest_changes_nothing() -> None:
    head = load(None, "expressions").head()
    plain = np.array(head.resting, np.float32)
    plain[EXPRESSIONS.index(Expression.NEUTRAL)] += 1
    assert Rest.of(plain[None], head).shift == (0,) * 7


@pytest.mark.parametrize(
    "shift", [(), (0.0,), (float("nan"),) * 7, (1.0,) + (0.0,) * 6, (-9.0,) * 7]
)
def test_a_shift_that_is_none(shift: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match="seven numbers from -2 to 0"):
        Rest(shift)


def test_a_head_that_is_not_there() -> None:
    with pytest.raises(InputError, match="has no head 'cats': it has fer2013"):
        expressions(CROPS, "cnn2018", head="cats")
