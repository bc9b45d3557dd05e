"""Where Spotify is, and what is asked of it."""

from ... import settings

API = "https://api.spotify.com/v1"
ACCOUNTS = "https://accounts.spotify.com"
DASHBOARD = "https://developer.spotify.com/dashboard"
CALLBACK = "/callback"
REDIRECT = f"http://127.0.0.1{CALLBACK}"
"""As the dashboard is to know it: a loopback address without a port stands for every port."""

SCOPES = (
    "user-read-playback-state",
    "user-modify-playback-state",
    "playlist-modify-private",
    "user-library-read",
    "user-library-modify",
)


def api() -> str:
    """The Web API's address, with its version; raises InputError for one that is not safe."""
    return settings.spotify_api() or API


def accounts() -> str:
    """The accounts service's address; raises InputError for one that is not safe."""
    return settings.spotify_accounts() or ACCOUNTS
