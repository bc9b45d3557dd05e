"""How long a photo takes to become ten songs, stage by stage.

    python benchmarks/look.py [PHOTO] [--runs 15]

The first table is of one process, each stage the median of its runs (the first,
which loads models, stands beside it). The second is of whole processes.
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
from musicalface.face.align import aligned
from musicalface.face.pixels import gray
from musicalface.face.read import expressions
from musicalface.mood import MoodScores

PORTRAIT = Path(__file__).parent.parent / "examples" / "portrait.png"
IMPORT = "import musicalface"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("photo", nargs="?", type=Path, default=PORTRAIT)
    options.add_argument("--runs", type=int, default=15)
    given = options.parse_args()
    times = [stages(given.photo) for _ in range(given.runs + 1)]
    print(f"{'stage':<28}{'first':>9}{'median':>9}   ms")
    for name, first in times[0].items():
        print(f"{name:<28}{first:>9.1f}{statistics.median(t[name] for t in times[1:]):>9.1f}")
    print(f"\n{'whole process':<28}{'least':>9}{'median':>9}   ms")
    look = [sys.executable, "-m", "musicalface", "look", str(given.photo), "--json"]
    for name, command in {
        "python": [sys.executable, "-c", ""],
        "python, " + IMPORT: [sys.executable, "-c", IMPORT],
        "musicalface look": look,
    }.items():
        took = [process(command) for _ in range(given.runs)]
        print(f"{name:<28}{min(took):>9.1f}{statistics.median(took):>9.1f}")


def stages(path: Path) -> dict[str, float]:
    """Milliseconds of each stage."""
    took: dict[str, float] = {}

    def timed(name: str, stage: Callable[..., Any], *inputs: Any) -> Any:
        started = time.perf_counter()
        result = stage(*inputs)
        took[name] = (time.perf_counter() - started) * 1000
        return result

    photo = timed("read the photo", mf.read_photo, path)
    faces = timed("find faces", mf.find_faces, photo)
    crops = timed("align", lambda: aligned(gray(photo), faces))
    read = timed("read expressions", expressions, crops)
    mood = timed("mood", MoodScores.from_expressions, read[0]).mood
    catalog = timed("open the catalog", mf.open_catalog)
    with catalog:
        timed("choose ten songs", mf.choose_songs, catalog, mood)
    return took


def process(command: list[str]) -> float:
    """Milliseconds of a whole process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
