"""A mood becomes ten songs, from a catalog."""

from .catalog import Catalog, open_catalog
from .choose import Pick, Songbook, Taste, choose_songs
from .history import History
from .shift import shift_songs
from .song import Song

__all__ = [
    "Catalog",
    "History",
    "Pick",
    "Song",
    "Songbook",
    "Taste",
    "choose_songs",
    "open_catalog",
    "shift_songs",
]
