"""`musicalface catalog`."""

from pathlib import Path

import click

from ..songs import open_catalog
from ..songs.build import build_catalog, reasons
from ..songs.catalog import own
from ..songs.export import export_catalog
from .options import PATH
from .progress import counted


@click.group()
def command() -> None:
    """Build and export song catalogs.

    \b
    musicalface catalog build lyrics.csv more.csv.gz --out my.sqlite
    musicalface songs happy --catalog my.sqlite
    musicalface catalog export --out songs.csv
    """


@command.command()
@click.argument("tables", nargs=-1, required=True, type=PATH, metavar="LYRICS…")
@click.option("--out", type=PATH, metavar="FILE", help="Default: your own, used from then on.")
@click.option("--model", metavar="NAME|PATH", help="Another lyrics model: lstm2018, or an .onnx.")
@click.option("--ids", type=PATH, metavar="FILE", help="A table of artist, title and spotify_id.")
@click.option("--workers", type=click.IntRange(1), help="Processes that score. Default: all cores.")
def build(
    tables: tuple[Path, ...],
    out: Path | None,
    model: str | None,
    ids: Path | None,
    workers: int | None,
) -> None:
    """Read the mood of every English song in tables of lyrics.

    Tables are csv, csv.gz or parquet, or folders of them, with artist, title (or
    song) and lyrics (or text): the 2018 format artist,song,link,text is one. The
    catalog is replaced when all is done, and stays as it was until then. After
    Ctrl-C or a kill the same command goes on where it was. Without --out it
    becomes your own, which is used in place of the shipped one.
    """
    out = out or own()
    try:
        with counted("songs") as step:
            told = build_catalog(tables, out, model=model, ids=ids, workers=workers, progress=step)
    except KeyboardInterrupt:
        click.echo("The same command goes on where it was.", err=True)
        raise
    click.echo(f"{out}: {reasons(told)}.")


@command.command()
@click.option("--out", type=PATH, required=True, metavar="FILE", help=".csv, .csv.xz or .parquet")
@click.option("--catalog", type=PATH, metavar="FILE", help="Another catalog than the shipped one.")
def export(out: Path, catalog: Path | None) -> None:
    """Write the whole catalog: artist, title, four probabilities, evidence, Spotify id."""
    with open_catalog(catalog) as songs:
        count = export_catalog(songs, out)
    click.echo(f"{out}: {count:,} songs.")
