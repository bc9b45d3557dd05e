"""Photo upload: reads one photo in memory, and does not keep it."""

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import PhotoError
from ..face import RestingFace, deciding, read_faces
from ..face.photo_reader import read_reduced
from ..http_server.request_bodies import BodyReader, RequestError
from ..memory_release import give_back
from .camera_session import box_document, moods_document, rounded
from .json_body import Document

MAX_UPLOAD_BYTES = 50_000_000
MAX_PIXELS = 4_000_000  # twice the pixels in which faces are detected
one_at_a_time = CapacityLimiter(1)  # a photo takes up to 300 MB


async def read(request: Request) -> Response:
    """`POST /api/read`: the faces in a photo, and the mood of the one that decides."""
    bodies: BodyReader = request.app.state.bodies
    # The body is read before the limiter, so that a stalled upload does not block others.
    async with bodies.read(request, MAX_UPLOAD_BYTES) as content, one_at_a_time:
        return JSONResponse(
            await run_sync(_read_and_forget, content, request.app.state.neutral_face.current)
        )


def _read_and_forget(content: bytes, neutral: RestingFace | None) -> Document:
    try:
        return _read(content, neutral)
    finally:
        give_back()


def _read(content: bytes, neutral: RestingFace | None) -> Document:
    try:
        photo = read_reduced(content, MAX_PIXELS).pixels
    except PhotoError as error:
        raise RequestError(400, "no_photo", str(error)) from None
    readings = read_faces(photo, resting_face=neutral)
    if not readings:
        raise RequestError(422, "no_face", "No face found in this photo. Try another one.")
    decides = deciding(readings)
    faces = [
        {
            "box": box_document(reading, photo),
            "problem": reading.quality.problem or None,
            "expressions": rounded(reading.expressions) if reading.clear else None,
            "scores": rounded(reading.moods.as_dict()) if reading.clear else None,
        }
        for reading in readings
    ]
    return {
        "faces": faces,
        "expressions": rounded(decides.expressions) if decides else None,
        **moods_document(decides.moods if decides else None),
        "mood": decides.moods.mood.value if decides else None,
        "rest": neutral is not None,
    }
