"""Everything MusicalFace raises on purpose.

MusicalFaceError          catch this one; `exit_status` is the command's
├── InputError            what was handed in cannot be used (2)
│   ├── PhotoError        no photo, or one that cannot be read
│   ├── DataError         a data file with a fault; names file and row
│   └── UnknownMoodError  a mood that is none of the four
├── MissingExtraError     an optional package is needed (2)
├── CameraError           no camera, or it gives no picture (2)
├── ModelError            a model or its card is damaged (1)
├── CatalogError          a song catalog is damaged (1)
├── PlayerError           the songs cannot be played so (1)
│   └── SpotifyError      Spotify cannot be used now; its `problem` says why (1)
├── LibraryError          the person's music library is damaged, or in use (1)
└── TrainingError         a training cannot start or go on (1)
"""


class MusicalFaceError(Exception):
    """Base of all errors raised on purpose; its text is one sentence for the person."""

    exit_status = 1


class InputError(MusicalFaceError):
    """What was handed in cannot be used."""

    exit_status = 2


class PhotoError(InputError):
    """There is no photo, or it cannot be read as one."""


class DataError(InputError):
    """A data file has a fault; the text names the file and the row."""


class UnknownMoodError(InputError):
    """A mood that is none of angry, happy, relaxed and sad."""


class MissingExtraError(MusicalFaceError):
    """An optional package is needed for this."""

    exit_status = 2

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f'{what} needs an extra: pip install "musicalface[{extra}]" '
            f'(in a checkout: pip install ".[{extra}]").'
        )


class CameraError(MusicalFaceError):
    """The camera is missing, or gives no picture."""

    exit_status = 2


class ModelError(MusicalFaceError):
    """A model or its card is missing or damaged."""


class CatalogError(MusicalFaceError):
    """A song catalog is missing or damaged."""


class PlayerError(MusicalFaceError):
    """The songs cannot be played, or not in this way."""


class SpotifyError(PlayerError):
    """Spotify cannot be used now; `problem` is one of `players.spotify.Problem`."""

    def __init__(self, problem: str, sentence: str, until: float = 0) -> None:
        super().__init__(sentence)
        self.problem = problem
        self.until = until  # seconds since 1970; 0 where nothing is known of an end


class LibraryError(MusicalFaceError):
    """The person's music library is damaged, of a newer program, or another one writes it."""


class TrainingError(MusicalFaceError):
    """A training cannot start or go on."""
