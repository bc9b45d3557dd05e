"""Spelling of song names: shows artists and titles as their artists write them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ..identity import song_key
from ..lyrics.table_reader import held_songs
from ..text_folding import fold, letters_and_digits
from .english_spelling import capitalized, with_apostrophes, with_capitals
from .song import Song

_ARTISTS_FILE = Path(__file__).with_name("artist_spellings.txt")
_APOSTROPHES = "'’‘`´"
_WITHOUT_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_MARKS = re.compile(rf"[{_APOSTROPHES}]|[^\W\d_a-zA-Z]|(?<=[\w{_APOSTROPHES}-])[A-Z]")
_SEPARATOR = re.compile(r"( (?:[Ff]eaturing|[Ff]eat\.?|[Ff]t\.?|And) )")
_MAX_ABBREVIATION = 3
"""Letters of the longest name in capitals that counts as a spelling: tables shout ("DEATH")."""


@dataclass
class Spellings:
    """How often tables spell a name with the same letters: artists, and titles by artist."""

    artists: dict[str, Counter[str]] = field(default_factory=dict)
    titles: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)

    def add(self, artist: str, title: str) -> None:
        """Counts the spellings of a song; in lower case, only those with apostrophes or accents."""
        is_lower = f"{artist}{title}".islower()
        if spelling := _spelling(artist, is_lower):
            self.artists.setdefault(_letters(artist), Counter())[spelling] += 1
        if spelling := _spelling(title, is_lower):
            key = _letters(artist), _letters(title)
            self.titles.setdefault(key, Counter())[spelling] += 1

    def repair(self, song: Song) -> Song:
        """Returns the song with its names as their artist writes them; its `song_key` stays."""
        artist, title = self._artist(song.artist), self._title(song)
        if song_key(artist, "") != song_key(song.artist, ""):
            artist = song.artist
        if song_key("", title) != song_key("", song.title):
            title = song.title
        return replace(song, artist=artist, title=title)

    def _title(self, song: Song) -> str:
        spellings = self.titles.get((_letters(song.artist), _letters(song.title)), Counter())
        title = with_apostrophes(_most_common(song.title, spellings))
        return with_capitals(title) if title == capitalized(title) else title

    def _artist(self, name: str) -> str:
        if known := _known_artists().get(_plain(name)):
            return known
        parts = _SEPARATOR.split(name)
        if len(parts) > 1:
            parts[::2] = map(self._artist, parts[::2])
            return "".join(parts)
        name = _most_common(name, self.artists.get(_letters(name), Counter()))
        if name.islower() and " " in name:  # one word may be a stage name ("deadmau5")
            name = capitalized(name)
        return with_capitals(name) if name == capitalized(name) else name


def read_spellings(tables: Sequence[Path]) -> Spellings:
    """Returns the spellings in tables of artist and title. Raises what `held_songs` raises."""
    spellings = Spellings()
    for table in tables:
        for row in held_songs(table):
            spellings.add(row.artist, row.title)
    return spellings


def _most_common(name: str, spellings: Counter[str]) -> str:
    """Returns the most common spelling if it has more marks than the name, else the name."""
    best = max(spellings, key=lambda each: (spellings[each], _marks(each), each), default=name)
    more_common = spellings[best] >= spellings[name]
    return best if more_common and _marks(best) > _marks(name) else name


def _spelling(name: str, is_lower: bool) -> str:
    """Returns the name as a spelling to count; empty if its spelling says nothing."""
    if is_lower:
        return capitalized(name) if _marks(name) else ""
    letters = sum(map(str.isalpha, name))
    return "" if name.isupper() and letters > _MAX_ABBREVIATION else with_apostrophes(name)


def _marks(name: str) -> int:
    """The number of apostrophes, letters with accents, and capitals inside of words."""
    return len(_MARKS.findall(name))


def _letters(name: str) -> str:
    """A name without case, accents and apostrophes: equal for the spellings of one name."""
    return " ".join(fold(name).translate(_WITHOUT_APOSTROPHES).split())


@cache
def _known_artists() -> dict[str, str]:
    """Artists of the table by their letters and digits."""
    lines = _ARTISTS_FILE.read_text(encoding="utf-8").splitlines()
    return {_plain(line): line for line in lines if not line.startswith("#")}


def _plain(name: str) -> str:
    return letters_and_digits(fold(name))
