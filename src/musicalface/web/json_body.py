"""JSON request bodies: their size limit, and typed access to their fields."""

import json
from typing import Any

from starlette.requests import Request

from ..errors import InputError

Document = dict[str, Any]
"""A JSON object."""

MAX_JSON_BYTES = 100_000


async def read_json(request: Request) -> Document:
    """The JSON object of a request, empty if there is no body; raises InputError otherwise."""
    async with request.app.state.bodies.read(request, MAX_JSON_BYTES) as content:
        if not content:
            return {}
        try:
            body = json.loads(content)
        except (ValueError, RecursionError):
            body = None
    if not isinstance(body, dict):
        raise InputError("The request body must be a JSON object.")
    return body


def get_text(body: Document, name: str, default: str | None = None) -> str:
    """A string of the body; raises InputError if it is missing or not a string."""
    value = body.get(name, default)
    if not _is_text(value):
        raise InputError(f"'{name}' is missing or isn't text. Send a string.")
    return str(value)


def get_flag(body: Document, name: str) -> bool:
    """A boolean of the body, false if it is missing; raises InputError if it is not a boolean."""
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise InputError(f"'{name}' must be true or false.")
    return value


def get_number(body: Document, name: str, default: int, least: int, most: int) -> int:
    """An integer of the body; raises InputError if it is not one, or out of range."""
    value = body.get(name, default)
    if isinstance(value, float) and value.is_integer():  # 10.0 is a whole number in JSON Schema
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InputError(f"'{name}' must be a whole number from {least} to {most}.")
    return value


def get_decimal(body: Document, name: str, least: float, most: float) -> float:
    """A number of the body; raises InputError if it is missing, not one, or out of range."""
    value = body.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
        raise InputError(f"'{name}' must be a number from {least} to {most}.")
    return value


def get_texts(body: Document, name: str, most: int = 100) -> list[str]:
    """A list of strings of the body; raises InputError if it is not one, or too long."""
    value = body.get(name)
    if not isinstance(value, list) or len(value) > most:
        raise InputError(f"'{name}' must be a list of at most {most} strings.")
    if not all(_is_text(each) for each in value):
        raise InputError(f"'{name}' must be a list of strings.")
    return [str(each) for each in value]


def get_objects(body: Document, name: str, most: int) -> list[Document]:
    """A list of JSON objects of the body; raises InputError if it is not one, or too long."""
    value = body.get(name)
    if not isinstance(value, list) or len(value) > most:
        raise InputError(f"'{name}' must be a list of at most {most} objects.")
    if not all(isinstance(each, dict) for each in value):
        raise InputError(f"'{name}' must be a list of objects.")
    return value


def get_shares(body: Document, name: str, most: int, size: int) -> list[list[float]]:
    """At most `most` lists of `size` numbers of 0 to 1, empty if missing; raises InputError."""
    value = body.get(name, [])
    if (
        not isinstance(value, list)
        or len(value) > most
        or not all(_is_shares(v, size) for v in value)
    ):
        raise InputError(
            f"'{name}' must be a list of at most {most} lists of {size} numbers, 0 to 1."
        )
    return value


def _is_shares(value: object, size: int) -> bool:
    return (
        isinstance(value, list)
        and len(value) == size
        and all(
            isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 1 for v in value
        )
    )


def _is_text(value: object) -> bool:
    """True for a string without NUL and lone surrogates, which JSON can encode and UTF-8 cannot."""
    if not isinstance(value, str) or "\0" in value:
        return False
    return value.encode("utf-8", "ignore").decode() == value
