"""Listening: reads the mood of songs from their sound, in worker processes; resumable."""

import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ..audio.decode import has_decoder
from ..audio.mood_classifier import Outcome, read_audio_files
from ..errors import AudioError, MissingExtraError
from ..models import load
from .database import LibraryDatabase
from .mood_fusion import Evidence
from .safe_paths import safe_path
from .song_rows import file_version, put_evidence, update_mood

_PAGE = 256
# A song is due if it was never listened to, or its file or the model has changed since.
_DUE = """
FROM songs JOIN folders ON folders.id = songs.folder
LEFT JOIN listening ON listening.song = songs.id
WHERE songs.id > ? AND (
    listening.song IS NULL OR listening.model <> ?
    OR listening.state <> substr(songs.state, 1, instr(songs.state || ' ', ' ') - 1)
)
"""
_DUE_SONGS = "SELECT songs.id, songs.path, songs.state, folders.path AS root" + _DUE
_PUT = "REPLACE INTO listening SELECT id, ?, ?, ? FROM songs WHERE id = ? AND state = ?"
_RETRY = ""  # instead of a model: the song is due again at the next call

Step = Callable[[int, float], None]
"""Receives the number of songs done since the last call, and the share of all work, 0 to 1."""


@dataclass(frozen=True)
class ListeningResult:
    """The number of songs with a mood from their sound, and of those without one, by reason."""

    heard: int = 0
    problems: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _DueSong:
    id: int
    file: Path
    state: str


def count_due(database: LibraryDatabase) -> int:
    """Returns the number of songs that `listen` would read."""
    ((count,),) = database.query("SELECT count(*)" + _DUE, 0, _model_version())
    return int(count)


def listen(
    database: LibraryDatabase,
    *,
    workers: int | None = None,
    low_priority: bool = False,
    progress: Step = lambda more, share: None,
) -> ListeningResult:
    """Reads the sound of all songs that are due and updates their moods, song by song.

    Each song is written when it is done, so a kill loses only the songs being read. A song that
    is missing is left out; one that can't be read is not read again until its file changes,
    unless a decoder is missing or its disk fails. Raises LibraryError, and MissingExtraError if
    no decoder is installed.
    """
    if not has_decoder():
        raise MissingExtraError("Listening to music", "audio")
    model, total = _model_version(), count_due(database)
    songs: deque[_DueSong] = deque()
    heard, problems = 0, Counter[str]()
    outcomes = read_audio_files(
        _files(database, model, songs), workers=workers, low_priority=low_priority
    )
    with closing(outcomes):
        for done, (_, outcome) in enumerate(outcomes, start=1):
            _write(database, songs.popleft(), model, outcome)
            if isinstance(outcome, AudioError):
                problems[outcome.reason] += 1
            else:
                heard += 1
            progress(1, min(1.0, done / max(total, done)))
    return ListeningResult(heard, dict(problems))


def _files(database: LibraryDatabase, model: str, songs: "deque[_DueSong]") -> Iterator[Path]:
    """Yields the files that are due, page by page, and adds their songs to `songs`."""
    last = 0
    query = f"{_DUE_SONGS} ORDER BY songs.id LIMIT ?"
    while page := list(database.query(query, last, model, _PAGE)):
        for row in page:
            file = safe_path(row["root"], row["path"])
            if file:
                songs.append(_DueSong(row["id"], file, row["state"]))
                yield file
        last = page[-1]["id"]


def _write(database: LibraryDatabase, song: _DueSong, model: str, outcome: Outcome) -> None:
    """Writes the outcome, unless the song has been removed or its file has changed."""
    problem = outcome.reason if isinstance(outcome, AudioError) else ""
    is_final = not isinstance(outcome, AudioError) or outcome.lasting
    row = (file_version(song.state), model if is_final else _RETRY, problem, song.id, song.state)
    with database.transaction() as connection:
        if connection.execute(_PUT, row).rowcount:
            _write_moods(connection, song.id, outcome)


def _write_moods(connection: sqlite3.Connection, song: int, outcome: Outcome) -> None:
    connection.execute("DELETE FROM evidence WHERE song = ? AND kind = 'sound'", (song,))
    if not isinstance(outcome, AudioError):
        put_evidence(connection, song, "sound", Evidence(outcome))
    update_mood(connection, song)


def _model_version() -> str:
    return load(None, "audio").card.sha256[:16]
