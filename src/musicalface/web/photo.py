"""A photo that was chosen or dropped: read, answered, and forgotten."""

import math

import numpy as np
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from numpy.typing import NDArray
from PIL import Image
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import PhotoError
from ..face import read_faces, read_photo
from .answers import Document, RefusedError, body_of
from .gaze import box_document, moods_document, rounded

MOST_BYTES = 50_000_000


_ENOUGH_PIXELS = 4_000_000  # twice of what is searched for faces
_one_at_a_time = CapacityLimiter(1)  # a photo of 100 megapixels takes a gigabyte


async def read(request: Request) -> Response:
    """`POST /api/read`: the faces of a photo, and the mood of the largest clear one."""
    async with _one_at_a_time:
        content = await body_of(request, MOST_BYTES)
        return JSONResponse(await run_sync(_read, content))


def _read(content: bytes) -> Document:
    try:
        photo = _reduced(read_photo(content))
    except PhotoError as error:
        raise RefusedError(400, "no_photo", f"{error} Choose another file.") from None
    readings = read_faces(photo)
    if not readings:
        raise RefusedError(422, "no_face", "There is no face in this photo: try another.")
    clear = next((reading for reading in readings if reading.clear), None)
    faces = [
        {
            "box": box_document(reading, photo),
            "problem": reading.quality.problem or None,
            "expressions": rounded(reading.expressions) if reading.clear else None,
        }
        for reading in readings
    ]
    return {
        "faces": faces,
        "expressions": rounded(clear.expressions) if clear else None,
        **moods_document(clear.moods if clear else None),
        "mood": clear.moods.mood.value if clear else None,
    }


def _reduced(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    times = math.ceil(math.sqrt(photo.shape[0] * photo.shape[1] / _ENOUGH_PIXELS))
    return np.asarray(Image.fromarray(photo).reduce(times)) if times > 1 else photo
