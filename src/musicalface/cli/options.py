"""Options shared by several commands."""

from pathlib import Path
from typing import Any

import click

from .. import settings
from ..errors import InputError
from ..face.prior import Prior, parse_prior


class _Path(click.Path):
    """Parameter type of a path; rejects an empty string. Doesn't check if the file is readable."""

    def __init__(self, **kind: Any) -> None:
        super().__init__(path_type=Path, readable=False, **kind)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail("the path is empty.", param, ctx)
        return super().convert(value, param, ctx)


PATH = _Path()
DATA = click.option("--data", type=PATH, required=True, help="The labelled data.")
MODEL = click.option("--model", metavar="NAME|PATH", help="A shipped model, or an .onnx file.")
SPLIT = click.option("--split", metavar="NAME", help="One split. Default: all but Training.")
_TRAINING = "Training"


def test_splits(splits: list[str]) -> list[str]:
    """The splits to measure by default: all but Training, or Training if it is the only one."""
    return [name for name in splits if name != _TRAINING] or splits


def default_prior() -> Prior:
    """The prior in MUSICALFACE_PRIOR, or camera; raises InputError if it is unknown."""
    try:
        return parse_prior(settings.prior_name())
    except InputError as error:
        raise InputError(f"MUSICALFACE_PRIOR: {error}") from None


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def parse_tables(group: str) -> list[Path]:
    """The comma-separated tables of one annotation source; raises UsageError if there is none."""
    tables = [Path(name) for name in group.split(",") if name]
    if not tables:
        raise click.UsageError("A list of tables is empty. Name at least one table.")
    return tables
