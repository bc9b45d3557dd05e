"""Candidate queries on a SQLite table `songs`, shared by the catalog and the library."""

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from ..errors import MusicalFaceError
from ..mood import Mood
from ..mood.circumplex import SURE_MARGIN, SURE_PROBABILITY

MIN_SECOND_MOOD, MIN_BOTH_MOODS = 0.3, 0.75
"""Minimum probability of the second mood, and of both moods together, for a mixed song."""

MOST_CONFIDENT_QUERY = """
SELECT id, key, sureness, spotify_id <> '', deezer_id <> 0, known FROM songs
WHERE mood = ? AND sureness >= ? AND sureness - second_sureness >= ?
ORDER BY sureness DESC LIMIT ?
"""
MIXED_QUERY = """
SELECT id, key, sureness, spotify_id <> '', deezer_id <> 0, known FROM songs
WHERE mood = ? AND second = ?
AND second_sureness >= ? AND sureness + second_sureness >= ?
ORDER BY second_sureness DESC LIMIT ?
"""
WITH_KEYS_QUERY = """
SELECT id, key, sureness, spotify_id <> '', deezer_id <> 0, known FROM songs
WHERE key IN (SELECT value FROM json_each(?))
AND +mood = ? AND sureness >= ? AND sureness - second_sureness >= ?
"""
EVIDENCE_QUERY = """
SELECT id, evidence FROM songs WHERE id IN (SELECT value FROM json_each(?))
"""


class Candidate(NamedTuple):
    """A song of the pool: only the values that sampling needs."""

    id: int  # row id
    key: str  # see `song_key`
    confidence: float  # 0 to 1
    has_id: bool  # the Spotify id is known
    has_deezer_id: bool
    known: int = 0  # how often listeners labelled it
    factor: float = 1.0  # of its weight: likes and reactions of the user

    @property
    def artist(self) -> str:
        """The normalized artist name: equal for all spellings."""
        return self.key.partition("|")[0]

    @property
    def is_playable(self) -> bool:
        """True if the song plays on a page without an account: an id of it is known."""
        return self.has_id or self.has_deezer_id


class CandidateQueries(ABC):
    """Queries for songs by mood on an open connection; errors become those of `_as_error`."""

    _connection: sqlite3.Connection

    @abstractmethod
    def _as_error(self, error: Exception) -> MusicalFaceError:
        """Returns the error to raise for a failed query or an invalid row."""

    def most_confident(self, mood: Mood, limit: int) -> list[Candidate]:
        """Returns at most `limit` songs of a mood, most confident first.

        Leaves out songs without a clear mood (`MoodScores.sure`).
        """
        return self._candidates(
            MOST_CONFIDENT_QUERY, mood.value, SURE_PROBABILITY, SURE_MARGIN, limit
        )

    def mixed(self, mood: Mood, other: Mood, limit: int) -> list[Candidate]:
        """Returns at most `limit` songs that share their probability between two moods.

        In one half of them `mood` is the most likely mood, in the other half `other`.
        """
        sides = ((mood, other), (other, mood))
        return [
            candidate
            for first, second in sides
            for candidate in self._candidates(
                MIXED_QUERY, first.value, second.value, MIN_SECOND_MOOD, MIN_BOTH_MOODS, limit // 2
            )
        ]

    def with_keys(self, keys: Iterable[str], mood: Mood) -> list[Candidate]:
        """Returns the songs of a mood that have one of the keys, in no particular order.

        Leaves out songs without a clear mood, as `most_confident` does.
        """
        keys_json = json.dumps(sorted(keys))
        return self._candidates(
            WITH_KEYS_QUERY, keys_json, mood.value, SURE_PROBABILITY, SURE_MARGIN
        )

    def evidence(self, candidates: Iterable[Candidate]) -> dict[int, str]:
        """Returns the kind of evidence of each candidate by its row id; empty if there is none."""
        numbers = json.dumps([candidate.id for candidate in candidates])
        try:
            rows = self._connection.execute(EVIDENCE_QUERY, (numbers,))
            return {int(number): str(kind or "") for number, kind in rows}
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise self._as_error(error) from None

    def _candidates(self, query: str, *values: object) -> list[Candidate]:
        try:
            return [
                Candidate(
                    int(number),
                    str(key),
                    float(confidence),
                    bool(spotify),
                    bool(deezer),
                    int(known),
                )
                for number, key, confidence, spotify, deezer, known in self._connection.execute(
                    query, values
                )
            ]
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise self._as_error(error) from None
