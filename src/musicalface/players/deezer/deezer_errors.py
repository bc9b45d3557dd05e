"""The reasons for a missing Deezer preview, with their messages."""

from enum import StrEnum

from ...errors import DeezerError


class Problem(StrEnum):
    """A reason with its message; `deezer_error` fills in `{about}`."""

    OFF = (
        "MusicalFace is offline, so nothing is sent to Deezer. Turn that off in the page's "
        "settings, or unset MUSICALFACE_OFFLINE."
    )
    UNREACHABLE = "Can't reach Deezer ({about}). Check your connection and try again."
    CUT = "The connection to Deezer was interrupted. Check it and try again."
    BUSY = "Deezer is busy ({about}). Try again in a minute."
    QUOTA = "Too many requests to Deezer. Try again in ten seconds."
    NOT_DEEZER = (
        "Something other than Deezer answered ({about}), perhaps this network's login page. "
        "Log in to the network and try again."
    )
    REFUSED = "Deezer rejected the request ({about}). Update MusicalFace or report this."
    UNREADABLE = (
        "Deezer's response can't be read ({about}). Try again, and report this if it persists."
    )
    FOREIGN = (
        "Deezer's preview is on another company's host, so MusicalFace doesn't play it. "
        "Report this."
    )
    NOT_FOUND = "Deezer doesn't have this song. Try the link to Spotify."
    NOT_AVAILABLE = "Deezer doesn't offer this song in your country. Try the link to Spotify."
    NO_PREVIEW = "Deezer has no preview of this song. Open the link to Deezer to hear it."


SONG_PROBLEMS = frozenset(
    {Problem.FOREIGN, Problem.NOT_FOUND, Problem.NOT_AVAILABLE, Problem.NO_PREVIEW}
)
"""Problems of one song; with all others, no song can be played."""


def deezer_error(problem: Problem, about: str = "") -> DeezerError:
    """The error to raise; `about` completes the message."""
    return DeezerError(problem.name, problem.format(about=about))
