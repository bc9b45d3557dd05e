"""Reads the photos of `musicalface look` and picks songs for each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from ..errors import MissingExtraError, PhotoError
from ..face import Reading, deciding
from ..face.photo_decoder import Photo
from ..face.quality import ADVICE
from ..files import atomic_write
from ..mood import Mood
from ..selection import SelectSongs, song_selector
from ..songs import Pick
from . import json_output, render
from .annotate import draw_readings
from .photo_inputs import CAMERA, PhotoName
from .playback import open_spotify, play_songs
from .song_options import SongOptions
from .stdio import print_json, printable

_INCOMPLETE = 2
LoadPhoto = Callable[[PhotoName], Photo]
ReadFaces = Callable[[NDArray[np.uint8]], list[Reading]]


@dataclass(frozen=True)
class PhotoResult:
    """The result for one photo: readings and songs, or an error.

    `scale` is the width and height of the photo as multiples of those of the pixels that were read.
    """

    path: str
    readings: list[Reading] = field(default_factory=list)
    scale: tuple[float, float] = (1, 1)
    picks: list[Pick] = field(default_factory=list)
    error: str = ""

    def document(self) -> dict[str, Any]:
        """The photo's entry in the JSON document."""
        if self.error:
            return {"path": self.path, "error": self.error}
        readings = [reading.scaled(*self.scale) for reading in self.readings]
        return json_output.photo_document(self.path, readings, self.picks)

    @property
    def problem(self) -> str:
        """A message for standard error; empty on success."""
        if self.error or self.mood:
            return self.error
        if not self.readings:
            return f"{self.path}: No face found. To pick a mood yourself: musicalface songs MOOD"
        problem = self.readings[0].quality.problem
        face = "The largest face" if len(self.readings) > 1 else "The face"
        return f"{self.path}: {face} is {problem}: {ADVICE[problem]}."

    @property
    def mood(self) -> Mood | None:
        """The mood that the songs are chosen for; None if no face is readable."""
        decides = deciding(self.readings)
        return decides.moods.mood if decides else None


PrintResult = Callable[[PhotoResult], None]


def look_at_photos(
    names: list[PhotoName],
    load: LoadPhoto,
    read: ReadFaces,
    annotate: Path | None,
    options: SongOptions,
) -> int:
    """Reads photos, prints and plays the songs, and returns the exit status."""
    print_result = None if options.as_json else partial(_print_result, toward=options.toward)
    with open_spotify() as spotify:
        with song_selector(options.request, spotify) as select:
            inputs = _with_progress(names, options.as_json)
            results = [
                _process_photo(name, load, read, select, print_result, annotate) for name in inputs
            ]
        if options.as_json:
            print_json({"photos": [result.document() for result in results]})
        first = next((result for result in results if result.picks), None)
        if first and first.mood:
            title = render.heading(first.mood, first.picks, options.toward)
            play_songs(title, [pick.song for pick in first.picks], options, spotify)
    return _INCOMPLETE if any(result.problem for result in results) else 0


def _with_progress(names: list[PhotoName], as_json: bool) -> Iterable[PhotoName]:
    """Adds a progress bar for JSON output, which is only printed at the end."""
    console = Console(stderr=True)
    shown = as_json and len(names) > 1 and console.is_terminal
    return track(names, "reading", console=console, transient=True, disable=not shown)


def _process_photo(
    name: PhotoName,
    load: LoadPhoto,
    read: ReadFaces,
    select: SelectSongs,
    print_result: PrintResult | None,
    annotate: Path | None,
) -> PhotoResult:
    result, photo = _read_photo(name, load, read, select)
    if print_result:
        print_result(result)
    if result.problem:
        click.echo(f"musicalface: {printable(result.problem)}", err=True)
    if annotate and photo is not None:
        with atomic_write(annotate) as temporary:
            draw_readings(photo.pixels, result.readings).save(temporary, "PNG")
    return result


def _read_photo(
    name: PhotoName, load: LoadPhoto, read: ReadFaces, select: SelectSongs
) -> tuple[PhotoResult, Photo | None]:
    try:
        photo = load(name)
    except (PhotoError, MissingExtraError) as error:
        if name is CAMERA:
            raise
        return PhotoResult(name, error=str(error)), None
    result = PhotoResult(name or "camera", read(photo.pixels), photo.scale)
    if result.mood:
        result.picks.extend(select(result.mood))
    return result, photo


def _print_result(result: PhotoResult, toward: Mood | None) -> None:
    console = Console(highlight=False)
    for number, reading in enumerate(result.readings, start=1):
        of = f"  face {number} of {len(result.readings)}" if len(result.readings) > 1 else ""
        render.print_reading(printable(f"{result.path}{of}"), reading, console)
        console.print()
    if result.mood:
        render.print_songs(result.mood, result.picks, console, toward)
        console.print()
