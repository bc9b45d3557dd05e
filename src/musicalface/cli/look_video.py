"""Reads the video of `musicalface look` into a mood curve and picks songs along it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
from rich.console import Console

from ..errors import InputError, VideoError
from ..face.mood_curve import MAX_POINTS, MoodCurve, ReadFaces, read_curve, step_for
from ..face.quality import ADVICE
from ..face.video import Video, open_video
from ..face.video_formats import is_video
from ..files import atomic_write, check_not_an_input
from ..selection import SpotifyLookup, song_selector
from ..songs import Pick
from . import INTERRUPTED
from .curve_plot import draw_curve
from .curve_report import curve_document, print_curve, print_curve_csv, print_walk, walk_heading
from .photo_inputs import STDIN
from .playback import open_spotify, play_songs
from .progress_bars import progress_bar
from .song_options import SongOptions
from .stdio import print_json, printable
from .video_time import clock

_INCOMPLETE = 2
_DEFAULT_STEP = 1.0
_EARLY_SHARE = 0.05


@dataclass(frozen=True)
class VideoOptions:
    """The options of `look` that are for videos."""

    every: float | None  # seconds
    as_csv: bool
    plot: Path | None

    @property
    def given(self) -> bool:
        """True if at least one option is used."""
        return self.every is not None or self.as_csv or self.plot is not None

    def check(self, video: Path, options: SongOptions, *, annotate: bool) -> None:
        """Raises UsageError and InputError if the options don't fit together or the video."""
        if annotate:
            raise click.UsageError("--annotate is for a photo. For a video, use --plot.")
        if options.toward:
            raise click.UsageError("--toward is for photos: a video's songs follow its moods.")
        if self.as_csv and options.as_json:
            raise click.UsageError("Choose --csv or --json.")
        if self.plot:
            self._check_plot(self.plot, video)

    @staticmethod
    def _check_plot(out: Path, video: Path) -> None:
        if out.suffix.lower() != ".svg" or (out.exists() and not out.is_file()):
            raise InputError(f"--plot writes an .svg file, and {out} isn't one. Choose another.")
        check_not_an_input(out, [video])


def find_video(names: Sequence[str]) -> Path | None:
    """The video among the arguments, by content; raises InputError unless it stands alone."""
    videos = [Path(name) for name in names if name != STDIN and is_video(Path(name))]
    if videos and len(names) > 1:
        raise InputError(f"{videos[0]} is a video. Give one video at a time, without photos.")
    return next(iter(videos), None)


def look_at_video(path: Path, read: ReadFaces, how: VideoOptions, options: SongOptions) -> int:
    """Reads a video, prints the curve and the songs, plays them, and returns the exit status.

    After Ctrl-C it goes on with what was read, but plays nothing, and the status is INTERRUPTED.
    """
    with open_video(path) as video:
        curve = MoodCurve(step_for(video.seconds, how.every or _DEFAULT_STEP))
        _print_step(video, curve.step, how.every or _DEFAULT_STEP)
        interrupted = _read(video, read, curve)
    if not curve.points and not interrupted:
        raise VideoError(f"{path} has no picture that can be decoded. Choose another video.")
    problem = _problem(video, curve, interrupted)
    with open_spotify() as spotify:
        picks = _pick(curve, how, options, spotify)
        _print(path, curve, picks, how, options)
        if problem:
            click.echo(f"musicalface: {printable(problem)}", err=True)
        if how.plot and curve.points:
            with atomic_write(how.plot) as temporary:
                temporary.write_text(draw_curve(curve, path.name), encoding="utf-8")
        if not interrupted:
            play_songs(walk_heading(picks), [pick.song for pick in picks], options, spotify)
    return INTERRUPTED if interrupted else _INCOMPLETE if problem else 0


def _print_step(video: Video, step: float, every: float) -> None:
    if step > every:
        click.echo(
            f"{printable(video.name)} is {clock(video.seconds or 0)} long: it is read every "
            f"{step:.1f} seconds, for at most {MAX_POINTS:,} pictures.",
            err=True,
        )


def _read(video: Video, read: ReadFaces, curve: MoodCurve) -> bool:
    """Reads the video into the curve; True if Ctrl-C stopped it."""
    try:
        with progress_bar("pictures") as step:
            for at in read_curve(video, read, curve):
                step(1, min(1.0, at / video.seconds) if video.seconds else 0.0)
    except KeyboardInterrupt:
        return True
    return False


def _problem(video: Video, curve: MoodCurve, interrupted: bool) -> str:
    """Why the curve is incomplete, as a sentence; empty if it isn't."""
    read = clock(curve.seconds)
    if interrupted:
        return f"Stopped. {video.name} was read up to {read}."
    if not curve.readings:
        return _faceless(video, curve)
    missing = (video.seconds or 0) - curve.seconds
    if missing > max(2 * curve.step, _EARLY_SHARE * (video.seconds or 0)):
        whole = clock(video.seconds or 0)
        return f"{video.name} ends at {read} of {whole}: it may be cut off or damaged."
    return ""


def _faceless(video: Video, curve: MoodCurve) -> str:
    problems = [p.reading.quality.problem for p in curve.points if p.reading]
    if not problems:
        return f"{video.name}: No face found. To pick a mood yourself: musicalface songs MOOD"
    most = max(problems, key=problems.count)
    return f"{video.name}: The face is {most}: {ADVICE[most]}."


def _pick(
    curve: MoodCurve, how: VideoOptions, options: SongOptions, spotify: SpotifyLookup | None
) -> list[Pick]:
    """One song for each stretch; none if there is no face, or if a CSV needs no songs."""
    used = options.play or options.save or options.playlist or options.open_first
    if not curve.readings or (how.as_csv and not used):
        return []
    walk = tuple(stretch.moods for stretch in curve.stretches(options.count))
    with song_selector(replace(options.request, walk=walk), spotify) as select:
        return select(curve.moods.mood)


def _print(
    path: Path, curve: MoodCurve, picks: list[Pick], how: VideoOptions, options: SongOptions
) -> None:
    stretches = curve.stretches(options.count) if curve.readings else []
    if options.as_json:
        print_json({"video": curve_document(str(path), curve, stretches, picks)})
    elif how.as_csv:
        print_curve_csv(curve)
    elif curve.points:
        console = Console(highlight=False)
        print_curve(printable(str(path)), curve, console)
        print_walk(stretches, picks, console)
