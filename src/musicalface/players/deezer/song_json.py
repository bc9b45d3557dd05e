"""JSON documents of previews, facts and errors, for the servers of the pages."""

from typing import Any

from starlette.responses import Response

from ...errors import DeezerError
from ...http_server.errors import error_response
from .deezer_errors import SONG_PROBLEMS, Problem
from .deezer_player import PREVIEW_SECONDS, Preview
from .tracks import Facts

_STATUS = {
    **dict.fromkeys(SONG_PROBLEMS, 404),
    Problem.OFF: 409,
    Problem.BUSY: 503,
    Problem.QUOTA: 503,
}
_DEFAULT_STATUS, _RETRY_AFTER = 502, {"Retry-After": "10"}


def preview_document(found: Preview, cover: str) -> dict[str, Any]:
    """The JSON of a preview and of the song's facts; see `facts_document`."""
    facts = facts_document(found.facts, cover)
    return {"preview": found.url, "preview_seconds": PREVIEW_SECONDS, **facts}


def facts_document(found: Facts, cover: str) -> dict[str, Any]:
    """The JSON of a song's facts; `cover` is the address of covers on this server."""
    return {
        "deezer_id": found.number,
        "artist": found.artist,
        "title": found.title,
        "seconds": found.seconds,
        "cover": f"{cover}/{found.number}" if found.cover else None,
        "link": found.link,
    }


def deezer_error_response(error: DeezerError, message: str = "") -> Response:
    """The response to a failed look-up; `message` replaces the error's own."""
    status = _STATUS.get(Problem[error.problem], _DEFAULT_STATUS)
    headers = _RETRY_AFTER if status == 503 else None
    return error_response(status, error.problem.lower(), message or str(error), headers)
