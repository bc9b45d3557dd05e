"""Song catalog: stores songs with their moods and chooses songs for a mood."""

from .catalog import Catalog, open_catalog
from .mood_curve_songs import walk_songs
from .mood_transition import shift_songs
from .play_history import History
from .sampling import Pick, Preferences, SongStore, choose_songs
from .song import Song

__all__ = [
    "Catalog",
    "History",
    "Pick",
    "Preferences",
    "Song",
    "SongStore",
    "choose_songs",
    "open_catalog",
    "shift_songs",
    "walk_songs",
]
