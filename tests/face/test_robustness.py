"""The sample portrait must still read as happy after degradations of light and camera."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from musicalface.face import find_faces, read_faces
from musicalface.mood import Mood


def compressed(picture: Image.Image) -> Image.Image:
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=15)
    return Image.open(content).convert("RGB")


def noisy(picture: Image.Image) -> Image.Image:
    noise = np.random.default_rng(1).normal(0, 15, (*picture.size[::-1], 3))
    return Image.fromarray((np.asarray(picture) + noise).clip(0, 255).astype(np.uint8))


def with_glasses(picture: Image.Image) -> Image.Image:
    (face,) = find_faces(np.asarray(picture))
    draw = ImageDraw.Draw(picture)
    apart = face.landmarks[1][0] - face.landmarks[0][0]
    for x, y in face.landmarks[:2]:
        lens = (x - 0.42 * apart, y - 0.34 * apart, x + 0.42 * apart, y + 0.34 * apart)
        draw.ellipse(lens, outline="black", width=3)
    return picture


def far_away(picture: Image.Image) -> Image.Image:
    scene = Image.new("RGB", (640, 480), (120, 110, 100))
    scene.paste(picture.resize((260, 260)), (200, 120))
    return scene


DEGRADATIONS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "unchanged": lambda picture: picture,
    "mirrored": lambda picture: picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "dim": lambda picture: ImageEnhance.Brightness(picture).enhance(0.25),
    "bright": lambda picture: ImageEnhance.Brightness(picture).enhance(1.6),
    "low contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(0.4),
    "gray": lambda picture: picture.convert("L").convert("RGB"),
    "yellow light": lambda picture: Image.merge(
        "RGB",
        [
            band.point(lambda v, k=k: v * k)
            for band, k in zip(picture.split(), (1, 0.9, 0.4), strict=True)
        ],
    ),
    "blurred": lambda picture: picture.filter(ImageFilter.GaussianBlur(2)),
    "noisy": noisy,
    "compressed": compressed,
    "far away": far_away,
    "glasses": with_glasses,
    "tilted left": lambda picture: picture.rotate(30, Image.Resampling.BICUBIC),
    "tilted right": lambda picture: picture.rotate(-30, Image.Resampling.BICUBIC),
}


@pytest.mark.parametrize("name", DEGRADATIONS)
def test_the_portrait_still_reads_happy(portrait: NDArray[np.uint8], name: str) -> None:
    degraded = DEGRADATIONS[name](Image.fromarray(portrait))
    readings = read_faces(np.asarray(degraded))
    assert len(readings) == 1
    assert readings[0].clear
    assert readings[0].moods.mood is Mood.HAPPY
    assert readings[0].moods.sure
