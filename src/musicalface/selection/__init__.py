"""Song selection: picks songs for a mood from the catalog or the library, with Spotify ids."""

from .song_selection import SelectSongs, SongRequest, song_selector
from .spotify_lookup import SpotifyLookup, open_spotify_lookup

__all__ = ["SelectSongs", "SongRequest", "SpotifyLookup", "open_spotify_lookup", "song_selector"]
