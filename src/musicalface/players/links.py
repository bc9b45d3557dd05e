"""Links that anyone can follow, with or without an account."""

import webbrowser
from threading import Thread
from urllib.parse import quote

from ..songs.song import Song

_SPOTIFY = "https://open.spotify.com"
EMBED_API = f"{_SPOTIFY}/embed/iframe-api/v1"
"""The script that drives Spotify's embedded player."""

EMBED_ORIGINS = f"{_SPOTIFY} https://embed-cdn.spotifycdn.com"
"""Where the embedded player and the parts of its script come from."""


def link(song: Song) -> str:
    """The file, where there is one; else the song's page in Spotify, or a search for it there."""
    if song.file:
        return song.file.as_uri()
    if song.spotify_id:
        return f"{_SPOTIFY}/track/{song.spotify_id}"
    return f"{_SPOTIFY}/search/{quote(f'{song.artist} {song.title}', safe='')}"


def embed(song: Song) -> str:
    """Spotify's embedded player for a song whose id is known."""
    return f"{_SPOTIFY}/embed/track/{song.spotify_id}"


def browse(address: str) -> None:
    """Open an address, and do not wait for the browser: some hold the terminal."""
    Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def open_in_browser(song: Song) -> bool:
    """Open the song's link; False where there is no browser."""
    return webbrowser.open(link(song))
