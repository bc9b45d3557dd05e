"""Mood curves as text, CSV and JSON. The JSON keys are documented in docs/json.md."""

import csv
import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..face.mood_curve import CurvePoint, MoodCurve, Stretch
from ..mood import EXPRESSIONS, MOODS, Mood
from ..songs import Pick
from . import json_output
from .render import COLOURS, mood_sentence, print_picks
from .video_time import clock

_WIDEST = 60
_LEVELS, _ASCII_LEVELS = " ▁▂▃▄▅▆▇█", " .:-=+*#@"
_NAME = len(Mood.RELAXED)


def print_curve(title: str, curve: MoodCurve, console: Console) -> None:
    """Prints one line of bars per mood over the time of the video, and the average mood."""
    readable, points = len(curve.readings), len(curve.points)
    console.print(Text(title, "bold"), soft_wrap=True)
    console.print(
        f"  {clock(curve.seconds)}, {points:,} pictures, {readable:,} with a readable face"
    )
    if not readable:
        return
    columns = min(_WIDEST, max(10, console.width - _NAME - 9))
    levels = _LEVELS if console.encoding.startswith("utf") else _ASCII_LEVELS
    table = Table.grid(padding=(0, 1))
    average = curve.moods.as_dict()
    for mood in MOODS:
        bars = "".join(_bar(part, mood, levels) for part in _parts(curve.points, columns))
        table.add_row("", Text(mood, "dim"), Text(bars, COLOURS[mood]), f"{average[mood]:>4.0%}")
    end = clock(curve.seconds)
    table.add_row("", "", Text(f"0:00{end:>{max(columns - 4, len(end) + 1)}}", "dim"), "")
    console.print(table)
    if curve.moods.sure:
        console.print(mood_sentence(curve.moods, "looks mostly"))
    console.print()


def _parts(points: Sequence[CurvePoint], count: int) -> list[Sequence[CurvePoint]]:
    """Divides the points into parts of at least one; if there are too few, they are repeated."""
    edges = [len(points) * i // count for i in range(count + 1)]
    return [points[i : max(i + 1, j)] for i, j in pairwise(edges)]


def _bar(points: Sequence[CurvePoint], mood: Mood, levels: str) -> str:
    """A bar of 1 to 8 eighths; a blank without a readable face."""
    shares = [point.clear.moods.as_dict()[mood] for point in points if point.clear]
    if not shares:
        return levels[0]
    return levels[max(1, round(sum(shares) / len(shares) * (len(levels) - 1)))]


def walk_heading(picks: Sequence[Pick]) -> str:
    """A heading with the number of songs."""
    return f"{len(picks)} song{' that follows' if len(picks) == 1 else 's that follow'} the video"


def print_walk(stretches: Sequence[Stretch], picks: Sequence[Pick], console: Console) -> None:
    """Prints the songs, each with the time from which it fits."""
    if picks:
        console.print(Text(walk_heading(picks), "bold"))
        print_picks(picks, console, [clock(stretches[pick.stretch or 0].start) for pick in picks])
        console.print()


def print_curve_csv(curve: MoodCurve) -> None:
    """Prints one row per point; the cells of a face that can't be read are empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["seconds", "problem", *EXPRESSIONS, *(f"mood_{mood}" for mood in MOODS)])
    for point in curve.points:
        document = _point_document(point)
        expressions, moods = document["expressions"] or {}, document["moods"] or {}
        writer.writerow(
            [document["at"], document["problem"] or ""]
            + [expressions.get(each, "") for each in EXPRESSIONS]
            + [moods.get(each, "") for each in MOODS]
        )
    click.echo(out.getvalue(), nl=False)


def curve_document(
    path: str, curve: MoodCurve, stretches: Sequence[Stretch], picks: Sequence[Pick]
) -> dict[str, Any]:
    """A video: its points, the average mood, and a song for each stretch."""
    return {
        "path": path,
        "seconds": round(curve.seconds, 3),
        "step": round(curve.step, 3),
        "points": [_point_document(point) for point in curve.points],
        **(json_output.moods_document(curve.moods) if curve.readings else json_output.NO_MOOD),
        "songs": [_song_document(pick, stretches) for pick in picks],
    }


def _song_document(pick: Pick, stretches: Sequence[Stretch]) -> dict[str, Any]:
    stretch = stretches[pick.stretch or 0]
    times = {"from": round(stretch.start, 3), "to": round(stretch.end, 3)}
    return {**json_output.song_document(pick), **times}


def _point_document(point: CurvePoint) -> dict[str, Any]:
    reading = point.reading
    if reading is None:
        return {"at": round(point.at, 3), "problem": "no face", **_UNREAD}
    if not reading.clear:
        return {"at": round(point.at, 3), "problem": reading.quality.problem, **_UNREAD}
    return {
        "at": round(point.at, 3),
        "problem": None,
        "expressions": json_output.rounded(reading.expressions),
        **json_output.moods_document(reading.moods),
    }


_UNREAD = {"expressions": None, **json_output.NO_MOOD}
