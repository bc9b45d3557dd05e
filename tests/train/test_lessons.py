from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from musicalface.errors import DataError  # noqa: E402
from musicalface.evaluate.labelled_faces import LabelledFaces  # noqa: E402
from musicalface.models import loader  # noqa: E402
from musicalface.train.judge import loss_of, right_of  # noqa: E402
from musicalface.train.lessons import class_shares, lessons, questions  # noqa: E402
from tests.conftest import VOTE_OF, striped_face  # noqa: E402

TEACHER = Path(loader.__file__).with_name("cnn2018.onnx")


def faces() -> LabelledFaces:
    """Seven faces; taggers agree with the labels 7 to 3, but for the last, which is none."""
    votes = np.zeros((7, 10), np.uint8)
    votes[:, VOTE_OF[6]] = 3
    votes[range(7), VOTE_OF] += 7
    votes[6] = 0
    votes[6, 9] = 10
    pixels = np.stack([striped_face(label, 1) for label in range(7)])
    return LabelledFaces(pixels, np.arange(7), np.array(["Training"] * 7), votes)


def test_labels_are_smoothed_and_votes_are_not() -> None:
    labels = lessons(faces()).labels
    assert labels.shape == (7, 2, 7)
    assert labels[0, 0].tolist() == pytest.approx([0.9 + 0.1 / 7] + [0.1 / 7] * 6)
    assert labels[0, 1].tolist() == pytest.approx([0.7, 0, 0, 0, 0, 0, 0.3])
    assert labels[:, 0].sum(-1).tolist() == pytest.approx([1] * 7)
    assert not labels[6, 1].any()  # no tagger named an expression


def test_a_teacher_takes_the_place_of_a_part_of_the_label() -> None:
    plain, taught = lessons(faces()).labels, lessons(faces(), [TEACHER]).labels
    assert taught[:, 0].sum(-1).tolist() == pytest.approx([1] * 7)
    assert taught[0, 0, 0] >= 1 - 0.3 - 0.05
    assert not torch.allclose(plain[:, 0], taught[:, 0])
    assert torch.equal(plain[:, 1], taught[:, 1])  # cnn2018 knows nothing of votes


def test_validation_asks_for_labels_and_clear_majorities() -> None:
    asked = questions(faces(), class_shares(faces()))
    assert asked.labels[:6, 0].argmax(-1).tolist() == list(range(6))
    assert asked.labels[:6, 1].argmax(-1).tolist() == list(range(6))
    assert not asked.labels[6, 1].any()


def test_without_votes() -> None:
    bare = LabelledFaces(faces().pixels, faces().labels, faces().splits)
    with pytest.raises(DataError, match="add --votes"):
        lessons(bare)


def test_a_network_that_says_nothing_is_judged_by_the_prior_alone() -> None:
    examples = lessons(faces())
    silent = torch.zeros(7, 2, 7)
    shares = np.stack(class_shares(faces()))
    assert examples.log_prior is not None
    np.testing.assert_allclose(examples.log_prior.exp().numpy(), shares, atol=2e-4)
    entropies = []
    for head in range(2):
        given = examples.labels[:, head].numpy()
        given = given[given.any(-1)]
        entropies.append(-(given * np.log(np.maximum(shares[head], 1e-4))).sum(-1).mean())
    assert loss_of(silent, examples.labels, examples.log_prior).item() == pytest.approx(
        np.mean(entropies), rel=1e-3
    )


def test_faces_that_a_head_has_no_answer_for_count_for_nothing() -> None:
    labels = torch.tensor([[[1.0, 0.0], [1.0, 0.0]], [[0.0, 1.0], [0.0, 0.0]]])
    logits = torch.tensor([[[5.0, 0.0], [5.0, 0.0]], [[5.0, 0.0], [0.0, 9.0]]])
    assert right_of(logits, labels) == pytest.approx((0.5 + 1) / 2)
    other = logits.clone()
    other[1, 1] = torch.tensor([-7.0, 3.0])
    assert loss_of(other, labels) == loss_of(logits, labels)


def test_one_head_is_judged_as_ever() -> None:
    logits, labels = torch.randn(8, 7), torch.arange(7).repeat(2)[:8]
    assert loss_of(logits, labels) == torch.nn.functional.cross_entropy(logits, labels)
    assert right_of(logits, labels) == (logits.argmax(1) == labels).float().mean()
