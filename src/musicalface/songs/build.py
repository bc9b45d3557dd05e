"""Building a catalog: tables of lyrics become songs with moods."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from ..errors import CatalogError, DataError
from ..files import refuse_to_overwrite, written_aside
from ..lyrics.english import is_english, is_long_enough
from ..lyrics.read import mood_probabilities
from ..lyrics.tables import SongRow, read_songs
from ..models import Model, load
from ..mood import MoodScores
from . import schema
from .song import Song, is_version, song_key

BATCH = 512
DIGITS = 3
Progress = Callable[[int, float], None]


def build_catalog(
    tables: Sequence[Path],
    out: Path,
    *,
    model: str | None = None,
    ids: Path | None = None,
    progress: Progress = lambda more, share: None,
) -> Counter[str]:
    """Read the mood of every song in the tables and write a catalog to `out`.

    Tables have artist, title (or song) and lyrics (or text). `ids` is a table of
    artist, title and spotify_id. `progress` is told how many more rows were read,
    and the share of all tables, 0 to 1. Songs that stand twice count once. Returns
    how many were added and how many were left out, by reason. `out` is replaced
    only when all is well. Raises DataError, ModelError, CatalogError (the disk is
    full, say) and what `read_songs` raises.
    """
    missing = [str(table) for table in tables if not table.is_file()]
    if missing:
        raise DataError(f"There is no file {missing[0]}.")
    refuse_to_overwrite(out, [*tables, *([ids] if ids else [])])
    network = load(model, "lyrics")
    known = _known_ids(ids) if ids else {}
    told: Counter[str] = Counter()
    try:
        with written_aside(out) as aside, closing(schema.create(aside)) as catalog:
            for batch, share in _batches(tables):
                usable = _usable(batch, told)
                added = schema.insert(catalog, _songs(usable, network, known))
                told["added"] += added
                told["already there"] += len(usable) - added
                progress(len(batch), share)
            if not told["added"]:
                raise DataError(f"The tables hold no song that can be scored ({reasons(told)}).")
            schema.finish(catalog, _facts(tables, ids, network))
    except sqlite3.Error as error:
        raise CatalogError(f"{out} cannot be written ({error}): it is as it was.") from None
    return told


def _facts(tables: Sequence[Path], ids: Path | None, network: Model) -> dict[str, str]:
    return {
        "model": network.card.name,
        "model_sha256": network.card.sha256,
        "tables": ", ".join(table.name for table in tables),
        "spotify_ids": ids.name if ids else "",
    }


def _batches(tables: Sequence[Path]) -> Iterator[tuple[list[SongRow], float]]:
    """Batches of rows, and what share of all tables is read."""
    for number, table in enumerate(tables):
        shares = [0.0]
        rows = read_songs(table, ("artist", "title", "lyrics"), shares.append)
        while batch := list(islice(rows, BATCH)):
            yield batch, (number + shares[-1]) / len(tables)
            del shares[:-1]


def _songs(rows: Sequence[SongRow], network: Model, known: dict[str, str]) -> Iterator[Song]:
    moods = mood_probabilities([row.lyrics for row in rows], network)
    for row, probabilities in zip(rows, moods, strict=True):
        spotify_id = row.spotify_id or known.get(song_key(row.artist, row.title), "")
        # Rounded as they travel, so that an exported catalog is the same catalog.
        scores = MoodScores.of(round(float(p), DIGITS) for p in probabilities)
        yield Song(row.artist, row.title, scores, "lyrics", spotify_id)


def _usable(rows: Iterable[SongRow], told: Counter[str]) -> list[SongRow]:
    usable = []
    for row in rows:
        reason = _left_out(row)
        if reason:
            told[reason] += 1
        else:
            usable.append(row)
    return usable


def _left_out(row: SongRow) -> str | None:
    if not row.artist or not row.title:
        return "without artist or title"
    if not is_long_enough(row.lyrics):
        return "with fewer than 20 words"
    return None if is_english(row.lyrics) else "not English"


def _known_ids(path: Path) -> dict[str, str]:
    """Ids by the song's key; a plain title goes before its live and remixed versions."""
    known: dict[str, str] = {}
    versions: dict[str, str] = {}
    for row in read_songs(path, ("artist", "title", "spotify_id")):
        if row.spotify_id:
            ids = versions if is_version(row.title) else known
            ids.setdefault(song_key(row.artist, row.title), row.spotify_id)
    return versions | known


def reasons(told: Counter[str]) -> str:
    """What `build_catalog` tells, as words: how many songs were added and left out."""
    return ", ".join(f"{count:,} {reason}" for reason, count in told.items() if count) or "no rows"
