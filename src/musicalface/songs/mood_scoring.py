"""Mood scoring: combines lyrics and annotations into mood probabilities for table rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..annotations import ListenerEvidence, artist_of
from ..identity import song_key
from ..lyrics.english_detection import is_english, is_long_enough
from ..lyrics.mood_classifier import log_probabilities
from ..lyrics.table_reader import SongRow
from ..models import Model
from ..models.probabilities import softmax
from ..mood import EvidenceKind, MoodScores
from .english_spelling import capitalized
from .song import Song

DIGITS = 3
"""Decimals of a probability. Rounded like an export, so a rebuilt export gives the same catalog."""

ALREADY_SCORED = "already scored"
"""Reason for rows that come with their probabilities."""

NO_EVIDENCE = ListenerEvidence()
EvidenceByRow = Mapping[int, NDArray[np.floating]]


@dataclass(frozen=True)
class ScoredBatch:
    """The songs of a batch of rows, and the number of rows left out, by reason."""

    rows: int
    songs: list[Song]
    skipped: Counter[str] = field(default_factory=Counter)


def score_rows(
    rows: Sequence[SongRow], network: Model, evidence: ListenerEvidence = NO_EVIDENCE
) -> ScoredBatch:
    """Scores each song by its lyrics, by listeners' annotations, or by both.

    Lyrics count if they are English and long enough. With both, the probabilities are
    multiplied (the two are independent) and the evidence is `listeners`. Without
    annotations, the artist's other songs count beside the lyrics. Rows that have
    probabilities keep them.
    """
    reasons = [_skip_reason(row) for row in rows]
    keys = [song_key(row.artist, row.title) for row in rows]
    evidence_by_row = _score_lyrics(rows, reasons, network)
    songs, skipped = [], Counter[str]()
    for number, (row, key) in enumerate(zip(rows, keys, strict=True)):
        named = bool(row.artist and row.title)
        lyrics_evidence = evidence_by_row.get(number)
        listener_evidence = evidence.songs.get(key) if named else None
        if row.moods and named:
            songs.append(_song(row, row.moods, row.evidence))
            skipped[ALREADY_SCORED] += 1
        elif lyrics_evidence is None and listener_evidence is None:
            skipped[reasons[number] or ""] += 1
        else:
            artist = evidence.artists.get(artist_of(key)) if named else None
            row = replace(row, known=evidence.known.get(key, 0))
            songs.append(_scored_song(row, lyrics_evidence, listener_evidence, artist))
    return ScoredBatch(len(rows), songs, skipped)


def _score_lyrics(
    rows: Sequence[SongRow], reasons: Sequence[str | None], network: Model
) -> EvidenceByRow:
    """Returns log-probabilities by row number, for the rows whose lyrics can be scored."""
    numbers = [i for i, row in enumerate(rows) if not reasons[i] and not row.moods]
    log_probs = log_probabilities([rows[i].lyrics for i in numbers], network)
    return dict(zip(numbers, log_probs, strict=True))


def _scored_song(
    row: SongRow,
    lyrics_evidence: NDArray[np.floating] | None,
    listener_evidence: NDArray[np.floating] | None,
    artist: NDArray[np.floating] | None,
) -> Song:
    evidence: EvidenceKind = "lyrics" if listener_evidence is None else "listeners"
    parts = (lyrics_evidence, artist if listener_evidence is None else listener_evidence)
    total = np.sum([part for part in parts if part is not None], axis=0)
    moods = MoodScores.of(round(float(p), DIGITS) for p in softmax(total))
    return _song(row, moods, evidence)


def _song(row: SongRow, moods: MoodScores, evidence: EvidenceKind) -> Song:
    """Returns the row as a song; capitalizes names that are all lower case."""
    names = row.artist, row.title
    if "".join(names).islower():
        names = capitalized(row.artist), capitalized(row.title)
    return Song(*names, moods, evidence, row.spotify_id, deezer_id=row.deezer_id, known=row.known)


def _skip_reason(row: SongRow) -> str | None:
    if not row.artist or not row.title:
        return "without artist or title"
    if not is_long_enough(row.lyrics):
        return "with fewer than 20 words"
    return None if is_english(row.lyrics) else "not English"
