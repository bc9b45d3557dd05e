"""Building a catalog: lyrics and what listeners said become songs with moods."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from ..errors import DataError
from ..files import refuse_to_overwrite
from ..identity import is_version, song_key
from ..listeners import Source, heard, read_sources
from ..listeners.fuse import agreements
from ..lyrics.tables import SongRow, read_songs, tables_in
from ..models import Model, load
from . import schema
from .score import KEPT, Scored
from .song import Song
from .unfinished import Unfinished
from .workers import scored_in_order

BATCH = 512
NEEDED = ("artist", "title", "lyrics or angry or mood or valence")
Progress = Callable[[int, float], None]


def build_catalog(
    sources: Sequence[Path],
    out: Path,
    *,
    model: str | None = None,
    ids: Path | None = None,
    listeners: Sequence[Sequence[Path]] = (),
    workers: int | None = None,
    progress: Progress = lambda more, share: None,
) -> Counter[str]:
    """Place every song in the tables among the moods and write a catalog to `out`.

    Sources are tables, or folders of them, with artist, title (or song) and lyrics
    (or text), or with the columns of an exported catalog, which are kept. Each of
    `listeners` is one or more tables that count as one voice (see `read_source`);
    their songs stand in the catalog with and without lyrics. `ids` is a table of
    artist, title and spotify_id. `workers` is how many processes score (None: one a
    core). `progress` is told how many more rows were read, and the share of all
    tables, 0 to 1. Songs that stand twice count once. Returns how many were added and
    how many were left out, by reason. `out` is replaced only when all is well; after a
    kill the same call goes on where it was. Raises DataError, ModelError, CatalogError
    (the disk is full, another build writes there) and what `read_songs` raises.
    """
    voices = read_sources(listeners)
    tables = tables_to_read(sources, listeners)
    refuse_to_overwrite(out, [*tables, *([ids] if ids else [])])
    network = load(model, "lyrics")
    scores = partial(scored_in_order, model=model, verdicts=heard(voices), workers=workers)
    known = _known_ids(ids) if ids else {}
    with Unfinished(out, _plan(tables, listeners, ids, network)) as catalog:
        try:
            _fill(catalog, tables, scores, known, progress)
        except DataError:
            catalog.discard()
            raise
        told = catalog.told
        if not told["added"]:
            catalog.discard()
            raise DataError(f"The tables hold no song that can be scored ({reasons(told)}).")
        read_here = told["added"] + told["already there"] > told[KEPT]
        catalog.finish(_facts(tables, voices, ids, network if read_here else None))
    return told


def tables_to_read(sources: Sequence[Path], listeners: Sequence[Sequence[Path]]) -> list[Path]:
    """The tables of a build, each once; those of the listeners come last."""
    tables = [*tables_in(sources), *chain.from_iterable(listeners)]
    return list({table.resolve(): table for table in tables}.values())


def _fill(
    catalog: Unfinished,
    tables: Sequence[Path],
    scores: Callable[[Iterable[list[SongRow]]], Iterator[Scored]],
    known: dict[str, str],
    progress: Progress,
) -> None:
    shares: list[float] = []
    batches = _noting(_batches(tables, catalog.rows), shares)
    for number, batch in enumerate(scores(batches)):
        catalog.add(_with_ids(batch, known))
        progress(batch.rows, shares[number])


def _noting(
    batches: Iterator[tuple[list[SongRow], float]], shares: list[float]
) -> Iterator[list[SongRow]]:
    for batch, share in batches:
        shares.append(share)
        yield batch


def _batches(tables: Sequence[Path], done: int) -> Iterator[tuple[list[SongRow], float]]:
    """Batches of the rows that are not done, and what share of all tables is read."""
    for number, table in enumerate(tables):
        read = [0.0]
        rows = read_songs(table, NEEDED, read.append, moods_count=False)
        skipped = sum(1 for _ in islice(rows, done))
        done -= skipped
        while batch := list(islice(rows, BATCH)):
            yield batch, (number + read[-1]) / len(tables)
            del read[:-1]


def _with_ids(batch: Scored, known: dict[str, str]) -> Scored:
    return replace(batch, songs=[_with_id(song, known) for song in batch.songs])


def _with_id(song: Song, known: dict[str, str]) -> Song:
    found = "" if song.spotify_id or not known else known.get(song_key(song.artist, song.title))
    return replace(song, spotify_id=found) if found else song


def _known_ids(path: Path) -> dict[str, str]:
    """Ids by the song's key; a plain title goes before its live and remixed versions."""
    known: dict[str, str] = {}
    versions: dict[str, str] = {}
    for row in read_songs(path, ("artist", "title", "spotify_id")):
        if row.spotify_id:
            ids = versions if is_version(row.title) else known
            ids.setdefault(song_key(row.artist, row.title), row.spotify_id)
    return versions | known


def _plan(
    tables: Sequence[Path],
    listeners: Sequence[Sequence[Path]],
    ids: Path | None,
    network: Model,
) -> str:
    """What makes two builds the same one."""
    files = [(str(path.resolve()), *_state(path)) for path in (*tables, *([ids] if ids else []))]
    voices = [[str(table.resolve()) for table in voice] for voice in listeners]
    return json.dumps([schema.FORMAT, network.card.sha256, bool(ids), voices, files])


def _state(path: Path) -> tuple[int, int]:
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns


def _facts(
    tables: Sequence[Path], voices: Sequence[Source], ids: Path | None, network: Model | None
) -> dict[str, str]:
    trust = agreements(voices)
    return {
        "model": network.card.name if network else "",
        "model_sha256": network.card.sha256 if network else "",
        "tables": ", ".join(table.name for table in tables),
        "listeners": ", ".join(f"{name} {a.accuracy:.3f}" for name, a in trust.items()),
        "spotify_ids": ids.name if ids else "",
    }


def reasons(told: Counter[str]) -> str:
    """What `build_catalog` tells, as words: how many songs were added and left out."""
    return ", ".join(f"{count:,} {reason}" for reason, count in told.items() if count) or "no rows"
