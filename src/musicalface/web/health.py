"""Health endpoint: version, readiness, open WebSockets and uptime."""

import time

from starlette.datastructures import State

from .. import __version__
from .json_body import Document


def health(state: State, _: Document) -> Document:
    """`GET /api/health`: `ready` once the models are loaded; `uptime` in seconds."""
    return {
        "version": __version__,
        "ready": state.inference_pool.ready,
        "message": state.inference_pool.error or None,
        "sockets": state.inference_pool.sockets,
        "uptime": round(time.monotonic() - state.started, 1),
    }
