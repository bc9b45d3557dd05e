"""Inputs of `look`: files, folders, standard input, the camera."""

import sys
from pathlib import Path

import click

from .. import settings
from ..errors import CameraError, PhotoError
from ..face.camera import find_cameras, require_camera_extra, take_photo
from ..face.photo_decoder import Photo
from ..face.photo_reader import MAX_BYTES_IN_MEMORY, list_photos, read_reduced
from .stdio import printable, read_stdin

STDIN, CAMERA, LIST = "-", None, "list"
PhotoName = str | None
"""A file name, STDIN, or CAMERA (None, so that it can't collide with a file name)."""


def expand_names(photos: tuple[str, ...], camera: bool) -> list[PhotoName]:
    """The names of all photos, including those in folders; raises PhotoError and UsageError."""
    if camera == bool(photos):
        raise click.UsageError("Give a photo, a folder or -, or use --camera.")
    if camera:
        return [CAMERA]
    if len(photos) == 1 and _is_folder(photos[0]):
        return [str(path) for path in list_photos(Path(photos[0]))]
    return [photo for name in photos for photo in _photos_in_folder(name)]


def _photos_in_folder(name: str) -> list[str]:
    """The photos in a folder; the folder itself if it has none, so that `load_photo` reports it."""
    try:
        return [str(path) for path in list_photos(Path(name))] if _is_folder(name) else [name]
    except PhotoError:
        return [name]


def _is_folder(name: str) -> bool:
    try:
        return bool(name) and Path(name).is_dir()
    except OSError:  # a name that is too long
        return False


def camera_source(device: str) -> int | str | None:
    """The camera for `--device`: a number, or None for "list". Raises UsageError and CameraError.

    Without a device it is that of the settings.
    """
    if device in ("", LIST):
        return None if device else settings.camera_source()
    if not device.isdecimal():
        raise click.UsageError("With --camera, --device takes a camera's number, or list.")
    if int(device) not in (known := find_cameras()):
        raise CameraError(f"There is no camera {device}. {_cameras(known)}")
    return int(device)


def list_cameras() -> None:
    """Prints the number and name of each camera; raises CameraError if there is none."""
    known = find_cameras()
    if not known:
        raise CameraError(_cameras(known))
    for number, name in known.items():
        click.echo(f"{number}  {printable(name)}")


def _cameras(known: dict[int, str]) -> str:
    if not known:
        return "No camera was found. Connect one, or use a photo instead."
    return f"Choose {', '.join(f'{number} ({name})' for number, name in known.items())}."


def load_photo(name: PhotoName, source: int | str = 0) -> Photo:
    """Reads a photo at 16 megapixels or less; raises PhotoError, CameraError, MissingExtraError.

    `source` is the camera.
    """
    if name is CAMERA:
        return _from_camera(source)
    if name == STDIN:
        return read_reduced(read_stdin(MAX_BYTES_IN_MEMORY + 1))
    if _is_folder(name):
        raise PhotoError(f"The folder {name} has no photos. Choose another folder.")
    return read_reduced(name)


def _from_camera(source: int | str) -> Photo:
    require_camera_extra()
    click.echo(
        "This program reads your facial expression. It takes one picture with the camera,\n"
        "reads it on this computer, and saves nothing. "
        "Press Enter to take the picture, or Ctrl-C to cancel.",
        err=True,
    )
    if sys.stdin is None or not sys.stdin.readline():
        raise CameraError("Cancelled. No picture was taken.")
    pixels = take_photo(source)
    return Photo(pixels, (pixels.shape[1], pixels.shape[0]))
