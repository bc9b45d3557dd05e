"""Reactions: votes of a face on the songs that play, which weight later choices, in memory only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from ..identity import song_key

ARTIST_FACTOR, EVIDENCE_FACTOR = 2.0, 1.25
"""A smile multiplies the weight of songs of the same artist, and of songs whose mood is known in
the same way (listeners, lyrics, sound); a frown divides it."""

MAX_ARTIST_FACTOR, MAX_EVIDENCE_FACTOR = 8.0, 2.0
MAX_ARTISTS = 500
"""After so many artists, the one with the oldest vote is forgotten."""


@dataclass(frozen=True)
class Reactions:
    """Factors of a song's weight, by the normalized name of its artist and by its evidence."""

    artists: Mapping[str, float] = field(default_factory=dict)
    evidence: Mapping[str, float] = field(default_factory=dict)

    def factor(self, artist: str, evidence: str) -> float:
        """The factor of a song, 1 without a vote."""
        return self.artists.get(artist, 1.0) * self.evidence.get(evidence, 1.0)


NO_REACTIONS = Reactions()


@dataclass
class ReactionVotes:
    """Collects votes until they are forgotten or the program ends; safe for several threads."""

    _artists: dict[str, float] = field(default_factory=dict)
    _evidence: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def add(self, artist: str, evidence: str, likes: bool) -> None:
        """Adds a vote for or against a song that played; `evidence` may be empty."""
        name = song_key(artist, "").partition("|")[0]
        with self._lock:
            _multiply(self._artists, name, ARTIST_FACTOR, MAX_ARTIST_FACTOR, likes)
            if evidence:
                _multiply(self._evidence, evidence, EVIDENCE_FACTOR, MAX_EVIDENCE_FACTOR, likes)
            if len(self._artists) > MAX_ARTISTS:
                del self._artists[next(iter(self._artists))]

    def current(self) -> Reactions:
        """The factors so far."""
        with self._lock:
            return Reactions(dict(self._artists), dict(self._evidence))

    def forget(self) -> None:
        """Deletes all votes."""
        with self._lock:
            self._artists.clear()
            self._evidence.clear()


def _multiply(factors: dict[str, float], name: str, by: float, most: float, likes: bool) -> None:
    """Changes a factor within 1 / most and most, and moves it to the end."""
    factor = factors.pop(name, 1.0) * (by if likes else 1 / by)
    factors[name] = min(max(factor, 1 / most), most)
