"""Links that anyone can follow, with or without an account."""

import webbrowser
from urllib.parse import quote

from ..songs.song import Song

_SPOTIFY = "https://open.spotify.com"


def link(song: Song) -> str:
    """The song's page in Spotify where its id is known, else a search for artist and title."""
    if song.spotify_id:
        return f"{_SPOTIFY}/track/{song.spotify_id}"
    return f"{_SPOTIFY}/search/{quote(f'{song.artist} {song.title}', safe='')}"


def open_in_browser(song: Song) -> bool:
    """Open the song's link; False where there is no browser."""
    return webbrowser.open(link(song))
