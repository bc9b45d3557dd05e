"""Songs as the page names them: reads the JSON of a request into a `Song`."""

from ..errors import InputError
from ..identity import clean_name
from ..library import Library
from ..mood import MOODS, Mood, MoodScores
from ..songs import Song
from .json_body import Document, get_number, get_text

MAX_ID = 10**15


def song_of(document: Document, library: Library | None = None) -> Song:
    """The song with `artist`, `title`, `mood`, and ids if they are known.

    With a library, a song with a `file_id` has its file. Raises InputError.
    """
    mood = Mood.parse(get_text(document, "mood"))
    number = _number(document, "file_id")
    song = Song(
        clean_name(get_text(document, "artist")),
        clean_name(get_text(document, "title")),
        MoodScores.of([float(each is mood) for each in MOODS]),
        spotify_id=_spotify_id(document),
        deezer_id=_number(document, "deezer_id"),
        file=library.file(number) if library and number else None,
        file_id=number,
    )
    if not song.artist or not song.title:
        raise InputError("A song needs an artist and a title.")
    return song


def _number(document: Document, name: str) -> int:
    return get_number(document, name, 0, 1, MAX_ID) if document.get(name) is not None else 0


def _spotify_id(document: Document) -> str:
    text = get_text(document, "spotify_id") if document.get("spotify_id") is not None else ""
    if text and not (text.isascii() and text.isalnum() and len(text) <= 64):
        raise InputError("That isn't a Spotify id. Send only letters and digits.")
    return text
