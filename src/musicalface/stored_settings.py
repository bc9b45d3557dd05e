"""Settings that the user chooses in the page, stored in the data directory."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from . import settings
from .private_json import DamagedFileError, PrivateJson

PLAYERS = ("deezer", "browser", "spotify", "local")
"""The names of the players that can be chosen."""


@dataclass(frozen=True)
class StoredSettings:
    """The user's choices. `player` is one of PLAYERS, or empty.

    `covers` is true if the user agreed that the names or numbers of shown songs are sent to
    Deezer. `history` is true if moods and heard songs are kept in a file. `reactions` is true if
    the face may vote on songs, and None until the user has decided.
    """

    offline: bool = False
    covers: bool = False
    player: str = ""
    history: bool = False
    reactions: bool | None = None


UNREADABLE = StoredSettings(offline=True)
"""The settings of a damaged file: nothing is sent until the user chooses again."""


def load() -> StoredSettings:
    """The stored settings; the defaults if there are none."""
    try:
        return _FILE.read() or StoredSettings()
    except (OSError, DamagedFileError):
        return UNREADABLE


def change(**changes: Any) -> StoredSettings:
    """Stores changed fields and returns all settings; raises OSError."""
    changed = replace(load(), **changes)
    _FILE.write(asdict(changed))
    return changed


def is_offline() -> bool:
    """True if nothing may be sent: MUSICALFACE_OFFLINE, or the switch in the page."""
    return settings.offline() or load().offline


def _checked(
    offline: object,
    covers: object,
    player: object,
    history: object = False,
    reactions: object = None,
) -> StoredSettings:
    if not (isinstance(offline, bool) and isinstance(covers, bool) and isinstance(history, bool)):
        raise TypeError("not a flag")
    if reactions is not None and not isinstance(reactions, bool):
        raise TypeError("not a flag")
    if not isinstance(player, str) or player not in ("", *PLAYERS):
        raise ValueError(player)
    return StoredSettings(offline, covers, player, history, reactions)


_FILE = PrivateJson("settings.json", 4096, lambda stored: _checked(**stored))
