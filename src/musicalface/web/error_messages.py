"""Error messages of the page, which name its controls instead of terminal commands."""

import re

from ..errors import DeezerError, SpotifyError
from ..players import deezer
from ..players.spotify.endpoints import DASHBOARD
from ..players.spotify.spotify_errors import Problem, clock_time

OFFLINE = "MusicalFace is offline. Turn that off in the settings."

_PAGE_MESSAGES = {
    Problem.OFF: OFFLINE,
    Problem.LOGGED_OUT: "Spotify isn't connected. Connect it under Music sources.",
    Problem.LOGIN_LOST: (
        "Your Spotify login has expired (it lasts six months at most). Connect again under "
        "Music sources."
    ),
    Problem.TOO_LATE: (
        "The Spotify login timed out. Connect again; if Spotify mentioned the redirect URI, "
        "check that it matches exactly."
    ),
    Problem.REFUSED: "You didn't allow access, so Spotify isn't connected.",
    Problem.SCOPE: (
        "MusicalFace doesn't have permission for this. Connect Spotify again and allow everything."
    ),
    Problem.CLIENT_ID: "Spotify doesn't recognize this Client ID. Check it against your app's.",
    Problem.NOT_ON_LIST: (
        "This account is not on the user list of your Spotify app. Add it at "
        f"{DASHBOARD} under User Management, then try again."
    ),
    Problem.OWNER_PREMIUM: (
        "Spotify apps need an owner with Premium, and the owner of yours has none. Renew it, or "
        "choose “Deezer previews” instead."
    ),
    Problem.QUOTA: (
        "Your Spotify app has used up its quota until {until}. Choose “Deezer previews” until then."
    ),
    Problem.NO_DEVICE: (
        "Spotify isn't open on any device. Open it, play any song for a second, then press play "
        "here."
    ),
    Problem.WHICH_DEVICE: (
        "No device is active. Choose one next to the player and press play again."
    ),
    Problem.DEVICE_GONE: "That device is no longer available. Choose another one.",
    Problem.PREMIUM: ("Controlling Spotify requires Premium. Choose “Deezer previews” instead."),
}


_COMMAND = re.compile(r" [^.?!]*\bmusicalface library [a-z][^.]*\.$")
"""Advice at the end of an error message that names a command; the page has buttons instead."""


def error_message(error: Exception) -> str:
    """The message that the page shows for an error."""
    if isinstance(error, DeezerError) and error.problem == deezer.Problem.OFF.name:
        return OFFLINE
    if isinstance(error, SpotifyError):
        message = _PAGE_MESSAGES.get(Problem[error.problem], str(error))
        return message.replace("{until}", clock_time(error.until))
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}."
    return _COMMAND.sub("", str(error))
