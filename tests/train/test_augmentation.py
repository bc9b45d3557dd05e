from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from musicalface.train.augmentation import augment, augment_for_camera  # noqa: E402
from tests.conftest import striped_face  # noqa: E402


def faces(count: int) -> Any:
    return torch.from_numpy(np.stack([striped_face(i % 7, i) for i in range(count)])[:, None])


def test_faces_keep_their_shape_and_range() -> None:
    out = augment(faces(32))
    assert out.shape == (32, 1, 48, 48)
    assert out.dtype == torch.float32
    assert out.min() >= 0
    assert out.max() <= 255


def test_each_face_gets_its_own_random_draw() -> None:
    same = faces(1).expand(8, -1, -1, -1)
    torch.manual_seed(1)
    one = augment(same)
    torch.manual_seed(1)
    assert torch.equal(one, augment(same))
    assert all(not torch.equal(one[0], other) for other in one[1:])


def test_augmented_face_stays_similar() -> None:
    """The mean centre keeps its shades, so faces stay inside the picture."""
    bright = torch.full((200, 1, 48, 48), 20, dtype=torch.uint8)
    bright[:, :, 12:36, 12:36] = 220
    torch.manual_seed(2)
    out = augment(bright).mean(0)[0]
    assert out[20:28, 20:28].mean() > 150
    assert out[:4, :4].mean() < 80


def test_half_of_the_faces_are_mirrored() -> None:
    left = torch.zeros(400, 1, 48, 48, dtype=torch.uint8)
    left[..., :24] = 200
    torch.manual_seed(3)
    out = augment(left)
    mirrored = (out[..., 30:].mean((1, 2, 3)) > out[..., :18].mean((1, 2, 3))).float().mean()
    assert 0.4 < mirrored < 0.6


@pytest.mark.parametrize("side", [40, 48])
def test_camera_augmentation_gives_the_requested_side(side: int) -> None:
    torch.manual_seed(4)
    out = augment_for_camera(faces(64), side)
    assert out.shape == (64, 1, side, side)
    assert out.min() >= 0
    assert out.max() <= 255


def test_some_faces_are_downscaled() -> None:
    stripes = torch.zeros(200, 1, 48, 48, dtype=torch.uint8)
    stripes[..., ::2] = 255
    torch.manual_seed(5)
    contrast = augment_for_camera(stripes, 48)[:, 0, 20:28, 20:28].std((1, 2))
    assert 0.1 < (contrast < 20).float().mean() < 0.5
