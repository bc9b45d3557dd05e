"""Standard input and output as they come: closed, endless, or of a small alphabet."""

import io
import json
import sys
from collections.abc import Iterable
from typing import Any

import click

from ..errors import InputError


def read_stdin(limit: int) -> bytes:
    """At most `limit` bytes of standard input; raises InputError when it is closed."""
    if sys.stdin is None:
        raise InputError("Standard input is closed: name a file instead of -.")
    return sys.stdin.buffer.read(limit)


def print_json(document: Any) -> None:
    """One JSON document on standard output, in ASCII where that is no UTF-8."""
    plain = not _is_utf8(sys.stdout)
    click.echo(json.dumps(document, ensure_ascii=plain, indent=2))


def print_json_list(name: str, items: Iterable[Any]) -> None:
    """One JSON document that holds a list, an item a line as they come, however many there are."""
    plain, between = not _is_utf8(sys.stdout), ""
    click.echo(f"{{{json.dumps(name)}: [", nl=False)
    for item in items:
        click.echo(f"{between}\n{json.dumps(item, ensure_ascii=plain)}", nl=False)
        between = ","
    click.echo("]}" if not between else "\n]}")


def printable(text: str) -> str:
    """A name without what would move a terminal's cursor or change its colours."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def escape_what_cannot_be_written() -> None:
    """A title in another script must not end a command on a terminal that cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _is_utf8(stream: Any) -> bool:
    encoding = getattr(stream, "encoding", None) or ""
    return encoding.lower().replace("-", "") == "utf8"
