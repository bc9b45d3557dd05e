from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from musicalface.errors import ModelError
from musicalface.face import cascade, find_faces, read_photo
from musicalface.face.pixels import resize

Photo = NDArray[np.uint8]


def test_the_face_of_the_portrait(portrait: Photo) -> None:
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


def test_the_largest_of_several_comes_first(two_faces: Path) -> None:
    faces = find_faces(read_photo(two_faces))
    assert len(faces) == 2
    assert faces[0].box[2] > faces[1].box[2]
    assert faces[0].box[0] < 400 < faces[1].box[0]


@pytest.mark.parametrize("height", [30, 40, 60])
def test_small_faces_in_a_photo_of_two_megapixels(portrait: Photo, height: int) -> None:
    """A face of 30 pixels is found, wherever it is."""
    scale = height / find_faces(portrait)[0].box[3]
    side = round(len(portrait) * scale)
    photo = np.full((1250, 1600, 3), 128, np.uint8)
    photo[700 : 700 + side, 900 : 900 + side] = resize(portrait, side, side)
    (face,) = find_faces(photo)
    assert face.box[3] == pytest.approx(height, rel=0.25)
    assert 900 < face.box[0] < 900 + side


def test_a_large_photo_is_searched_small_and_answered_in_its_own_pixels(portrait: Photo) -> None:
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


def test_turned_portraits(portrait: Photo) -> None:
    for angle in (-30, -15, 15, 30):
        turned = np.asarray(Image.fromarray(portrait).rotate(angle, Image.Resampling.BICUBIC))
        assert len(find_faces(turned)) == 1, angle


def test_a_damaged_detector_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cascade._CHECKSUMS, "pnet", "0" * 64)
    cascade._network.cache_clear()
    with pytest.raises(ModelError, match="detector is damaged"):
        find_faces(np.zeros((100, 100, 3), np.uint8))
    cascade._network.cache_clear()


def test_a_face_that_fills_the_photo(portrait: Photo) -> None:
    (whole,) = find_faces(portrait)
    left, top, width, height = (round(value) for value in whole.box)
    photo = portrait[top : top + height, left : left + width]
    (face,) = find_faces(photo)
    expected = np.array(whole.landmarks) - (left, top)
    np.testing.assert_allclose(face.landmarks, expected, atol=4)
