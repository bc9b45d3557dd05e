"""Checks the values of a request against the contract: types, bounds and required fields."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

Values = dict[str, dict[str, Any]]
"""The rules of the contract for each parameter or field."""

TRACK_URI = re.compile(r"spotify:track:[0-9A-Za-z]{22}")
LITERALS = ("127.0.0.1", "::1")


class BreachError(Exception):
    """A request that violates the contract; `refused` names the error of the response."""

    def __init__(self, what: str, refused: str | None = None) -> None:
        super().__init__(what)
        self.refused = refused


def check_values(where: str, rules: Values, values: dict[str, Any]) -> dict[str, Any]:
    """The converted values, with defaults; raises BreachError."""
    for name in values:
        if name not in rules:
            raise BreachError(f"{where}: unknown {name}")
    checked = {}
    for name, rule in rules.items():
        if name in values:
            checked[name] = _value(f"{where}: {name}", rule, values[name])
        elif rule.get("required"):
            raise BreachError(f"{where}: {name} is missing")
        elif "default" in rule:
            checked[name] = rule["default"]
    return checked


def _value(what: str, rule: dict[str, Any], raw: object) -> object:
    try:
        value = TYPES[rule["type"]](raw)
    except ValueError:
        raise BreachError(f"{what} is {raw!r}, not of type {rule['type']}") from None
    _within(what, rule, value)
    if "one_of" in rule and value not in rule["one_of"]:
        raise BreachError(f"{what} is {raw!r}, not one of {rule['one_of']}")
    if "pattern" in rule and not re.fullmatch(rule["pattern"], str(value)):
        raise BreachError(f"{what} is {raw!r}, which does not match {rule['pattern']}")
    return value


def _within(what: str, rule: dict[str, Any], value: Any) -> None:
    size = value if isinstance(value, int) else len(value)
    least, most = rule.get("at_least", size), rule.get("at_most", size)
    if not least <= size <= most:
        raise BreachError(f"{what} is out of bounds ({size})", rule.get("refused"))


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise ValueError
    return raw


def _integer(raw: object) -> int:
    if not re.fullmatch(r"-?\d+", _text(raw), re.ASCII):
        raise ValueError
    return int(_text(raw))


def _boolean(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError
    return raw


def _track_uri(raw: object) -> str:
    if not TRACK_URI.fullmatch(_text(raw)):
        raise ValueError
    return _text(raw)


def _track_uris(raw: object) -> list[str]:
    return _track_uri_list(_text(raw).split(","))


def _track_uri_list(raw: object) -> list[str]:
    if not isinstance(raw, list):
        raise ValueError
    return [_track_uri(each) for each in raw]


def _track_id(raw: object) -> str:
    return _track_uri(f"spotify:track:{raw}").removeprefix("spotify:track:")


def _scopes(raw: object) -> list[str]:
    return _text(raw).split()


def _redirect(raw: object) -> str:
    parts = urlsplit(_text(raw))
    if parts.scheme != "http" or parts.hostname not in LITERALS or parts.fragment:
        raise ValueError
    _ = parts.port  # raises ValueError if the port is invalid
    return _text(raw)


TYPES: dict[str, Callable[[object], Any]] = {
    "text": _text,
    "integer": _integer,
    "boolean": _boolean,
    "track-uri": _track_uri,
    "track-uris": _track_uris,
    "track-uri-list": _track_uri_list,
    "track-id": _track_id,
    "scopes": _scopes,
    "redirect": _redirect,
}
