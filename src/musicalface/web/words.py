"""What is said on the page, where the terminal is told of commands."""

from ..errors import SpotifyError
from ..players.spotify.problems import Problem

_ON_THE_PAGE = {
    Problem.LOGGED_OUT: "Spotify is not connected: Music sources connects it.",
    Problem.LOGIN_LOST: (
        "Spotify has ended your login, as it does after six months at the latest: connect it "
        "again under Music sources."
    ),
    Problem.TOO_LATE: (
        "Nobody came back from Spotify's page in time: connect again, and compare the redirect "
        "URI letter by letter if the page spoke of it."
    ),
    Problem.REFUSED: "You did not agree, so nothing was connected.",
    Problem.SCOPE: "You have not allowed this: connect Spotify again, and agree to all of it.",
    Problem.CLIENT_ID: "Spotify does not know this Client ID: compare it with your app's.",
    Problem.NO_DEVICE: (
        "Spotify is open on no device: open it on a phone or computer, play any song for a "
        "second, and press play again."
    ),
    Problem.WHICH_DEVICE: (
        "Spotify plays on none of your devices: choose one beside the player, and press play again."
    ),
    Problem.DEVICE_GONE: "The device is no longer there: choose another.",
    Problem.PREMIUM: (
        "Spotify takes commands from Premium listeners only: choose the player on this page."
    ),
}


def sentence_of(error: Exception) -> str:
    """What the person is told of an error."""
    if isinstance(error, SpotifyError):
        return _ON_THE_PAGE.get(Problem[error.problem], str(error))
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}."
    return str(error)
