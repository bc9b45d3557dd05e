"""Options that several commands share."""

from pathlib import Path
from typing import Any

import click

from .. import settings
from ..errors import InputError
from ..face.prior import Prior, parse_prior


class _Path(click.Path):
    """A path; an empty word is none, and not this folder. Whether it can be read shows later."""

    def __init__(self, **kind: Any) -> None:
        super().__init__(path_type=Path, readable=False, **kind)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail("an empty word is no path.", param, ctx)
        return super().convert(value, param, ctx)


PATH = _Path()
labelled = click.option("--data", type=PATH, required=True, help="The labelled data.")
MODEL = click.option("--model", metavar="NAME|PATH", help="A shipped name, or an .onnx file.")
SPLIT = click.option("--split", metavar="NAME", help="One split only. Default: all but Training.")
_LEARNT_FROM = "Training"


def without_training(splits: list[str]) -> list[str]:
    """What is measured unless it is said: no split that was learnt from, if there are others."""
    return [name for name in splits if name != _LEARNT_FROM] or splits


def situation() -> Prior:
    """The prior of MUSICALFACE_PRIOR, or camera; raises InputError, which names the variable."""
    try:
        return parse_prior(settings.prior())
    except InputError as error:
        raise InputError(f"MUSICALFACE_PRIOR: {error}") from None


as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document, nothing else.")


def tables_of(voice: str) -> list[Path]:
    """The tables of one voice: names with commas between; raises UsageError for none."""
    tables = [Path(name) for name in voice.split(",") if name]
    if not tables:
        raise click.UsageError("An empty word names no table.")
    return tables
