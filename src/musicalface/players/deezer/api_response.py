"""Parses Deezer's JSON responses. Errors have HTTP status 200 and an error code."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...errors import DeezerError
from .deezer_errors import Problem, deezer_error

_BY_CODE = {4: Problem.QUOTA, 700: Problem.BUSY, 800: Problem.NOT_FOUND}


def parse_response(content: bytes) -> dict[str, Any]:
    """The JSON object; raises DeezerError for an error or anything but a JSON object."""
    try:
        response = json.loads(content)
    except (ValueError, RecursionError):
        raise deezer_error(Problem.UNREADABLE, "not JSON") from None
    if not isinstance(response, dict):
        raise deezer_error(Problem.UNREADABLE, "not a JSON object")
    if response.get("error"):
        raise _error(response["error"])
    return response


def _error(error: Any) -> DeezerError:
    code = error.get("code") if isinstance(error, dict) else None
    if not isinstance(code, int):
        return deezer_error(Problem.UNREADABLE, "an error without a code")
    return deezer_error(_BY_CODE.get(code, Problem.REFUSED), f"error {code}"[:20])


@contextmanager
def checked_schema() -> Iterator[None]:
    """Converts errors about missing or invalid fields to DeezerError."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError):
        raise deezer_error(Problem.UNREADABLE, "unexpected fields") from None
