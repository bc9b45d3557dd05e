from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from musicalface.errors import ModelError
from musicalface.face import find_faces, mtcnn, read_faces, read_photo
from musicalface.face.image_ops import resize

Photo = NDArray[np.uint8]


def test_face_of_the_portrait(portrait: Photo) -> None:
    (face,) = find_faces(portrait)
    left, top, width, height = face.box
    assert 130 < left < 150
    assert 40 < top < 60
    assert 55 < width < 85
    assert 75 < height < 100
    assert face.score > 0.95
    (eye_x, eye_y), (other_x, _), (_, nose_y), (_, mouth_y), _ = face.landmarks
    assert eye_x < other_x
    assert eye_y < nose_y < mouth_y


def test_largest_face_comes_first(two_faces: Path) -> None:
    faces = find_faces(read_photo(two_faces))
    assert len(faces) == 2
    assert faces[0].box[2] > faces[1].box[2]
    assert faces[0].box[0] < 400 < faces[1].box[0]


@pytest.mark.parametrize("height", [30, 40, 60])
def test_small_faces_in_a_photo_of_two_megapixels(portrait: Photo, height: int) -> None:
    """Detection finds faces of 30 pixels and more."""
    scale = height / find_faces(portrait)[0].box[3]
    side = round(len(portrait) * scale)
    photo = np.full((1250, 1600, 3), 128, np.uint8)
    photo[700 : 700 + side, 900 : 900 + side] = resize(portrait, side, side)
    (face,) = find_faces(photo)
    assert face.box[3] == pytest.approx(height, rel=0.25)
    assert 900 < face.box[0] < 900 + side


def test_large_photo_is_searched_at_a_smaller_size(portrait: Photo) -> None:
    large = resize(portrait, 4000, 4000)
    (face,) = find_faces(large)
    (small,) = find_faces(portrait)
    np.testing.assert_allclose(np.array(face.box) / 10, small.box, atol=4)


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (29, 29), (64, 64)])
def test_photos_without_a_face(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (*shape, 3)).astype(np.uint8)
    assert find_faces(noise) == []


def test_boxes_stay_within_the_photo(portrait: Photo) -> None:
    for face in find_faces(portrait[60:, 150:]):
        left, top, width, height = face.box
        assert left >= 0
        assert top >= 0
        assert left + width <= 250
        assert top + height <= 340


def test_rotated_portraits(portrait: Photo) -> None:
    for angle in (-30, -15, 15, 30):
        turned = np.asarray(Image.fromarray(portrait).rotate(angle, Image.Resampling.BICUBIC))
        assert len(find_faces(turned)) == 1, angle


def test_damaged_detector_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(mtcnn._CHECKSUMS, "pnet", "0" * 64)
    mtcnn._network.cache_clear()
    with pytest.raises(ModelError, match="detector is damaged"):
        find_faces(np.zeros((100, 100, 3), np.uint8))
    mtcnn._network.cache_clear()


def test_face_that_fills_the_photo(portrait: Photo) -> None:
    (whole,) = find_faces(portrait)
    left, top, width, height = (round(value) for value in whole.box)
    photo = portrait[top : top + height, left : left + width]
    (face,) = find_faces(photo)
    expected = np.array(whole.landmarks) - (left, top)
    np.testing.assert_allclose(face.landmarks, expected, atol=4)


@pytest.mark.parametrize("degrees", [45, 90, 135, 180, 270, 315])
def test_a_photo_that_is_not_upright(portrait: Photo, degrees: int) -> None:
    (straight,) = find_faces(portrait)
    picture = Image.fromarray(portrait)
    turned = picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="gray")
    angle, middle = np.radians(degrees), np.array(picture.size) / 2
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    expected = (np.array(straight.landmarks) - middle) @ turn + np.array(turned.size) / 2
    face = find_faces(np.asarray(turned))[0]
    np.testing.assert_allclose(face.landmarks, expected, atol=8)
    left, top, width, height = face.box
    assert left < expected[:, 0].min() < expected[:, 0].max() < left + width
    assert top < expected[:, 1].min() < expected[:, 1].max() < top + height
    if degrees % 90 == 0:
        assert read_faces(np.asarray(turned))[0].expressions["happy"] > 0.9


def test_a_pattern_that_is_turned_is_no_face() -> None:
    rows, columns = np.mgrid[:300, :400]
    pattern = (np.sin(rows / 7) * np.cos(columns / 11) * 100 + 128).astype(np.uint8)
    assert find_faces(np.repeat(pattern[..., None], 3, axis=-1)) == []


def test_large_faces_first(portrait: Photo) -> None:
    """A small face beside a large one is not looked for, and a small one alone is found."""
    photo = np.full((480, 900, 3), 128, np.uint8)
    photo[:480, :480] = resize(portrait, 480, 480)
    photo[100:300, 600:800] = resize(portrait, 200, 200)
    assert len(find_faces(photo)) == 2
    (face,) = find_faces(photo, large_first=True)
    assert face.box[0] < 480
    photo[:, :480] = 128
    (small,) = find_faces(photo, large_first=True)
    assert small.box[0] > 600
