"""Rows of tables become songs with moods: the same in this process and in workers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import capwords

import numpy as np
from numpy.typing import NDArray

from ..identity import song_key
from ..listeners import Verdicts
from ..lyrics.english import is_english, is_long_enough
from ..lyrics.read import log_probabilities
from ..lyrics.tables import SongRow
from ..models import Model
from ..models.probabilities import softmax
from ..mood import Evidence, MoodScores
from .song import Song

DIGITS = 3
"""Probabilities are rounded as they travel, so that an exported catalog is the same catalog."""

KEPT = "scored before"
"""What is told of rows that have their probabilities already."""

NOTHING_HEARD: Verdicts = {}
Evidences = Mapping[int, NDArray[np.floating]]


@dataclass(frozen=True)
class Scored:
    """The songs of some rows, and what is to be told: how many rows were left out, by reason."""

    rows: int
    songs: list[Song]
    told: Counter[str] = field(default_factory=Counter)


def scored(rows: Sequence[SongRow], network: Model, verdicts: Verdicts = NOTHING_HEARD) -> Scored:
    """Place each song by its words, by what listeners said of it, or by both.

    Words count where they are English and enough. What is known both ways is the
    product of the two (each knows nothing of the other), and so is told as the
    listeners' word. Rows that have their probabilities already keep them.
    """
    reasons = [_unreadable(row) for row in rows]
    keys = [song_key(row.artist, row.title) for row in rows]
    read = _read(rows, reasons, network)
    songs, told = [], Counter[str]()
    for at, (row, key) in enumerate(zip(rows, keys, strict=True)):
        named = bool(row.artist and row.title)
        words, said = read.get(at), verdicts.get(key) if named else None
        if row.moods and named:
            songs.append(_song(row, row.moods, row.evidence))
            told[KEPT] += 1
        elif words is None and said is None:
            told[reasons[at] or ""] += 1
        else:
            songs.append(_placed(row, words, said))
    return Scored(len(rows), songs, told)


def _read(rows: Sequence[SongRow], reasons: Sequence[str | None], network: Model) -> Evidences:
    """Log-probabilities by the row's place, of the rows whose words can be read."""
    places = [at for at, row in enumerate(rows) if not reasons[at] and not row.moods]
    logs = log_probabilities([rows[at].lyrics for at in places], network)
    return dict(zip(places, logs, strict=True))


def _placed(
    row: SongRow,
    words: NDArray[np.floating] | None,
    said: NDArray[np.floating] | None,
) -> Song:
    evidence: Evidence = "lyrics" if said is None else "listeners"
    total = np.sum([part for part in (words, said) if part is not None], axis=0)
    moods = MoodScores.of(round(float(p), DIGITS) for p in softmax(total))
    return _song(row, moods, evidence)


def _song(row: SongRow, moods: MoodScores, evidence: Evidence) -> Song:
    """A row typed without any capital is given them."""
    names = row.artist, row.title
    if "".join(names).islower():
        names = capwords(row.artist), capwords(row.title)
    return Song(*names, moods, evidence, row.spotify_id)


def _unreadable(row: SongRow) -> str | None:
    if not row.artist or not row.title:
        return "without artist or title"
    if not is_long_enough(row.lyrics):
        return "with fewer than 20 words"
    return None if is_english(row.lyrics) else "not English"
