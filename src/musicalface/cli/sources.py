"""Where the photos of `look` come from: files, folders, standard input, the camera."""

import sys
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from .. import settings
from ..errors import CameraError, PhotoError
from ..face import read_photo
from ..face.camera import require_camera_extra, take_photo
from ..face.photo import MAX_BYTES, photos_in
from .streams import read_stdin

STDIN, CAMERA = "-", None
Name = str | None
"""A file's name; STDIN, or CAMERA, which no file can be called."""


def named(photos: tuple[str, ...], camera: bool) -> list[Name]:
    """The names of all photos, those of folders included; raises PhotoError and UsageError."""
    if camera == bool(photos):
        raise click.UsageError("Name a photo, a folder or -, or use --camera.")
    if camera:
        return [CAMERA]
    if len(photos) == 1 and _is_folder(photos[0]):
        return [str(path) for path in photos_in(Path(photos[0]))]
    return [found for name in photos for found in _within(name)]


def _within(name: str) -> list[str]:
    """The photos of a folder; the folder itself, to be complained of, when it has none."""
    try:
        return [str(path) for path in photos_in(Path(name))] if _is_folder(name) else [name]
    except PhotoError:
        return [name]


def _is_folder(name: str) -> bool:
    try:
        return bool(name) and Path(name).is_dir()
    except OSError:  # a name that is too long
        return False


def photo_of(name: Name) -> NDArray[np.uint8]:
    """Its pixels (H, W, 3) uint8 RGB; raises PhotoError, CameraError and MissingExtraError."""
    if name is CAMERA:
        return _from_camera()
    if name == STDIN:
        return read_photo(read_stdin(MAX_BYTES + 1))
    if _is_folder(name):
        raise PhotoError(f"The folder {name} holds no photos.")
    return read_photo(name)


def _from_camera() -> NDArray[np.uint8]:
    require_camera_extra()
    click.echo(
        "A computer program is about to read your expression: it takes one picture with the "
        "camera,\nreads it on this computer, and keeps nothing. "
        "Press Enter to take it, Ctrl-C not to.",
        err=True,
    )
    if sys.stdin is None or not sys.stdin.readline():
        raise CameraError("Nobody pressed Enter: no picture was taken.")
    return take_photo(settings.camera())
