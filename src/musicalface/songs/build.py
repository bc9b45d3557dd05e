"""Building a catalog: tables of lyrics become songs with moods."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from ..errors import DataError
from ..files import written_aside
from ..lyrics.english import is_english, is_long_enough
from ..lyrics.read import mood_probabilities
from ..lyrics.tables import SongRow, read_songs
from ..models import Model, load
from ..mood import MoodScores
from . import schema
from .song import Song, song_key

BATCH = 512
DIGITS = 3
Progress = Callable[[int], None]


def build_catalog(
    tables: Sequence[Path],
    out: Path,
    *,
    model: str | None = None,
    ids: Path | None = None,
    progress: Progress = lambda _: None,
) -> Counter[str]:
    """Read the mood of every song in the tables and write a catalog to `out`.

    Tables have artist, title (or song) and lyrics (or text). `ids` is a table of
    artist, title and spotify_id. `progress` is told how many rows were read since
    the last time. Songs that stand twice count once. Returns how many were added
    and how many were left out, by reason. `out` is replaced only when all is
    well. Raises DataError, ModelError and what `read_songs` raises.
    """
    network = load(model, "lyrics")
    known = _known_ids(ids) if ids else {}
    told: Counter[str] = Counter()
    rows = (row for table in tables for row in read_songs(table, ("artist", "title", "lyrics")))
    with written_aside(out) as aside, closing(schema.create(aside)) as catalog:
        for batch in _batched(rows, BATCH):
            usable = _usable(batch, told)
            added = schema.insert(catalog, _songs(usable, network, known))
            told["added"] += added
            told["already there"] += len(usable) - added
            progress(len(batch))
        if not told["added"]:
            raise DataError(f"The tables hold no song that can be scored ({reasons(told)}).")
        schema.finish(catalog, _facts(tables, ids, network))
    return told


def _facts(tables: Sequence[Path], ids: Path | None, network: Model) -> dict[str, str]:
    return {
        "model": network.card.name,
        "model_sha256": network.card.sha256,
        "tables": ", ".join(table.name for table in tables),
        "spotify_ids": ids.name if ids else "",
    }


def _batched(rows: Iterator[SongRow], size: int) -> Iterator[list[SongRow]]:
    while batch := list(islice(rows, size)):
        yield batch


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
    rows = read_songs(path, ("artist", "title", "spotify_id"))
    return {song_key(row.artist, row.title): row.spotify_id for row in rows if row.spotify_id}


def reasons(told: Counter[str]) -> str:
    """What `build_catalog` tells, as words: how many songs were added and left out."""
    return ", ".join(f"{count:,} {reason}" for reason, count in told.items() if count)
