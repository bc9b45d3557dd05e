"""Reads `contract.toml`: the calls, their parameters and their responses."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from .shared import BreachError, Values, check_values

FILE = Path(__file__).with_name("contract.toml")


@dataclass(frozen=True)
class Call:
    """One call: its path, parameters and response fields."""

    name: str
    path: str
    in_path: Values = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    answer: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contract:
    """The whole contract."""

    calls: dict[str, Call]
    errors: dict[str, dict[str, Any]]
    media: dict[str, dict[str, Any]]
    hosts: dict[str, Any]
    quota: dict[str, float]

    def call(self, path: str) -> Call:
        """The call for a path; raises BreachError if there is none."""
        for call in self.calls.values():
            if parts(call.path, path) is not None:
                return call
        raise BreachError(f"GET {path}: there is no such call", "query")


@cache
def read_contract() -> Contract:
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    calls = {name: Call(name=name, **entry) for name, entry in table["call"].items()}
    return Contract(calls, table["error"], table["media"], table["hosts"], table["quota"])


def values_of(call: Call, path: str, query: list[tuple[str, str]]) -> dict[str, Any]:
    """The checked values of a request; raises BreachError."""
    if len(query) > len(dict(query)):
        raise BreachError(f"{call.name}: a parameter came twice", "parameter")
    in_path = check_values(call.name, call.in_path, parts(call.path, path) or {})
    return in_path | check_values(call.name, call.query, dict(query))


def parts(template: str, path: str) -> dict[str, str] | None:
    """The values in a path; None if the path does not match."""
    found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template), path)
    return found.groupdict() if found else None


def error_json(name: str) -> dict[str, Any]:
    """An error of the contract as JSON; the HTTP status is 200."""
    error = read_contract().errors[name]
    return {"error": {key: error[key] for key in ("type", "message", "code")}}
