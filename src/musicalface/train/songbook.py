"""What orpheus learns from: songs with words, and what several groups of listeners said of them."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError
from ..identity import song_key
from ..listeners import Source, read_sources
from ..lyrics.english import is_english, is_long_enough
from ..lyrics.tables import SongRow, read_songs

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Songbook:
    """The words of each song by its `song_key`; the labelled songs come first."""

    texts: Mapping[str, str]
    sources: tuple[Source, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Of all songs with words, in their order."""
        return tuple(self.texts)

    @property
    def sha256(self) -> str:
        """Of all words and all that was said, whatever files held them."""
        said = [(sorted(s.moods.items()), sorted(s.points.items())) for s in self.sources]
        digest = hashlib.sha256("\0".join(chain(*self.texts.items())).encode())
        digest.update(repr(said).encode())
        return digest.hexdigest()

    def without(self, artists: Collection[str]) -> "Songbook":
        """The same without the songs of some artists, and all that was said of them."""
        texts = {key: text for key, text in self.texts.items() if artist_of(key) not in artists}
        return Songbook(texts, tuple(source.without(artists) for source in self.sources))

    def unheard(self, source: Source) -> "Songbook":
        """The same without one source."""
        return Songbook(self.texts, tuple(other for other in self.sources if other is not source))


def read_songbook(labelled: Sequence[Sequence[Path]], unlabelled: Sequence[Path]) -> Songbook:
    """Read sources (tables that count as one voice each) and further songs without a mood.

    Labelled songs need twenty words, the others English ones too. Raises DataError
    when a table does not fit, or no labelled song has words.
    """
    sources = tuple(read_sources(labelled))
    texts = _texts(chain.from_iterable(labelled), english=False)
    if not any(key in source.moods or key in source.points for source in sources for key in texts):
        raise DataError(f"{labelled[0][0]} holds no song with a mood and at least 20 words.")
    return Songbook(_texts(unlabelled, english=True) | texts if unlabelled else texts, sources)


def artist_of(key: str) -> str:
    """The artist's part of a song's key."""
    return key.partition("|")[0]


def _texts(tables: "chain[Path] | Sequence[Path]", *, english: bool) -> dict[str, str]:
    texts: dict[str, str] = {}
    for table in tables:
        for row in read_songs(table, ("artist", "title", "lyrics")):
            if _is_usable(row, english):
                texts.setdefault(song_key(row.artist, row.title), row.lyrics)
    return texts


def _is_usable(row: SongRow, english: bool) -> bool:
    named = bool(row.artist and row.title) and not row.conflict
    return named and is_long_enough(row.lyrics) and (not english or is_english(row.lyrics))
