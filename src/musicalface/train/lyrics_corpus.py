"""The training data of orpheus: songs with lyrics, and annotations from several sources."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ..annotations import AnnotationSource, artist_of, read_sources
from ..errors import DataError
from ..identity import song_key
from ..lyrics.english_detection import is_english, is_long_enough
from ..lyrics.table_reader import SongRow, held_songs


@dataclass(frozen=True)
class LyricsCorpus:
    """The lyrics of each song by its `song_key`, and the annotation sources."""

    texts: Mapping[str, str]
    sources: tuple[AnnotationSource, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all songs with lyrics, in the order of `texts`."""
        return tuple(self.texts)

    @property
    def sha256(self) -> str:
        """The checksum of all lyrics and annotations, independent of their files."""
        annotations = [
            [sorted(values.items()) for values in (s.moods, s.points, s.counts)]
            for s in self.sources
        ]
        digest = hashlib.sha256("\0".join(chain(*self.texts.items())).encode())
        digest.update(repr(annotations).encode())
        return digest.hexdigest()

    def exclude_artists(self, artists: Collection[str]) -> "LyricsCorpus":
        """A corpus without the songs and annotations of some artists."""
        texts = {key: text for key, text in self.texts.items() if artist_of(key) not in artists}
        return LyricsCorpus(
            texts, tuple(source.exclude_artists(artists) for source in self.sources)
        )

    def without_source(self, source: AnnotationSource) -> "LyricsCorpus":
        """A corpus without one annotation source."""
        return LyricsCorpus(
            self.texts, tuple(other for other in self.sources if other is not source)
        )


def read_corpus(labelled: Sequence[Sequence[Path]], unlabelled: Sequence[Path]) -> LyricsCorpus:
    """Reads annotation sources (one or more tables each), and songs without a label.

    Labelled songs need at least twenty words; unlabelled songs must also be in English.
    Raises DataError if a table is invalid, or if no labelled song has lyrics.
    """
    sources = tuple(read_sources(labelled))
    texts = _texts(chain.from_iterable(labelled), english=False)
    if frozenset[str]().union(*(source.keys for source in sources)).isdisjoint(texts):
        raise DataError(f"{labelled[0][0]} has no song with a mood and at least 20 words.")
    return LyricsCorpus(_texts(unlabelled, english=True) | texts if unlabelled else texts, sources)


def _texts(tables: "chain[Path] | Sequence[Path]", *, english: bool) -> dict[str, str]:
    texts: dict[str, str] = {}
    for table in tables:
        for row in held_songs(table, ("artist", "title", *(("lyrics",) if english else ()))):
            if _is_usable(row, english):
                texts.setdefault(song_key(row.artist, row.title), row.lyrics)
    return texts


def _is_usable(row: SongRow, english: bool) -> bool:
    named = bool(row.artist and row.title) and not row.conflict
    return named and is_long_enough(row.lyrics) and (not english or is_english(row.lyrics))
