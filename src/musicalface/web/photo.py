"""A photo that was chosen or dropped: read, answered, and forgotten."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..face import read_faces, read_photo
from .answers import Document, RefusedError, body_of
from .gaze import box_document, moods_document, rounded

MOST_BYTES = 50_000_000


async def read(request: Request) -> Response:
    """`POST /api/read`: the faces of a photo, and the mood of the largest clear one."""
    content = await body_of(request, MOST_BYTES)
    return JSONResponse(await run_sync(_read, content))


def _read(content: bytes) -> Document:
    photo = read_photo(content)
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
