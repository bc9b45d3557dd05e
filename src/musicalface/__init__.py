"""MusicalFace looks at a face and plays the music that fits.

    import musicalface as mf

    photo = mf.read_photo("me.jpg")
    reading = mf.read_faces(photo)[0]
    with mf.open_catalog() as catalog:
        for pick in mf.choose_songs(catalog, reading.moods.mood):
            print(pick.song.artist, "-", pick.song.title, mf.link(pick.song))

Names are imported when they are first used, so that importing the package is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import MusicalFaceError
    from .face import (
        Face,
        Quality,
        Reading,
        Rest,
        Sight,
        Track,
        Tracker,
        Watcher,
        find_faces,
        read_faces,
        read_known_faces,
        read_photo,
        resting,
    )
    from .library import Library, open_library
    from .lyrics import read_lyrics
    from .mood import (
        EXPRESSIONS,
        MOODS,
        Expression,
        Mood,
        MoodScores,
        Seen,
        SteadyMood,
        SteadyState,
    )
    from .players import link, save_list
    from .players.page import BrowserPlayer, LocalPlayer
    from .songs import (
        Catalog,
        History,
        Pick,
        Song,
        Taste,
        choose_songs,
        open_catalog,
        shift_songs,
    )

__version__ = "0.1.0"

_HOME_OF = {
    "errors": ("MusicalFaceError",),
    "face": (
        "Face",
        "Quality",
        "Reading",
        "Rest",
        "Sight",
        "Track",
        "Tracker",
        "Watcher",
        "find_faces",
        "read_faces",
        "read_known_faces",
        "read_photo",
        "resting",
    ),
    "library": ("Library", "open_library"),
    "lyrics": ("read_lyrics",),
    "mood": (
        "EXPRESSIONS",
        "MOODS",
        "Expression",
        "Mood",
        "MoodScores",
        "Seen",
        "SteadyMood",
        "SteadyState",
    ),
    "players": ("link", "save_list"),
    "players.page": ("BrowserPlayer", "LocalPlayer"),
    "songs": (
        "Catalog",
        "History",
        "Pick",
        "Song",
        "Taste",
        "choose_songs",
        "open_catalog",
        "shift_songs",
    ),
}

__all__ = [
    "EXPRESSIONS",
    "MOODS",
    "BrowserPlayer",
    "Catalog",
    "Expression",
    "Face",
    "History",
    "Library",
    "LocalPlayer",
    "Mood",
    "MoodScores",
    "MusicalFaceError",
    "Pick",
    "Quality",
    "Reading",
    "Rest",
    "Seen",
    "Sight",
    "Song",
    "SteadyMood",
    "SteadyState",
    "Taste",
    "Track",
    "Tracker",
    "Watcher",
    "choose_songs",
    "find_faces",
    "link",
    "open_catalog",
    "open_library",
    "read_faces",
    "read_known_faces",
    "read_lyrics",
    "read_photo",
    "resting",
    "save_list",
    "shift_songs",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOME_OF.items():
        if name in names:
            return getattr(import_module(f".{module}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
