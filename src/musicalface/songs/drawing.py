"""What a draw asks of a database whose table `songs` has moods: a catalog's, or a library's."""

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from ..errors import MusicalFaceError
from ..mood import Mood
from ..mood.circumplex import SURE_MARGIN, SURE_PROBABILITY

NEARLY_HALF, ONE_OF_TWO = 0.3, 0.75
"""The least probability of the second mood, and of two moods together, of a song between them."""

SUREST = """
SELECT id, key, sureness, spotify_id <> '' FROM songs
WHERE mood = ? AND sureness >= ? AND sureness - second_sureness >= ?
ORDER BY sureness DESC LIMIT ?
"""
BETWEEN = """
SELECT id, key, sureness, spotify_id <> '' FROM songs
WHERE mood = ? AND second = ?
AND second_sureness >= ? AND sureness + second_sureness >= ?
ORDER BY second_sureness DESC LIMIT ?
"""
AMONG = """
SELECT id, key, sureness, spotify_id <> '' FROM songs
WHERE key IN (SELECT value FROM json_each(?))
AND +mood = ? AND sureness >= ? AND sureness - second_sureness >= ?
"""


class Candidate(NamedTuple):
    """What a draw must know of a song: its row, its `song_key`, and how sure its mood is."""

    id: int
    key: str
    sureness: float  # 0 to 1
    has_id: bool  # a known Spotify id

    @property
    def artist(self) -> str:
        """The same for every spelling of the artist."""
        return self.key.partition("|")[0]


class Drawing(ABC):
    """Songs by mood, from an open connection. Raises what `_damaged` makes of an error."""

    _connection: sqlite3.Connection

    @abstractmethod
    def _damaged(self, error: Exception) -> MusicalFaceError:
        """What is told of a database that does not answer, or not what it should."""

    def surest(self, mood: Mood, limit: int) -> list[Candidate]:
        """At most `limit` songs of a mood, the surest first.

        Songs of which no mood is clearly ahead (`MoodScores.sure`) are left out.
        """
        return self._candidates(SUREST, mood.value, SURE_PROBABILITY, SURE_MARGIN, limit)

    def between(self, mood: Mood, other: Mood, limit: int) -> list[Candidate]:
        """At most `limit` songs that are nearly half of the one mood, half of the other.

        Half of them lean to each side.
        """
        sides = ((mood, other), (other, mood))
        return [
            candidate
            for first, second in sides
            for candidate in self._candidates(
                BETWEEN, first.value, second.value, NEARLY_HALF, ONE_OF_TWO, limit // 2
            )
        ]

    def among(self, keys: Iterable[str], mood: Mood) -> list[Candidate]:
        """The songs of a mood that have one of the keys, in no order.

        As with `surest`, songs of which no mood is clearly ahead are left out.
        """
        wanted = json.dumps(sorted(keys))
        return self._candidates(AMONG, wanted, mood.value, SURE_PROBABILITY, SURE_MARGIN)

    def _candidates(self, query: str, *values: object) -> list[Candidate]:
        try:
            return [
                Candidate(int(number), str(key), float(sureness), bool(has_id))
                for number, key, sureness, has_id in self._connection.execute(query, values)
            ]
        except (sqlite3.Error, TypeError, ValueError) as error:
            raise self._damaged(error) from None
