"""Draws face boxes, landmarks and labels on a photo."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ..face import Reading
from ..mood import Mood

COLOURS = {
    Mood.ANGRY: "#e5484d",
    Mood.HAPPY: "#f5b70a",
    Mood.RELAXED: "#30a46c",
    Mood.SAD: "#3e8bff",
}


def draw_readings(photo: NDArray[np.uint8], readings: Sequence[Reading]) -> Image.Image:
    """Returns a copy of a photo (H, W, 3) uint8 with each face's box, landmarks and label."""
    picture = Image.fromarray(photo)
    draw = ImageDraw.Draw(picture)
    size = max(12, min(picture.size) // 32)
    for reading in readings:
        _draw_face(draw, reading, size)
    return picture


def _draw_face(draw: ImageDraw.ImageDraw, reading: Reading, size: int) -> None:
    left, top, width, height = reading.face.box
    colour, stroke = _colour(reading), max(2, size // 8)
    draw.rectangle((left, top, left + width, top + height), outline=colour, width=stroke)
    for x, y in reading.face.landmarks:
        draw.ellipse((x - stroke, y - stroke, x + stroke, y + stroke), fill=colour)
    _draw_label(draw, (left, max(top, size * 1.5)), _label_text(reading), colour, size)


def _draw_label(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str, size: int
) -> None:
    font = ImageFont.load_default(size)
    box = draw.textbbox(at, text, font=font, anchor="lb")
    draw.rectangle((box[0], box[1] - 2, box[2] + 6, box[3] + 2), fill=colour)
    draw.text((at[0] + 3, at[1]), text, fill="black", font=font, anchor="lb")


def _colour(reading: Reading) -> str:
    return COLOURS[reading.moods.mood] if reading.clear else "#9aa0aa"


def _label_text(reading: Reading) -> str:
    if reading.quality.problem:
        return reading.quality.problem
    name, share = max(reading.expressions.items(), key=lambda item: item[1])
    mood = reading.moods.mood if reading.moods.sure else "not sure"
    return f"{name} {share:.0%} · {mood}"
