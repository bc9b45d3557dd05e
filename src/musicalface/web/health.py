"""Whether the app is well."""

import time

from starlette.datastructures import State

from .. import __version__
from .answers import Document


def health(state: State, _: Document) -> Document:
    """`GET /api/health`: ready once the models are loaded; seconds since the start."""
    return {
        "version": __version__,
        "ready": state.eyes.ready,
        "message": state.eyes.trouble or None,
        "sockets": state.eyes.sockets,
        "uptime": round(time.monotonic() - state.started, 1),
    }
