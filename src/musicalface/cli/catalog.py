"""`musicalface catalog`."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from ..songs import open_catalog
from ..songs.build import build_catalog, reasons
from ..songs.catalog import own
from ..songs.export import export_catalog
from . import show
from .options import PATH, tables_of
from .progress import counted


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
@click.option("--out", type=PATH, metavar="FILE", help="Default: your own, used from then on.")
@click.option("--model", metavar="NAME|PATH", help="Another lyrics model: lstm2018, or an .onnx.")
@click.option("--ids", type=PATH, metavar="FILE", help="A table of artist, title and spotify_id.")
@click.option(
    "--listeners",
    multiple=True,
    metavar="TABLE[,TABLE…]",
    help="What listeners said: moods, or valence and arousal. Again for another source; "
    "tables with a comma between count as one.",
)
@click.option("--workers", type=click.IntRange(1), help="Processes that score. Default: all cores.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="ray: on a cluster, into a folder of parquet that this command then takes; extra [batch].",
)
@click.option("--address", help="Of a running Ray cluster. Default: one is started here.")
def build(
    tables: tuple[Path, ...],
    out: Path | None,
    model: str | None,
    ids: Path | None,
    listeners: tuple[str, ...],
    workers: int | None,
    engine: str,
    address: str | None,
) -> None:
    """Read the mood of every English song in tables of lyrics.

    \b
    musicalface catalog build lyrics.csv more.csv.gz
    musicalface catalog build lyrics.parquet --listeners tags.csv --listeners va.parquet

    Tables are csv, csv.gz or parquet, or folders of them, with artist, title (or
    song) and lyrics (or text): the 2018 format artist,song,link,text is one. An
    exported catalog does too. What listeners said goes before words, and each source
    counts by how well it agrees with the others. The catalog is replaced when all is
    done, and stays as it was until then. After Ctrl-C or a kill the same command goes
    on where it was. Without --out it becomes your own, which is used in place of the
    shipped one.
    """
    run, out = _engine(engine, out, ids, address)
    voices = [tables_of(voice) for voice in listeners]
    try:
        with counted("songs") as step:
            told = run(tables, out, model=model, listeners=voices, workers=workers, progress=step)
    except KeyboardInterrupt:
        again = "starts anew" if engine == "ray" else "goes on where it was"
        click.echo(f"The same command {again}.", err=True)
        raise
    click.echo(f"{out}: {reasons(told)}.")
    if engine == "ray":
        click.echo(f"musicalface catalog build {out} makes it a catalog.")


def _engine(
    engine: str, out: Path | None, ids: Path | None, address: str | None
) -> tuple[Callable[..., Counter[str]], Path]:
    """What builds, and where."""
    if engine == "local":
        if address:
            raise click.UsageError("--address is for --engine ray.")
        return partial(build_catalog, ids=ids), out or own()
    if out is None or ids:
        raise click.UsageError(
            "--engine ray needs --out FOLDER; --ids is for the build that reads the folder."
        )
    from ..songs.by_ray import score_by_ray

    return partial(score_by_ray, address=address), out


@command.command(name="show")
@click.option("--catalog", type=PATH, metavar="FILE", help="Another catalog than the one in use.")
def show_contents(catalog: Path | None) -> None:
    """What a catalog holds: songs by mood, how they are known, and how it was made."""
    with open_catalog(catalog) as songs:
        show.contents(songs.contents(), songs.facts(), Console(highlight=False))


@command.command()
@click.option("--out", type=PATH, required=True, metavar="FILE", help=".csv, .csv.xz or .parquet")
@click.option("--catalog", type=PATH, metavar="FILE", help="Another catalog than the shipped one.")
def export(out: Path, catalog: Path | None) -> None:
    """Write the whole catalog: artist, title, four probabilities, evidence, Spotify id."""
    with open_catalog(catalog) as songs:
        count = export_catalog(songs, out)
    click.echo(f"{out}: {count:,} songs.")
