import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from musicalface.face import find_faces
from musicalface.face.align import TEMPLATE, align_faces, similarity_transform
from musicalface.face.detect import Face
from musicalface.face.image_ops import gray


@pytest.mark.parametrize(("angle", "scale"), [(0, 1), (30, 2.5), (-75, 0.3)])
def test_similarity_transform_recovers_rotation_and_scale(angle: float, scale: float) -> None:
    a = np.deg2rad(angle)
    turn = scale * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    moved = TEMPLATE @ turn.T + [7, -3]
    found = similarity_transform(TEMPLATE, moved)
    np.testing.assert_allclose(found[:, :2], turn, atol=1e-9)
    np.testing.assert_allclose(found[:, 2], [7, -3], atol=1e-9)


@pytest.mark.parametrize("zoom", [1, 3, 10])
def test_landmarks_are_aligned_to_the_template(zoom: int) -> None:
    """White dots at the landmarks of a synthetic face end up at the template's points."""
    photo = np.zeros((100 * zoom, 100 * zoom), np.uint8)
    points = [((x + 20) * zoom, (y + 30) * zoom) for x, y in TEMPLATE]
    for x, y in points:
        photo[round(y - zoom) : round(y + zoom), round(x - zoom) : round(x + zoom)] = 255
    face = Face((0, 0, 1, 1), tuple(points), 1.0)
    (crop,) = align_faces(photo, [face])
    for x, y in TEMPLATE:
        assert crop[round(y) - 1 : round(y) + 2, round(x) - 1 : round(x) + 2].max() > 100


def test_rotated_face_is_made_upright(portrait: NDArray[np.uint8]) -> None:
    turned = np.asarray(Image.fromarray(portrait).rotate(20, Image.Resampling.BICUBIC))
    (straight,) = align_faces(gray(portrait), find_faces(portrait))
    (righted,) = align_faces(gray(turned), find_faces(turned))
    correlation = np.corrcoef(straight.ravel(), righted.ravel())[0, 1]
    assert correlation > 0.9


def test_several_faces_and_no_face(portrait: NDArray[np.uint8]) -> None:
    faces = find_faces(portrait)
    assert align_faces(gray(portrait), faces * 3).shape == (3, 48, 48)
    assert align_faces(gray(portrait), []).shape == (0, 48, 48)


def test_degenerate_landmarks() -> None:
    face = Face((0, 0, 1, 1), ((5.0, 5.0),) * 5, 1.0)
    assert align_faces(np.zeros((10, 10), np.uint8), [face]).shape == (1, 48, 48)
