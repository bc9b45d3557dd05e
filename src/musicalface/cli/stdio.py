"""Standard input and output: limits, JSON, control characters and encodings."""

import io
import json
import sys
from collections.abc import Iterable
from typing import Any

import click

from ..errors import InputError


def read_stdin(limit: int) -> bytes:
    """Reads at most `limit` bytes from standard input; raises InputError if it is closed."""
    if sys.stdin is None:
        raise InputError("Standard input is closed. Give a file instead of -.")
    return sys.stdin.buffer.read(limit)


def print_json(document: Any) -> None:
    """Prints one JSON document; non-ASCII characters are escaped if the output isn't UTF-8."""
    ascii_only = not _is_utf8(sys.stdout)
    click.echo(json.dumps(document, ensure_ascii=ascii_only, indent=2))


def print_json_list(name: str, items: Iterable[Any]) -> None:
    """Prints a JSON document with one list, streaming one item per line."""
    ascii_only, separator = not _is_utf8(sys.stdout), ""
    click.echo(f"{{{json.dumps(name)}: [", nl=False)
    for item in items:
        click.echo(f"{separator}\n{json.dumps(item, ensure_ascii=ascii_only)}", nl=False)
        separator = ","
    click.echo("]}" if not separator else "\n]}")


def printable(text: str) -> str:
    """Replaces control characters, which could move the cursor or change colours."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def escape_unencodable_output() -> None:
    """Escapes characters that the terminal's encoding lacks, instead of raising an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _is_utf8(stream: Any) -> bool:
    encoding = getattr(stream, "encoding", None) or ""
    return encoding.lower().replace("-", "") == "utf8"
