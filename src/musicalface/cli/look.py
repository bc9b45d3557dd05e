"""`musicalface look`: reads faces in photos or a video and picks songs."""

from functools import partial
from pathlib import Path

import click

from ..errors import InputError
from ..face import (
    Prior,
    RestingFace,
    find_faces,
    kept_resting_face,
    read_known_faces,
    read_resting_face,
)
from ..face.expression_classifier import load_expression_model
from ..face.prior import PRIORS
from .look_photos import look_at_photos
from .look_video import VideoOptions, find_video, look_at_video
from .options import PATH, default_prior
from .photo_inputs import CAMERA, PhotoName, camera_source, expand_names, list_cameras, load_photo
from .song_options import SongOptions, song_options


@click.command()
@click.argument("photos", nargs=-1, metavar="PHOTO…")
@click.option("--camera", is_flag=True, help="Take the photo with this computer's camera.")
@click.option(
    "--model", metavar="NAME|PATH", help="Another expression model: cnn2018 or an .onnx file."
)
@click.option(
    "--prior",
    type=click.Choice(PRIORS),
    help="Prior probabilities of the expressions. Default: MUSICALFACE_PRIOR, or camera.",
)
@click.option(
    "--rest",
    multiple=True,
    metavar="PHOTO",
    help="A photo of your neutral face, if it looks sad or angry at rest. Can be repeated.",
)
@click.option("--no-rest", is_flag=True, help="Ignore the neutral face that the app keeps.")
@click.option(
    "--annotate",
    type=PATH,
    metavar="OUT.png",
    help="Write a copy of the photo with boxes and labels.",
)
@click.option(
    "--every",
    type=click.FloatRange(0.04, 3600),
    metavar="SECONDS",
    help="Video: seconds between two pictures that are read. Default: 1.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Video: print the mood curve as CSV.")
@click.option("--plot", type=PATH, metavar="OUT.svg", help="Video: draw the mood curve.")
@song_options
def command(
    photos: tuple[str, ...],
    camera: bool,
    model: str | None,
    prior: Prior | None,
    rest: tuple[str, ...],
    no_rest: bool,
    annotate: Path | None,
    every: float | None,
    as_csv: bool,
    plot: Path | None,
    options: SongOptions,
) -> int:
    """Read the faces in photos or a video and pick ten songs for the largest one.

    PHOTO is a picture, a folder of pictures, - for standard input, or one video. The
    songs of a video follow the main face's mood over time. Nothing leaves this computer
    and no picture is saved. Exit status 2: a photo or video is unreadable or has no
    readable face.

    \b
    musicalface look me.jpg
    musicalface look holiday/ --songs 3 --json
    musicalface look --camera --play browser
    musicalface look --camera --device 1
    musicalface look me.jpg --play spotify --device kitchen
    musicalface look me.jpg --annotate seen.png
    musicalface look clip.mp4 --every 0.5 --plot moods.svg
    """
    video = find_video(photos)
    video_options = VideoOptions(every, as_csv, plot)
    names = [] if video else expand_names(photos, camera)
    source = camera_source(options.device if camera and options.play != "spotify" else "")
    if source is None:
        list_cameras()
        return 0
    if video:
        video_options.check(video, options, annotate=annotate is not None)
    elif video_options.given:
        raise click.UsageError("--every, --csv and --plot are for a video.")
    elif annotate:
        _check_annotate(annotate, names)
    # Load the model first: an error in it ends the command; one in a photo doesn't.
    load_expression_model(model)
    resting_face = _resting_face(rest, model, no_rest)
    read = partial(
        read_known_faces, model=model, prior=prior or default_prior(), resting_face=resting_face
    )
    if video:
        return look_at_video(
            video,
            lambda frame: read(frame, find_faces(frame, upright=True)),
            video_options,
            options,
        )
    return look_at_photos(
        names,
        partial(load_photo, source=source),
        lambda photo: read(photo, find_faces(photo)),
        annotate,
        options,
    )


def _resting_face(rest: tuple[str, ...], model: str | None, no_rest: bool) -> RestingFace | None:
    """The one of the photos of `--rest`; else the one that the app keeps, for the default model."""
    if rest and no_rest:
        raise click.UsageError("Give --rest or --no-rest, not both.")
    if rest:
        return read_resting_face(rest, model)
    kept = None if model or no_rest else kept_resting_face.load()
    if kept:
        click.echo("Corrected for the neutral face that you keep in the app (--no-rest).", err=True)
    return kept


def _check_annotate(out: Path, names: list[PhotoName]) -> None:
    if len(names) > 1:
        raise InputError("--annotate takes one photo at a time. Run the command for each photo.")
    if names == [CAMERA]:
        raise InputError("--annotate doesn't work with --camera: camera pictures are never saved.")
    if out.suffix.lower() != ".png" or (out.exists() and not out.is_file()):
        raise InputError(f"--annotate writes a .png file, and {out} isn't one. Choose another.")
    if names[0] and out.exists() and Path(names[0]).exists() and out.samefile(names[0]):
        raise InputError("--annotate would overwrite the photo itself. Choose another file.")
