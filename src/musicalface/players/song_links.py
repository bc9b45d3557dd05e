"""Links to songs on Spotify and Deezer that need no account."""

import webbrowser
from threading import Thread
from urllib.parse import quote

from ..songs.song import Song

_SPOTIFY, _DEEZER = "https://open.spotify.com", "https://www.deezer.com"
EMBED_API = f"{_SPOTIFY}/embed/iframe-api/v1"
"""The script that controls Spotify's embedded player."""

EMBED_ORIGINS = f"{_SPOTIFY} https://embed-cdn.spotifycdn.com"
"""Origins of the embedded player and its scripts, for a content security policy."""


def link(song: Song) -> str:
    """The URL of the song's file, of its page on Spotify or Deezer, or of a search on Spotify."""
    if song.file:
        return song.file.as_uri()
    return deezer_link(song) if song.deezer_id and not song.spotify_id else spotify_link(song)


def spotify_link(song: Song) -> str:
    """The URL of the song's page on Spotify, or of a search there."""
    if song.spotify_id:
        return f"{_SPOTIFY}/track/{song.spotify_id}"
    return f"{_SPOTIFY}/search/{_query(song)}"


def deezer_link(song: Song, number: int = 0) -> str:
    """The URL of the song's page on Deezer, or of a search there; `number` replaces its id."""
    number = number or song.deezer_id
    return deezer_page(number) if number else f"{_DEEZER}/search/{_query(song)}"


def deezer_page(number: int) -> str:
    """The URL of a track's page on Deezer."""
    return f"{_DEEZER}/track/{number}"


def service_links(song: Song) -> dict[str, str]:
    """The URLs of the song's pages on Deezer and Spotify, or of searches there."""
    return {"deezer": deezer_link(song), "spotify": spotify_link(song)}


def _query(song: Song) -> str:
    return quote(f"{song.artist} {song.title}", safe="", errors="replace")


def embed_url(song: Song) -> str:
    """The URL of Spotify's embedded player for a song with a Spotify id."""
    return f"{_SPOTIFY}/embed/track/{song.spotify_id}"


def open_address(address: str) -> None:
    """Open an address in the browser, in a thread: some browsers block until they close."""
    Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def open_in_browser(song: Song) -> bool:
    """Open the song's link; False if there is no browser."""
    return webbrowser.open(link(song))
