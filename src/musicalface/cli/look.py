"""`musicalface look`: faces in, songs out."""

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

from ..dj import Choose, choosing
from ..errors import InputError, MissingExtraError, PhotoError
from ..face import Prior, Reading, read_faces, resting
from ..face.prior import PRIORS
from ..face.quality import ADVICE
from ..face.read import expression_model
from ..files import written_aside
from ..mood import Mood
from ..songs import Pick
from . import documents, show
from .annotate import annotated
from .options import PATH, situation
from .sound import sound, spotify_of_person
from .sources import CAMERA, Name, named, photo_of
from .streams import print_json, printable
from .wish import Wish, song_options

_INCOMPLETE = 2
Read = Callable[[NDArray[np.uint8]], list[Reading]]


@dataclass(frozen=True)
class Look:
    """What came of one photo: readings and songs, or the reason why not."""

    path: str
    readings: list[Reading] = field(default_factory=list)
    picks: list[Pick] = field(default_factory=list)
    error: str = ""

    def document(self) -> dict[str, Any]:
        """The photo's entry in the JSON document."""
        if self.error:
            return {"path": self.path, "error": self.error}
        return documents.photo_document(self.path, self.readings, self.picks)

    @property
    def complaint(self) -> str:
        """A sentence for standard error; empty when all went well."""
        if self.error or self.clear:
            return self.error
        if not self.readings:
            return f"{self.path}: no face found. For songs without one: musicalface songs MOOD"
        problem = self.readings[0].quality.problem
        return f"{self.path}: the face is {problem} to be read: {ADVICE[problem]}."

    @property
    def clear(self) -> list[Reading]:
        """The faces that could be read, the largest first."""
        return [reading for reading in self.readings if reading.clear]


Tell = Callable[[Look], None]


@click.command()
@click.argument("photos", nargs=-1, metavar="PHOTO…")
@click.option("--camera", is_flag=True, help="Take the photo with this computer's camera.")
@click.option(
    "--model", metavar="NAME|PATH", help="Another expression model: cnn2018, or an .onnx."
)
@click.option(
    "--prior",
    type=click.Choice(PRIORS),
    help="How likely each expression is beforehand. Default: camera, or MUSICALFACE_PRIOR.",
)
@click.option(
    "--rest",
    multiple=True,
    metavar="PHOTO",
    help="Your face at rest, for faces that look sad or angry by nature; may be given again.",
)
@click.option(
    "--annotate",
    type=PATH,
    metavar="OUT.png",
    help="Write the photo with boxes and labels.",
)
@song_options
def command(
    photos: tuple[str, ...],
    camera: bool,
    model: str | None,
    prior: Prior | None,
    rest: tuple[str, ...],
    annotate: Path | None,
    wish: Wish,
) -> int:
    """Read the faces in photos, and name ten songs that fit the largest one.

    PHOTO is a picture, a folder of them, or - for standard input. Nothing leaves
    this computer and no picture is kept. Exit status 2: a photo could not be
    read, or had no face that can be.

    \b
    musicalface look me.jpg
    musicalface look holiday/ --songs 3 --json
    musicalface look --camera --play browser
    musicalface look me.jpg --play spotify --device kitchen
    musicalface look me.jpg --annotate seen.png
    """
    names = named(photos, camera)
    if annotate:
        _check_annotate(annotate, names)
    # A damaged model ends all; a damaged photo only itself.
    expression_model(model)
    known = resting(rest, model) if rest else None
    read = partial(read_faces, model=model, prior=prior or situation(), rest=known)
    tell = None if wish.as_json else partial(_tell, toward=wish.toward)
    with spotify_of_person() as spotify:
        with choosing(wish.songs, spotify) as choose:
            followed = _followed(names, wish.as_json)
            looks = [_look(name, read, choose, tell, annotate) for name in followed]
        if wish.as_json:
            print_json({"photos": [look.document() for look in looks]})
        first = next((look for look in looks if look.picks), None)
        if first:
            title = show.heading(first.clear[0].moods.mood, first.picks, wish.toward)
            sound(title, [pick.song for pick in first.picks], wish, spotify)
    return _INCOMPLETE if any(look.complaint for look in looks) else 0


def _check_annotate(out: Path, names: list[Name]) -> None:
    if len(names) > 1:
        raise InputError("--annotate takes one photo at a time.")
    if names == [CAMERA]:
        raise InputError("--annotate would keep the camera's picture, and none is ever kept.")
    if out.suffix.lower() != ".png" or (out.exists() and not out.is_file()):
        raise InputError(f"--annotate writes a .png file, and {out} is none.")
    if names[0] and out.exists() and Path(names[0]).exists() and out.samefile(names[0]):
        raise InputError("--annotate would overwrite the photo itself: name another file.")


def _followed(names: list[Name], as_json: bool) -> Iterable[Name]:
    """A progress bar, where the output itself does not show how far it is."""
    console = Console(stderr=True)
    shown = as_json and len(names) > 1 and console.is_terminal
    return track(names, "reading", console=console, transient=True, disable=not shown)


def _look(name: Name, read: Read, choose: Choose, tell: Tell | None, annotate: Path | None) -> Look:
    look, photo = _read(name, read, choose)
    if tell:
        tell(look)
    if look.complaint:
        click.echo(f"musicalface: {printable(look.complaint)}", err=True)
    if annotate and photo is not None:
        with written_aside(annotate) as aside:
            annotated(photo, look.readings).save(aside, "PNG")
    return look


def _read(name: Name, read: Read, choose: Choose) -> tuple[Look, NDArray[np.uint8] | None]:
    try:
        photo = photo_of(name)
    except (PhotoError, MissingExtraError) as error:
        if name is CAMERA:
            raise
        return Look(name, error=str(error)), None
    look = Look(name or "camera", read(photo))
    if look.clear:
        look.picks.extend(choose(look.clear[0].moods.mood))
    return look, photo


def _tell(look: Look, toward: Mood | None) -> None:
    console = Console(highlight=False)
    for number, reading in enumerate(look.readings, start=1):
        of = f"  face {number} of {len(look.readings)}" if len(look.readings) > 1 else ""
        show.face(printable(f"{look.path}{of}"), reading, console)
        console.print()
    if look.clear:
        show.songs(look.clear[0].moods.mood, look.picks, console, toward)
        console.print()
