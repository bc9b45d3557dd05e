import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

from musicalface.face import Face, Quality, read_faces, read_known_faces
from musicalface.face.image_ops import resize

Photo = NDArray[np.uint8]


def test_the_portrait_is_clear(portrait: Photo) -> None:
    (reading,) = read_faces(portrait)
    assert reading.clear
    assert reading.quality.problem == ""
    assert reading.quality.turn < 0.1


def test_face_too_small(portrait: Photo) -> None:
    side = round(400 * 22 / 67)
    photo = np.full((480, 640, 3), 128, np.uint8)
    photo[100 : 100 + side, 200 : 200 + side] = resize(portrait, side, side)
    readings = read_faces(photo)
    assert [reading.quality.problem for reading in readings] == ["too small"]


def test_face_too_dark(portrait: Photo) -> None:
    (bright,) = read_faces(portrait)
    dark = np.asarray(ImageEnhance.Brightness(Image.fromarray(portrait)).enhance(0.025))
    (reading,) = read_known_faces(dark, [bright.face])
    assert reading.quality.problem == "too dark"


def test_face_turned_too_far(portrait: Photo) -> None:
    (straight,) = read_faces(portrait)
    points = np.array(straight.face.landmarks)
    points[2, 0] += 0.45 * (points[1, 0] - points[0, 0])  # the nose is close to one eye
    turned = Face(straight.face.box, tuple(map(tuple, points.tolist())), 0.99)
    (reading,) = read_known_faces(portrait, [turned])
    assert reading.quality.problem == "turned too far"
    assert not reading.clear
    assert max(reading.expressions.values()) < 0.5  # only the prior


@pytest.mark.parametrize("degrees", [-30, 30])
def test_tilted_head_is_readable(portrait: Photo, degrees: int) -> None:
    tilted = np.asarray(Image.fromarray(portrait).rotate(degrees, Image.Resampling.BILINEAR))
    (reading,) = read_faces(tilted)
    assert reading.clear


def test_empty_box_is_too_small() -> None:
    nowhere = Face((5.0, 5.0, 0.0, 0.0), ((5.0, 5.0),) * 5, 0.9)
    quality = Quality.measure(nowhere, np.zeros((48, 48), np.uint8))
    assert quality.problem == "too small"
    assert np.isfinite(quality.turn)
