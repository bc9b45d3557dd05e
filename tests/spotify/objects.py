"""Objects of the fake server: tracks, devices, playlists, account and playback."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FILTER = re.compile(r'\b(track|artist|album|year|isrc):(?:"([^"]*)"|(\S+))')


def made_id(*of: str) -> str:
    """An id of 22 letters and digits, determined by the arguments."""
    digest = hashlib.sha256("|".join(of).encode()).digest()
    return "".join(ALPHABET[byte % 62] for byte in digest[:22])


@dataclass
class Track:
    """A recording; `id` is 22 letters and digits (see `made_id`)."""

    id: str
    name: str
    artists: list[str]
    album: str = "An Album"
    seconds: float = 200.0
    explicit: bool = False
    year: str = ""
    isrc: str = ""

    @property
    def uri(self) -> str:
        return f"spotify:track:{self.id}"

    @property
    def cover(self) -> str:
        return f"https://i.scdn.co/image/{self.id}"

    def fits(self, query: str) -> bool:
        """True if the track matches all filters and all plain words of a search query."""
        artist = " ".join(self.artists)
        fields = {"track": self.name, "artist": artist, "album": self.album}
        fields |= {"year": self.year, "isrc": self.isrc}
        for name, quoted, bare in _FILTER.findall(query):
            if not _words(quoted or bare) <= _words(fields[name]):
                return False
        plain = _words(_FILTER.sub(" ", query))
        return plain <= _words(f"{artist} {self.name} {self.album}")


@dataclass
class Device:
    """A playback device; one without an id cannot be addressed."""

    id: str | None
    name: str
    type: str = "Computer"
    is_active: bool = False
    is_restricted: bool = False
    stale: bool = False  # gone, but listed until a command addresses it
    volume: int | None = 50  # None: not supported


@dataclass
class Playback:
    """The playback: `position` is an index into `uris`, `seconds` the position in that track."""

    uris: list[str]
    device: Device
    position: int = 0
    is_playing: bool = True
    seconds: float = 0.0

    @property
    def uri(self) -> str:
        return self.uris[self.position]


@dataclass
class Playlist:
    """A playlist created by the app."""

    id: str
    name: str
    description: str
    public: bool
    uris: list[str] = field(default_factory=list)


@dataclass
class Account:
    """The account, with the fields that an app in development mode gets."""

    id: str = "listener"
    account_id: str = "4x8hj2q0"
    display_name: str = "A Listener"


def _words(text: str) -> set[str]:
    """Words without case, accents and apostrophes, as in Spotify's search."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’")
    return set(re.findall(r"\w+", kept))
