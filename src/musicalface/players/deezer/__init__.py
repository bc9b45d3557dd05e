"""Deezer previews: the only package with Deezer's hosts and its public API.

`hosts` has the URLs, `http_transport` sends one request, `rate_limit` limits the request rate,
`client` has the two calls, `api_response` and `tracks` parse responses, `track_search` finds a
song's track, `single_flight` shares a look-up between threads, `track_cache` caches facts for a
week, `deezer_player` returns a song's preview, and `metadata_queue` looks up the facts of
several songs.
"""

from .deezer_errors import SONG_PROBLEMS, Problem
from .deezer_player import DeezerPlayer, Preview
from .hosts import preview_origins
from .metadata_queue import BackgroundFacts
from .track_cache import erase
from .tracks import Facts

__all__ = [
    "SONG_PROBLEMS",
    "BackgroundFacts",
    "DeezerPlayer",
    "Facts",
    "Preview",
    "Problem",
    "erase",
    "preview_origins",
]
