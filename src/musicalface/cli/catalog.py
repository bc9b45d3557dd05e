"""`musicalface catalog`: build, show and export."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from pathlib import Path

import click
from rich.console import Console

from ..lyrics.table_assumptions import table_assumptions
from ..lyrics.table_reader import find_tables
from ..songs import open_catalog
from ..songs.catalog import own_catalog_path
from ..songs.catalog_build import build_catalog, summarize
from ..songs.catalog_export import export_catalog
from . import render
from .options import PATH, parse_tables
from .progress_bars import progress_bar
from .stdio import printable


@click.group()
def command() -> None:
    """Build and export song catalogs.

    \b
    musicalface catalog build lyrics.csv more.csv.gz --out my.sqlite
    musicalface songs happy --catalog my.sqlite
    musicalface catalog show
    musicalface catalog export --out songs.csv
    """


@command.command()
@click.argument("tables", nargs=-1, required=True, type=PATH, metavar="LYRICS…")
@click.option("--out", type=PATH, metavar="FILE", help="The catalog to write. Default: your own.")
@click.option(
    "--model", metavar="NAME|PATH", help="Another lyrics model: lstm2018 or an .onnx file."
)
@click.option(
    "--ids",
    multiple=True,
    type=PATH,
    metavar="TABLE",
    help="A table with artist, title, and spotify_id or deezer_id. Repeat it for several tables.",
)
@click.option(
    "--listeners",
    multiple=True,
    metavar="TABLE[,TABLE…]",
    help="What listeners say: moods, valence and arousal, or counts of emotion tags. Repeat it "
    "for each source; tables separated by commas are one source.",
)
@click.option("--workers", type=click.IntRange(1), help="Worker processes. Default: one per core.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="ray scores on a cluster and writes a folder of parquet files, the input for a "
    "second build; needs the extra [batch].",
)
@click.option(
    "--address", help="Address of a running Ray cluster. Default: start one on this computer."
)
def build(
    tables: tuple[Path, ...],
    out: Path | None,
    model: str | None,
    ids: tuple[Path, ...],
    listeners: tuple[str, ...],
    workers: int | None,
    engine: str,
    address: str | None,
) -> None:
    """Build a catalog: read the mood of every English song in tables of lyrics.

    \b
    musicalface catalog build lyrics.csv more.csv.gz
    musicalface catalog build lyrics.parquet --listeners tags.csv --listeners va.parquet

    Tables are csv, csv.gz or parquet files, or folders of them, with columns artist,
    title (or song) and lyrics (or text), for example artist,song,link,text of 2018. An
    exported catalog works too. Listeners' labels take precedence over lyrics; each
    source is weighted by how well it agrees with the others. The old catalog stays in
    place until the new one is complete. After Ctrl-C or a kill, run the same command to
    continue. Without --out, the result is your own catalog and replaces the shipped one.
    """
    run, out = _select_engine(engine, out, ids, address)
    sources = [parse_tables(group) for group in listeners]
    try:
        with progress_bar("songs") as step:
            counts = run(
                tables, out, model=model, listeners=sources, workers=workers, progress=step
            )
    except KeyboardInterrupt:
        what_next = "start over" if engine == "ray" else "continue"
        click.echo(f"Run the same command to {what_next}.", err=True)
        raise
    _print_assumptions([*find_tables(tables), *chain.from_iterable(sources)])
    click.echo(f"{out}: {summarize(counts)}.")
    if engine == "ray":
        click.echo(f"Run musicalface catalog build {out} to make it a catalog.")


def _print_assumptions(tables: Iterable[Path]) -> None:
    """Prints how tables with unusual separators, encodings or columns were read."""
    for line in dict.fromkeys(map(table_assumptions, tables)):
        if line:
            click.echo(line, err=True)


def _select_engine(
    engine: str, out: Path | None, ids: tuple[Path, ...], address: str | None
) -> tuple[Callable[..., Counter[str]], Path]:
    """Returns the build function and the output path."""
    if engine == "local":
        if address:
            raise click.UsageError("--address needs --engine ray.")
        return partial(build_catalog, ids=ids, warn=_warn), out or own_catalog_path()
    if out is None or ids:
        raise click.UsageError(
            "--engine ray needs --out FOLDER and no --ids. Use --ids in the build that reads "
            "the folder."
        )
    from ..songs.ray_engine import score_with_ray

    return partial(score_with_ray, address=address), out


def _warn(sentence: str) -> None:
    click.echo(printable(sentence), err=True)


@command.command(name="show")
@click.option("--catalog", type=PATH, metavar="FILE", help="Default: the catalog in use.")
def show_contents(catalog: Path | None) -> None:
    """Show a catalog: songs by mood, the evidence for them, and how it was built.

    \b
    musicalface catalog show
    musicalface catalog show --catalog my.sqlite
    """
    with open_catalog(catalog) as songs:
        render.print_contents(songs.contents(), songs.facts(), Console(highlight=False))


@command.command()
@click.option("--out", type=PATH, required=True, metavar="FILE", help=".csv, .csv.xz or .parquet")
@click.option("--catalog", type=PATH, metavar="FILE", help="Default: the catalog in use.")
def export(out: Path, catalog: Path | None) -> None:
    """Export a catalog: artist, title, four probabilities, evidence and ids.

    \b
    musicalface catalog export --out songs.csv
    """
    with open_catalog(catalog) as songs:
        count = export_catalog(songs, out)
    click.echo(f"{out}: {count:,} songs.")
