"""What there is at Spotify: tracks, devices, playlists, and what plays."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FILTER = re.compile(r'\b(track|artist|album|year|isrc):(?:"([^"]*)"|(\S+))')


def made_id(*of: str) -> str:
    """22 letters and digits, the same for the same words."""
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
        """Whether a search finds it: all filters, and all plain words anywhere."""
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
    """Something that plays; one without an id cannot be named in a call."""

    id: str | None
    name: str
    type: str = "Computer"
    is_active: bool = False
    is_restricted: bool = False
    stale: bool = False  # listed until a command has found it gone


@dataclass
class Playback:
    """What plays where; `position` counts `uris` from 0, `seconds` are heard of that one."""

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
    """A playlist that the person made through the app."""

    id: str
    name: str
    description: str
    public: bool
    uris: list[str] = field(default_factory=list)


@dataclass
class Account:
    """The person, as far as an app in development mode is told."""

    id: str = "listener"
    account_id: str = "4x8hj2q0"
    display_name: str = "A Listener"


def _words(text: str) -> set[str]:
    """Folded; Spotify finds Beyoncé by beyonce, and don't by dont."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’")
    return set(re.findall(r"\w+", kept))
