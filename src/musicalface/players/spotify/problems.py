"""What can be wrong with Spotify, and what the person can do about it."""

import time
from enum import StrEnum

from ...errors import SpotifyError
from .addresses import DASHBOARD


class Problem(StrEnum):
    """Why Spotify cannot be used, and the sentence that says so."""

    NO_DEVICE = (
        "Spotify is open on no device: open it on a phone or computer, play any song for a "
        "second, and run this again."
    )
    WHICH_DEVICE = "Spotify plays on none of your devices: name one with --device, {about}."
    DEVICE_GONE = "The device is no longer there: musicalface spotify devices shows those that are."
    PREMIUM = (
        "Spotify takes commands from Premium listeners only: follow the links, or use "
        "--play browser."
    )
    NOT_ON_LIST = (
        f"This account is not on the user list of your Spotify app: add it at {DASHBOARD}, "
        "under User Management, and run this again."
    )
    OWNER_PREMIUM = (
        "The owner of your Spotify app has no Premium any more, which Spotify demands of "
        "apps: renew it, or use --play browser."
    )
    LOGGED_OUT = "You are not logged in to Spotify: musicalface spotify login."
    LOGIN_LOST = (
        "Spotify has ended your login, as it does after six months at the latest: "
        "musicalface spotify login."
    )
    SCOPE = (
        "Spotify says that you have not allowed this: run musicalface spotify login and agree "
        "to all that is asked."
    )
    REFUSED = "You did not agree, so nothing was connected: musicalface spotify login asks again."
    TOO_LATE = (
        "Nobody came back from Spotify's page in time: run musicalface spotify login again; if "
        "the page spoke of a redirect URI, see docs/spotify.md."
    )
    CLIENT_ID = (
        f"Spotify does not know this Client ID: compare it with your app's at {DASHBOARD}, and "
        "run musicalface spotify login --client-id ID."
    )
    BUSY = "Spotify asks for fewer requests: run this again in {about}."
    QUOTA = (
        "Your Spotify app has used up its quota until {about}: until then there are links and "
        "--play browser."
    )
    OFFLINE = "Spotify cannot be reached ({about}): check the network and run this again."
    NOT_SPOTIFY = (
        "Something else answered in Spotify's place, perhaps this network's own login page: "
        "open a browser, log in to the network, and run this again."
    )
    TROUBLE = "Spotify has trouble of its own ({about}): run this again in a while."
    OURS = "Spotify refused what MusicalFace asked ({about}): update MusicalFace, or report it."


def failed(problem: Problem, about: str = "", until: float = 0) -> SpotifyError:
    """The error to raise; `about` fills the sentence, `until` is seconds since 1970."""
    return SpotifyError(problem.name, problem.format(about=about), until)


def clock_time(at: float) -> str:
    """A time of today as the hour, another with its day."""
    moment, today = time.localtime(at), time.localtime()
    same_day = moment[:3] == today[:3]
    return time.strftime("%H:%M" if same_day else "%H:%M on %d %B", moment)
