from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from musicalface.errors import DataError  # noqa: E402
from musicalface.evaluate.labelled_faces import LabelledFaces  # noqa: E402
from musicalface.models import loader  # noqa: E402
from musicalface.train.janus_targets import class_shares, training_targets, validation_targets  # noqa: E402
from musicalface.train.loss import accuracy, cross_entropy  # noqa: E402
from tests.conftest import VOTE_OF, striped_face  # noqa: E402

TEACHER = Path(loader.__file__).with_name("cnn2018.onnx")


def faces() -> LabelledFaces:
    """Seven faces; 7 of 10 votes agree with the label, except for the last, a non-face."""
    votes = np.zeros((7, 10), np.uint8)
    votes[:, VOTE_OF[6]] = 3
    votes[range(7), VOTE_OF] += 7
    votes[6] = 0
    votes[6, 9] = 10
    pixels = np.stack([striped_face(label, 1) for label in range(7)])
    return LabelledFaces(pixels, np.arange(7), np.array(["Training"] * 7), votes)


def test_labels_are_smoothed_and_votes_are_not() -> None:
    labels = training_targets(faces()).labels
    assert labels.shape == (7, 2, 7)
    assert labels[0, 0].tolist() == pytest.approx([0.9 + 0.1 / 7] + [0.1 / 7] * 6)
    assert labels[0, 1].tolist() == pytest.approx([0.7, 0, 0, 0, 0, 0, 0.3])
    assert labels[:, 0].sum(-1).tolist() == pytest.approx([1] * 7)
    assert not labels[6, 1].any()  # no vote names an expression


def test_teacher_probabilities_are_mixed_into_the_labels() -> None:
    plain, mixed = training_targets(faces()).labels, training_targets(faces(), [TEACHER]).labels
    assert mixed[:, 0].sum(-1).tolist() == pytest.approx([1] * 7)
    assert mixed[0, 0, 0] >= 1 - 0.3 - 0.05
    assert not torch.allclose(plain[:, 0], mixed[:, 0])
    assert torch.equal(plain[:, 1], mixed[:, 1])  # cnn2018 has no head for votes


def test_validation_targets_are_labels_and_majorities() -> None:
    targets = validation_targets(faces(), class_shares(faces()))
    assert targets.labels[:6, 0].argmax(-1).tolist() == list(range(6))
    assert targets.labels[:6, 1].argmax(-1).tolist() == list(range(6))
    assert not targets.labels[6, 1].any()


def test_without_votes() -> None:
    bare = LabelledFaces(faces().pixels, faces().labels, faces().splits)
    with pytest.raises(DataError, match="Add --votes"):
        training_targets(bare)


def test_zero_logits_give_the_prior() -> None:
    examples = training_targets(faces())
    zeros = torch.zeros(7, 2, 7)
    shares = np.stack(class_shares(faces()))
    assert examples.log_prior is not None
    np.testing.assert_allclose(examples.log_prior.exp().numpy(), shares, atol=2e-4)
    entropies = []
    for head in range(2):
        votes = examples.labels[:, head].numpy()
        votes = votes[votes.any(-1)]
        entropies.append(-(votes * np.log(np.maximum(shares[head], 1e-4))).sum(-1).mean())
    assert cross_entropy(zeros, examples.labels, examples.log_prior).item() == pytest.approx(
        np.mean(entropies), rel=1e-3
    )


def test_unlabelled_faces_are_ignored_in_the_loss() -> None:
    labels = torch.tensor([[[1.0, 0.0], [1.0, 0.0]], [[0.0, 1.0], [0.0, 0.0]]])
    logits = torch.tensor([[[5.0, 0.0], [5.0, 0.0]], [[5.0, 0.0], [0.0, 9.0]]])
    assert accuracy(logits, labels) == pytest.approx((0.5 + 1) / 2)
    other = logits.clone()
    other[1, 1] = torch.tensor([-7.0, 3.0])
    assert cross_entropy(other, labels) == cross_entropy(logits, labels)


def test_single_head_uses_plain_cross_entropy() -> None:
    logits, labels = torch.randn(8, 7), torch.arange(7).repeat(2)[:8]
    assert cross_entropy(logits, labels) == torch.nn.functional.cross_entropy(logits, labels)
    assert accuracy(logits, labels) == (logits.argmax(1) == labels).float().mean()
