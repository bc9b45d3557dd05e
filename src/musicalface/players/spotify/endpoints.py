"""Endpoints: Spotify's addresses, the redirect URI and the requested scopes."""

from ... import settings

API_URL = "https://api.spotify.com/v1"
ACCOUNTS_URL = "https://accounts.spotify.com"
DASHBOARD = "https://developer.spotify.com/dashboard"
CALLBACK_PATH = "/callback"
REDIRECT_URI = f"http://127.0.0.1{CALLBACK_PATH}"
"""As registered in the dashboard; a loopback address without a port matches every port."""

SCOPES = (
    "user-read-playback-state",
    "user-modify-playback-state",
    "playlist-modify-private",
    "user-library-read",
    "user-library-modify",
)


def api_url() -> str:
    """The Web API's base URL; raises InputError if the configured one is not safe."""
    return settings.spotify_api() or API_URL


def accounts_url() -> str:
    """The accounts service's base URL; raises InputError if the configured one is not safe."""
    return settings.spotify_accounts() or ACCOUNTS_URL
