"""Annotation sources: tables of listeners' mood labels, valence-arousal points or tag counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ..errors import DataError
from ..identity import song_key
from ..lyrics.table_reader import SongRow, held_songs, unknown_columns
from ..mood import Mood
from .tag_counts import clear_mood

FAR_RADIUS = 1.0
"""Distance from the origin, in standard deviations, from which a point's quadrant is a label."""

_MAX_VALUE, _MIN_COUNT = 100.0, 30
_V = TypeVar("_V")


@dataclass(frozen=True)
class AnnotationSource:
    """One group of listeners: mood labels, points and counts of EMOTION_TAGS, by `song_key`."""

    name: str
    moods: dict[str, Mood] = field(default_factory=dict)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    counts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)  # columns beside the tags that aren't known

    @property
    def keys(self) -> frozenset[str]:
        """The songs of which the source says something."""
        return frozenset((*self.moods, *self.points, *self.counts))

    def exclude_artists(self, artists: Collection[str]) -> "AnnotationSource":
        """Returns a copy without the songs of some artists (artist part of the `song_key`)."""
        return AnnotationSource(
            self.name,
            _without(self.moods, artists),
            _without(self.points, artists),
            _without(self.counts, artists),
        )

    @property
    def labels(self) -> dict[str, Mood]:
        """Moods by song: labels, quadrants of points beyond FAR_RADIUS, clear moods of counts."""
        return self.labels_beyond(FAR_RADIUS)

    def labels_beyond(self, min_radius: float) -> dict[str, Mood]:
        """Returns labels; quadrants of points only if `min_radius` or more from the origin."""
        far = {key: _quadrant(*p) for key, p in self.points.items() if _radius(*p) >= min_radius}
        suggested = {key: clear_mood(counts) for key, counts in self.counts.items()}
        return {key: mood for key, mood in suggested.items() if mood} | far | self.moods


def read_source(tables: Sequence[Path]) -> AnnotationSource:
    """Reads one annotation source from one or more tables.

    A table has artist, title and valence and arousal, a mood, or counts of EMOTION_TAGS; if
    it has several, the first of them counts. Rows marked as conflicting are skipped. Raises
    DataError if a table has none or no usable row.
    """
    source = AnnotationSource("+".join(table.name.split(".")[0] for table in tables))
    for table in tables:
        row = None
        for row in filter(_is_labelled, held_songs(table)):
            _add(source, row)
        if row is None:
            raise DataError(
                f"{table} has no song with a mood, with valence and arousal, or with emotion tags."
            )
        if row.tags:
            source.ignored.extend(unknown_columns(table))
    _require_centred(source, tables[0])
    return source


def read_sources(groups: Sequence[Sequence[Path]]) -> list[AnnotationSource]:
    """Reads sources (see `read_source`). Raises DataError if two have the same name."""
    sources = [read_source(tables) for tables in groups]
    names = [source.name for source in sources]
    for name in names:
        if names.count(name) > 1:
            raise DataError(f"Two sources are called {name}. Rename one of the files.")
    return sources


def _require_centred(source: AnnotationSource, table: Path) -> None:
    """Raises DataError unless the scale is centred at 0 and all values are within range."""
    columns = zip(*source.points.values(), strict=True)
    for name, values in zip(("valence", "arousal"), columns, strict=False):
        one_sided = min(values) >= 0 or max(values) <= 0
        if max(map(abs, values)) > _MAX_VALUE or (one_sided and len(values) >= _MIN_COUNT):
            raise DataError(
                f"{table} has {name} from {min(values):g} to {max(values):g}. "
                "Rescale it: 0 must be the middle, ideally with a standard deviation of 1."
            )


def _without(values: Mapping[str, _V], artists: Collection[str]) -> dict[str, _V]:
    return {key: value for key, value in values.items() if artist_of(key) not in artists}


def _add(source: AnnotationSource, row: SongRow) -> None:
    """Adds a row, unless the source has the song."""
    key = song_key(row.artist, row.title)
    if key in source.points or key in source.moods or key in source.counts:
        return
    if row.point:
        source.points[key] = row.point
    elif row.mood:
        source.moods[key] = row.mood
    elif row.tags:
        source.counts[key] = row.tags


def _is_labelled(row: SongRow) -> bool:
    says_something = row.mood or row.point or any(row.tags or ())
    return bool(row.artist and row.title and not row.conflict and says_something)


def artist_of(key: str) -> str:
    """Returns the artist in a song's key."""
    return key.partition("|")[0]


def _radius(valence: float, arousal: float) -> float:
    return float((valence**2 + arousal**2) ** 0.5)


def _quadrant(valence: float, arousal: float) -> Mood:
    corner = (1 if valence >= 0 else -1, 1 if arousal >= 0 else -1)
    return next(mood for mood in Mood if mood.corner == corner)
