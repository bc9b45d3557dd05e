"""Catalog build: reads song tables, scores moods in parallel, writes a catalog."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from ..annotations import AnnotationSource, ListenerEvidence, read_sources
from ..annotations.agreement import source_agreements, source_warnings
from ..errors import DataError
from ..files import check_not_an_input
from ..lyrics.table_reader import SongRow, find_tables, read_songs
from ..models import Model, load
from ..mood import EMOTION_TAGS
from . import catalog_schema
from .mood_scoring import ALREADY_SCORED, ScoredBatch
from .parallel_scoring import score_in_parallel
from .resumable_build import ResumableBuild
from .song_ids import IdsByKey, add_ids, read_ids
from .spelling import Spellings, read_spellings

BATCH = 512
REQUIRED_COLUMNS = (
    "artist",
    "title",
    " or ".join(("lyrics", "angry", "mood", "valence", *EMOTION_TAGS)),
)
Progress = Callable[[int, float], None]


def build_catalog(
    sources: Sequence[Path],
    out: Path,
    *,
    model: str | None = None,
    ids: Sequence[Path] = (),
    listeners: Sequence[Sequence[Path]] = (),
    workers: int | None = None,
    progress: Progress = lambda more, share: None,
    warn: Callable[[str], object] = lambda sentence: None,
) -> Counter[str]:
    """Scores every song in the tables and writes a catalog to `out`.

    Sources are tables, or folders of tables, with artist, title (or song) and lyrics
    (or text), or with the columns of an exported catalog, whose values are kept. Each
    item of `listeners` is one annotation source of one or more tables (see `read_source`);
    its songs enter the catalog with and without lyrics. `ids` are tables of artist, title,
    and spotify_id or deezer_id. `workers` is the number of processes (None: one per core).
    `progress` receives the number of rows read since the last call, and the share of all
    tables read so far, 0 to 1. `warn` receives sentences about the listeners' tables (see
    `source_warnings`). A song that occurs twice counts once. Names get the spelling that the
    tables of `listeners` and `ids` prefer (see `Spellings`).

    Returns the number of songs added and of rows left out, by reason. Replaces `out` only
    if the build succeeds; after a kill, the same call resumes the build. Raises DataError,
    ModelError, CatalogError (the disk is full, or another build writes to `out`) and the
    errors of `read_songs`.
    """
    annotation_sources = read_sources(listeners)
    for sentence in source_warnings(annotation_sources):
        warn(sentence)
    tables = tables_to_read(sources, listeners)
    check_not_an_input(out, [*tables, *ids])
    network = load(model, "lyrics")
    evidence = ListenerEvidence.of(annotation_sources)
    scores = partial(score_in_parallel, model=model, evidence=evidence, workers=workers)
    ids_by_key = read_ids(ids)
    spellings = read_spellings([*chain.from_iterable(listeners), *ids])
    with ResumableBuild(out, _build_key(tables, listeners, ids, network)) as catalog:
        try:
            _score_tables(catalog, tables, scores, progress, ids_by_key, spellings)
            counts = catalog.counts
            require_songs(counts)
        except DataError:
            catalog.discard()
            raise
        read_here = counts["added"] + counts["already there"] > counts[ALREADY_SCORED]
        catalog.finish(_facts(tables, annotation_sources, ids, network if read_here else None))
    return counts


def require_songs(counts: Counter[str]) -> None:
    """Raises DataError, with the reasons for skipped rows, if no song was scored."""
    if not counts["added"]:
        raise DataError(
            f"The tables contain no song that can be scored ({summarize(counts)}). "
            "Give tables of moods without lyrics with --listeners."
        )


def tables_to_read(sources: Sequence[Path], listeners: Sequence[Sequence[Path]]) -> list[Path]:
    """Returns the tables of a build without duplicates; the listeners' tables come last."""
    tables = [*find_tables(sources), *chain.from_iterable(listeners)]
    return list({table.resolve(): table for table in tables}.values())


def _score_tables(
    catalog: ResumableBuild,
    tables: Sequence[Path],
    scores: Callable[[Iterable[list[SongRow]]], Iterator[ScoredBatch]],
    progress: Progress,
    ids_by_key: IdsByKey,
    spellings: Spellings,
) -> None:
    shares: list[float] = []
    batches = _record_shares(_batches(tables, catalog.rows), shares)
    for number, batch in enumerate(scores(batches)):
        songs = [spellings.repair(add_ids(song, ids_by_key)) for song in batch.songs]
        catalog.add(replace(batch, songs=songs))
        progress(batch.rows, shares[number])


def _record_shares(
    batches: Iterator[tuple[list[SongRow], float]], shares: list[float]
) -> Iterator[list[SongRow]]:
    for batch, share in batches:
        shares.append(share)
        yield batch


def _batches(tables: Sequence[Path], done: int) -> Iterator[tuple[list[SongRow], float]]:
    """Yields batches of rows after the first `done`, with the share of all tables read so far."""
    for number, table in enumerate(tables):
        read = [0.0]
        rows = read_songs(table, REQUIRED_COLUMNS, read.append, read_labels=False)
        skipped = sum(1 for _ in islice(rows, done))
        done -= skipped
        while batch := list(islice(rows, BATCH)):
            yield batch, (number + read[-1]) / len(tables)
            del read[:-1]


def _build_key(
    tables: Sequence[Path],
    listeners: Sequence[Sequence[Path]],
    ids: Sequence[Path],
    network: Model,
) -> str:
    """Returns a text that is equal for two builds with the same inputs."""
    files = [(str(path.resolve()), *_file_state(path)) for path in (*tables, *ids)]
    annotation_sources = [[str(table.resolve()) for table in group] for group in listeners]
    return json.dumps(
        [catalog_schema.FORMAT, network.card.sha256, len(ids), annotation_sources, files]
    )


def _file_state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _facts(
    tables: Sequence[Path],
    annotation_sources: Sequence[AnnotationSource],
    ids: Sequence[Path],
    network: Model | None,
) -> dict[str, str]:
    agreements = source_agreements(annotation_sources)
    return {
        "model": network.card.name if network else "",
        "model_sha256": network.card.sha256 if network else "",
        "tables": ", ".join(table.name for table in tables),
        "listeners": ", ".join(f"{name} {a.accuracy:.3f}" for name, a in agreements.items()),
        "ids": ", ".join(table.name for table in ids),
    }


def summarize(counts: Counter[str]) -> str:
    """Formats the counts of `build_catalog`, for example "600 added, 1 not English"."""
    return (
        ", ".join(f"{count:,} {reason}" for reason, count in counts.items() if count) or "no rows"
    )
