"""Neutral face endpoints: measure it in a photo, keep it, undo it, and erase it."""

import numpy as np
from anyio.to_thread import run_sync
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import InputError, PhotoError
from ..face import deciding, kept_resting_face, read_faces
from ..face.photo_reader import read_reduced
from ..http_server.request_bodies import RequestError
from ..memory_release import give_back
from .json_body import Document
from .neutral_face import NeutralFace
from .photo_upload import MAX_PIXELS, MAX_UPLOAD_BYTES, one_at_a_time

_NOTHING = "No neutral face is set. Set it first."
_NO_FACE = "We can't read a face in this photo. Choose another one."
_NOT_NEUTRAL = "This face isn't neutral. Choose a photo of your face at rest."


def get(state: State, _: Document) -> Document:
    """`GET /api/neutral-face`."""
    neutral: NeutralFace = state.neutral_face
    return neutral.document()


def keep(state: State, _: Document) -> Document:
    """`POST /api/neutral-face/keep`: store it, also for the command line."""
    if not state.neutral_face.current:
        raise InputError(_NOTHING)
    kept_resting_face.keep(state.neutral_face.current)
    return get(state, {})


def undo(state: State, _: Document) -> Document:
    """`POST /api/neutral-face/undo`: go back to the one before."""
    state.neutral_face.undo()
    return get(state, {})


def erase(state: State, _: Document) -> Document:
    """`DELETE /api/neutral-face`: clear it, and delete the file."""
    kept_resting_face.erase()
    state.neutral_face.forget()
    return get(state, {})


async def from_photo(request: Request) -> Response:
    """`POST /api/neutral-face/photo`: set it from a photo."""
    state = request.app.state
    async with state.bodies.read(request, MAX_UPLOAD_BYTES) as content, one_at_a_time:
        return JSONResponse(await run_sync(_measure_photo, state.neutral_face, content))


def _measure_photo(neutral: NeutralFace, content: bytes) -> Document:
    try:
        reading = deciding(read_faces(read_reduced(content, MAX_PIXELS).pixels))
    except PhotoError as error:
        raise RequestError(400, "no_photo", str(error)) from None
    finally:
        give_back()
    if not reading:
        raise RequestError(422, "no_face", _NO_FACE)
    try:
        return neutral.measure(np.array([reading.evidence], np.float32))
    except InputError:
        raise RequestError(422, "not_neutral", _NOT_NEUTRAL) from None
