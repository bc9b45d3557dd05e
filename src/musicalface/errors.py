"""The exceptions of MusicalFace, with the exit status of the command in parentheses.

MusicalFaceError          base class; catch this one
├── InputError            invalid input (2)
│   ├── PhotoError        a missing or unreadable photo
│   ├── AudioError        a missing or unreadable sound file
│   ├── VideoError        an unreadable video
│   ├── DataError         invalid data; the message has file and row
│   └── UnknownMoodError  a mood other than the four
├── MissingExtraError     an optional package is missing (2)
├── CameraError           no camera, or no picture from it (2)
├── ModelError            a model or its card is missing or damaged (1)
├── CatalogError          a song catalog is missing or damaged (1)
├── PlayerError           the songs can't be played (1)
│   ├── NoSongsError      the library has no songs of a mood (1)
│   ├── DeezerError       no preview from Deezer; `problem` is the reason (1)
│   └── SpotifyError      Spotify can't be used now; `problem` is the reason (1)
├── LibraryError          the music library is damaged or in use (1)
└── TrainingError         training can't start or continue (1)
"""


class MusicalFaceError(Exception):
    """Base class of all errors that MusicalFace raises; the text is a message for the user.

    `exit_status` is the exit status of the command.
    """

    exit_status = 1


class InputError(MusicalFaceError):
    """Invalid input: an argument, a file or a setting."""

    exit_status = 2


class PhotoError(InputError):
    """A photo is missing, unreadable, damaged or too large."""


class AudioError(InputError):
    """A sound file is missing or unreadable; the text starts with its path.

    `reason` is the same in two or three words. `lasting` is False if the file may be readable
    later: after a decoder is installed, or when its disk is back.
    """

    def __init__(self, text: str, reason: str = "unreadable", *, lasting: bool = True) -> None:
        super().__init__(text)
        self.reason = reason
        self.lasting = lasting


class VideoError(InputError):
    """A video is unreadable, has no picture, or is too large."""


class DataError(InputError):
    """A data file is missing or invalid; the text names the file and the row."""


class UnknownMoodError(InputError):
    """A mood other than angry, happy, relaxed and sad."""


class MissingExtraError(MusicalFaceError):
    """An optional package is missing; the text says how to install it."""

    exit_status = 2

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f'{what} needs an optional package: pip install "musicalface[{extra}]" '
            f'(in a checkout: pip install ".[{extra}]").'
        )


class CameraError(MusicalFaceError):
    """There is no camera, or it doesn't deliver a picture."""

    exit_status = 2


class ModelError(MusicalFaceError):
    """A model or its card is missing or damaged."""


class CatalogError(MusicalFaceError):
    """A song catalog is missing or damaged."""


class PlayerError(MusicalFaceError):
    """The songs can't be played, or not with this player."""


class NoSongsError(PlayerError):
    """The library has no songs with a clear mood of this kind."""

    problem = "no_songs"


class DeezerError(PlayerError):
    """Deezer gives no preview; `problem` is the name of a `players.deezer.Problem`."""

    def __init__(self, problem: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = problem


class SpotifyError(PlayerError):
    """Spotify can't be used now.

    `problem` is the name of a `players.spotify.Problem`; `until` is the end of the problem in
    seconds since 1970, or 0 if it is unknown.
    """

    def __init__(self, problem: str, sentence: str, until: float = 0) -> None:
        super().__init__(sentence)
        self.problem = problem
        self.until = until


class LibraryError(MusicalFaceError):
    """The music library is damaged, from a newer version, or in use by another process."""


class TrainingError(MusicalFaceError):
    """Training can't start or continue."""
