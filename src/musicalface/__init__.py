"""MusicalFace reads a face's expression and picks songs to match.

    import musicalface as mf

    photo = mf.read_photo("me.jpg")
    reading = mf.read_faces(photo)[0]
    with mf.open_catalog() as catalog:
        for pick in mf.choose_songs(catalog, reading.moods.mood):
            print(pick.song.artist, "-", pick.song.title, mf.link(pick.song))

`read_photo` and `read_faces` turn a photo into readings; `MoodTracker` does so for camera frames.
`open_catalog` and `open_library` open a song store; `choose_songs` picks songs of a mood from it.
All errors are a MusicalFaceError.

Names are imported on first use, so importing the package is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .audio import read_audio
    from .errors import MusicalFaceError
    from .face import (
        Face,
        FrameResult,
        MoodTracker,
        Quality,
        Reading,
        RestingFace,
        Track,
        Tracker,
        find_faces,
        read_faces,
        read_known_faces,
        read_photo,
        read_resting_face,
    )
    from .library import Library, open_library
    from .lyrics import read_lyrics
    from .mood import (
        EXPRESSIONS,
        MOODS,
        Expression,
        FaceObservation,
        Mood,
        MoodScores,
        SteadyMood,
        SteadyState,
    )
    from .players import link, save_list
    from .players.page import BrowserPlayer, LocalPlayer
    from .songs import (
        Catalog,
        History,
        Pick,
        Preferences,
        Song,
        choose_songs,
        open_catalog,
        shift_songs,
    )

__version__ = "0.1.0"

_HOME_OF = {
    "audio": ("read_audio",),
    "errors": ("MusicalFaceError",),
    "face": (
        "Face",
        "Quality",
        "Reading",
        "RestingFace",
        "FrameResult",
        "Track",
        "Tracker",
        "MoodTracker",
        "find_faces",
        "read_faces",
        "read_known_faces",
        "read_photo",
        "read_resting_face",
    ),
    "library": ("Library", "open_library"),
    "lyrics": ("read_lyrics",),
    "mood": (
        "EXPRESSIONS",
        "MOODS",
        "Expression",
        "Mood",
        "MoodScores",
        "FaceObservation",
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
        "Preferences",
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
    "FaceObservation",
    "FrameResult",
    "History",
    "Library",
    "LocalPlayer",
    "Mood",
    "MoodScores",
    "MoodTracker",
    "MusicalFaceError",
    "Pick",
    "Preferences",
    "Quality",
    "Reading",
    "RestingFace",
    "Song",
    "SteadyMood",
    "SteadyState",
    "Track",
    "Tracker",
    "choose_songs",
    "find_faces",
    "link",
    "open_catalog",
    "open_library",
    "read_audio",
    "read_faces",
    "read_known_faces",
    "read_lyrics",
    "read_photo",
    "read_resting_face",
    "save_list",
    "shift_songs",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOME_OF.items():
        if name in names:
            return getattr(import_module(f".{module}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
