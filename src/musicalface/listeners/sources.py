"""Tables of what listeners said: a mood for each song, or a point on the valence-arousal plane."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import DataError
from ..identity import song_key
from ..lyrics.tables import SongRow, read_songs
from ..mood import Mood

FAR = 1.0
"""From the origin of the plane, in standard deviations: beyond it a point's quadrant is a word."""


_FARTHEST, _MANY = 100.0, 30


@dataclass(frozen=True)
class Source:
    """One group of listeners: what it said of each song, by `song_key`."""

    name: str
    moods: dict[str, Mood] = field(default_factory=dict)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)

    def without(self, artists: Collection[str]) -> "Source":
        """The same without the songs of some artists, as their keys spell them."""
        moods = {key: mood for key, mood in self.moods.items() if _artist(key) not in artists}
        points = {key: point for key, point in self.points.items() if _artist(key) not in artists}
        return Source(self.name, moods, points)

    @property
    def said(self) -> dict[str, Mood]:
        """A mood for each song of which one is plain: named, or far out on the plane."""
        return self.words(FAR)

    def words(self, least: float) -> dict[str, Mood]:
        """Moods that are named, and quadrants of points at least so far from the origin."""
        far = {key: _quadrant(*p) for key, p in self.points.items() if _radius(*p) >= least}
        return far | self.moods


def read_source(tables: Sequence[Path]) -> Source:
    """One source from tables that count as one voice.

    A table has artist, title and either valence and arousal or a mood; where it has
    both, the values count. Rows marked as in conflict are left out. Raises DataError
    when a table has neither or nothing is left.
    """
    source = Source("+".join(table.name.split(".")[0] for table in tables))
    for table in tables:
        verdicts = [row for row in read_songs(table) if _is_verdict(row)]
        if not verdicts:
            raise DataError(f"{table} says of no song its mood, or valence and arousal.")
        for row in verdicts:
            key = song_key(row.artist, row.title)
            if key in source.points or key in source.moods:
                continue
            if row.point:
                source.points[key] = row.point
            elif row.mood:
                source.moods[key] = row.mood
    _require_middle(source, tables[0])
    return source


def read_sources(voices: Sequence[Sequence[Path]]) -> list[Source]:
    """See `read_source`; raises DataError when two have one name, by which they are told apart."""
    sources = [read_source(tables) for tables in voices]
    names = [source.name for source in sources]
    for name in names:
        if names.count(name) > 1:
            raise DataError(f"Two sources are called {name}: rename the file of one.")
    return sources


def _require_middle(source: Source, table: Path) -> None:
    """The middle of the plane is 0, and nothing lies at an end of the world."""
    columns = zip(*source.points.values(), strict=True)
    for name, values in zip(("valence", "arousal"), columns, strict=False):
        one_sided = min(values) >= 0 or max(values) <= 0
        if max(map(abs, values)) > _FARTHEST or (one_sided and len(values) >= _MANY):
            raise DataError(
                f"{table} has {name} from {min(values):g} to {max(values):g}: "
                "0 must be the middle of the scale, best one standard deviation the unit."
            )


def _is_verdict(row: SongRow) -> bool:
    return bool(row.artist and row.title and not row.conflict and (row.mood or row.point))


def _artist(key: str) -> str:
    return key.partition("|")[0]


def _radius(valence: float, arousal: float) -> float:
    return float((valence**2 + arousal**2) ** 0.5)


def _quadrant(valence: float, arousal: float) -> Mood:
    corner = (1 if valence >= 0 else -1, 1 if arousal >= 0 else -1)
    return next(mood for mood in Mood if mood.corner == corner)
