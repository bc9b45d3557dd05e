"""Spotify errors: the problems, and the message of each."""

import time
from enum import StrEnum

from ...errors import SpotifyError
from .endpoints import DASHBOARD


class Problem(StrEnum):
    """A reason why Spotify cannot be used; the value is the message."""

    NO_DEVICE = (
        "Spotify isn't open on any device. Open it on a phone or computer, play any song for a "
        "second, then run this again."
    )
    WHICH_DEVICE = "No device is active. Choose one with --device: {about}."
    DEVICE_GONE = (
        "That device is no longer available. Choose another one: musicalface spotify devices "
        "lists them."
    )
    PREMIUM = "Controlling Spotify requires Premium. Follow the links, or use --play browser."
    NOT_ON_LIST = (
        f"This account is not on the user list of your Spotify app. Add it at {DASHBOARD} "
        "under User Management, then run this again."
    )
    OWNER_PREMIUM = (
        "Spotify apps need an owner with Premium, and the owner of yours has none. Renew it, or "
        "use --play browser."
    )
    LOGGED_OUT = "You're not logged in to Spotify. Run musicalface spotify login."
    LOGIN_LOST = (
        "Your Spotify login has expired (it lasts six months at most). Run "
        "musicalface spotify login."
    )
    SCOPE = (
        "MusicalFace doesn't have permission for this. Run musicalface spotify login and allow "
        "everything."
    )
    REFUSED = (
        "You didn't allow access, so Spotify isn't connected. Run musicalface spotify login to "
        "try again."
    )
    TOO_LATE = (
        "The Spotify login timed out. Run musicalface spotify login again; if Spotify mentioned "
        "the redirect URI, check that it matches exactly (docs/spotify.md)."
    )
    CLIENT_ID = (
        f"Spotify doesn't recognize this Client ID. Check it against your app's at {DASHBOARD}, "
        "then run musicalface spotify login --client-id ID."
    )
    BUSY = "Too many requests to Spotify. Try again in {about}."
    QUOTA = (
        "Your Spotify app has used up its quota until {about}. Follow the links, or use "
        "--play browser until then."
    )
    NO_VOLUME = "The volume of this device can't be set from here. Set it on the device."
    OFF = (
        "MusicalFace is offline, so nothing is sent to Spotify. Turn that off in the page's "
        "settings, or unset MUSICALFACE_OFFLINE."
    )
    OFFLINE = "Can't reach Spotify ({about}). Check your connection and try again."
    NOT_SPOTIFY = (
        "Something other than Spotify answered, perhaps this network's login page. Log in to the "
        "network and try again."
    )
    TROUBLE = "Spotify isn't working right now ({about}). Try again later."
    OURS = "Spotify rejected the request ({about}). Update MusicalFace or report this."


def spotify_error(problem: Problem, about: str = "", until: float = 0) -> SpotifyError:
    """The error to raise; `about` is inserted into the message, `until` is seconds since 1970."""
    return SpotifyError(problem.name, problem.format(about=about), until)


def clock_time(at: float) -> str:
    """A time as hours and minutes, with the day if it is not today."""
    moment, today = time.localtime(at), time.localtime()
    same_day = moment[:3] == today[:3]
    return time.strftime("%H:%M" if same_day else "%H:%M on %d %B", moment)
