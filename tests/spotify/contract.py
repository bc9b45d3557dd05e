"""Reads `contract.toml`: the allowed requests, and their parameters and bodies."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from .values import BreachError, Values, check_values

FILE = Path(__file__).with_name("contract.toml")


@dataclass(frozen=True)
class Call:
    """One operation: its request, its requirements and its response."""

    name: str
    method: str
    path: str
    status: int
    base: str = "api"
    scope: tuple[str, ...] = ()
    premium: bool = False
    in_path: Values = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    json: Values = field(default_factory=dict)
    form: Values = field(default_factory=dict)
    answer: dict[str, str] = field(default_factory=dict)

    @property
    def content_type(self) -> str | None:
        if self.json:
            return "application/json"
        return "application/x-www-form-urlencoded" if self.form else None


@dataclass(frozen=True)
class Contract:
    """All calls and errors, and the removed paths."""

    calls: dict[str, Call]
    errors: dict[str, dict[str, Any]]
    accounts_errors: dict[str, dict[str, Any]]
    gone: tuple[str, ...]

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(scope for call in self.calls.values() for scope in call.scope)

    def at(self, base: str, method: str, path: str) -> list[Call]:
        """The calls of a method and path; the accounts service has two with the same path."""
        return [
            call
            for call in self.calls.values()
            if (call.base, call.method) == (base, method) and _parts(call.path, path) is not None
        ]

    def is_gone(self, method: str, path: str) -> bool:
        pairs = (each.split(" ") for each in self.gone)
        return any(method == verb and _parts(gone, path) is not None for verb, gone in pairs)


@cache
def read_contract() -> Contract:
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    calls = {name: _call(name, entry) for name, entry in table["call"].items()}
    return Contract(calls, table["error"], table["accounts_error"], tuple(table["gone"]["paths"]))


def _call(name: str, entry: dict[str, Any]) -> Call:
    return Call(name=name, **(entry | {"scope": tuple(entry.get("scope", ()))}))


def of_grant(calls: list[Call], body: dict[str, Any]) -> Call:
    """The call whose grant type is in the body."""
    for call in calls:
        only = call.form.get("grant_type", {}).get("one_of")
        if not only or body.get("grant_type") in only:
            return call
    raise BreachError(f"unknown grant_type {body.get('grant_type')!r}")


def path_and_query(call: Call, path: str, query: list[tuple[str, str]]) -> dict[str, Any]:
    """The checked values of path and query; raises BreachError."""
    if len(query) > len(dict(query)):
        raise BreachError(f"{call.name}: duplicate parameter")
    in_path = check_values(call.name, call.in_path, _parts(call.path, path) or {})
    return in_path | check_values(call.name, call.query, dict(query))


def body_of(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """The checked values of the body; raises BreachError."""
    return check_values(call.name, call.json or call.form, body)


def _parts(template: str, path: str) -> dict[str, str] | None:
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
    found = re.fullmatch(pattern, path)
    return found.groupdict() if found else None
