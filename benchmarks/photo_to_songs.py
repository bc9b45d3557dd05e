"""Benchmark from a photo to ten songs, stage by stage.

    python benchmarks/photo_to_songs.py [PHOTO] [--runs 15]

The first table covers the stages in one process: the first run, which loads the models,
and the median of the others. The second table covers whole processes.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import musicalface as mf
from musicalface.face.align import align_faces
from musicalface.face.expression_classifier import expression_probabilities, load_expression_model
from musicalface.face.image_ops import gray
from musicalface.mood import MoodScores

PORTRAIT = Path(__file__).parent.parent / "examples" / "portrait.png"
IMPORT = "import musicalface"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("photo", nargs="?", type=Path, default=PORTRAIT)
    options.add_argument("--runs", type=int, default=15)
    arguments = options.parse_args()
    times = [stages(arguments.photo) for _ in range(arguments.runs + 1)]
    print(f"{'stage':<28}{'first':>9}{'median':>9}   ms")
    for name, first in times[0].items():
        print(f"{name:<28}{first:>9.1f}{statistics.median(t[name] for t in times[1:]):>9.1f}")
    print(f"\n{'whole process':<28}{'min':>9}{'median':>9}   ms")
    look = [sys.executable, "-m", "musicalface", "look", str(arguments.photo), "--json"]
    for name, command in {
        "python": [sys.executable, "-c", ""],
        "python, " + IMPORT: [sys.executable, "-c", IMPORT],
        "musicalface look": look,
    }.items():
        durations = [process(command) for _ in range(arguments.runs)]
        print(f"{name:<28}{min(durations):>9.1f}{statistics.median(durations):>9.1f}")


def stages(path: Path) -> dict[str, float]:
    """Returns the milliseconds of each stage."""
    durations: dict[str, float] = {}

    def timed(name: str, stage: Callable[..., Any], *inputs: Any) -> Any:
        started = time.perf_counter()
        result = stage(*inputs)
        durations[name] = (time.perf_counter() - started) * 1000
        return result

    photo = timed("read the photo", mf.read_photo, path)
    faces = timed("find faces", mf.find_faces, photo)
    crops = timed(
        "align", lambda: align_faces(gray(photo), faces, load_expression_model(None).side)
    )
    read = timed("read expressions", expression_probabilities, crops)
    mood = timed("mood", MoodScores.from_expressions, read[0]).mood
    catalog = timed("open the catalog", mf.open_catalog)
    with catalog:
        timed("choose ten songs", mf.choose_songs, catalog, mood)
    return durations


def process(command: list[str]) -> float:
    """Returns the milliseconds of a whole process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
