"""How long a face takes, on one core: each stage, and beside the package `fer`.

    python benchmarks/faces.py [--runs 40] [--peer PYTHON]

PYTHON is the interpreter of an environment with `fer` (pip install fer: about 8 GB).
All candidates see the same 640x480 frame in turn, run by run, so that whatever else
the machine does falls on all of them.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import musicalface as mf
from musicalface.face.align import aligned
from musicalface.face.detect import follow_faces
from musicalface.face.pixels import gray
from musicalface.face.read import expressions

PORTRAIT = Path(__file__).parent.parent / "examples" / "portrait.png"
PEER = """
import os, sys, time
import numpy as np
from fer.fer import FER
out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
frame = np.load(sys.argv[1])[:, :, ::-1].copy()
detectors = {"Haar": FER(), "MTCNN": FER(mtcnn=True)}
for line in sys.stdin:
    detector = detectors[line.strip()]
    started = time.perf_counter()
    faces = detector.detect_emotions(frame)
    print(len(faces), (time.perf_counter() - started) * 1000, file=out, flush=True)
"""
Stage = Callable[[], object]


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--runs", type=int, default=40)
    options.add_argument("--peer", metavar="PYTHON", help="python with the package fer")
    given = options.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    frame = made_frame()
    table("stage", medians(stages(frame), given.runs))
    with TemporaryDirectory() as folder, peers(given.peer, frame, Path(folder)) as others:
        times = medians(wholes(frame) | others, given.runs)
    table("a frame, from pixels to a reading", times, ratios=True)


def made_frame() -> NDArray[np.uint8]:
    """640x480 RGB with the portrait in it."""
    picture = Image.new("RGB", (640, 480), (90, 110, 100))
    picture.paste(Image.open(PORTRAIT).convert("RGB").resize((480, 480)), (80, 0))
    return np.asarray(picture)


def stages(frame: NDArray[np.uint8]) -> dict[str, Stage]:
    """Each stage on its own."""
    faces = mf.find_faces(frame)
    shades = gray(frame)
    crops = aligned(shades, faces)
    eight = np.repeat(crops, 8, axis=0)
    return {
        "find the face": lambda: mf.find_faces(frame),
        "follow it": lambda: follow_faces(frame, faces),
        "gray": lambda: gray(frame),
        "align": lambda: aligned(shades, faces),
        "read one face": lambda: expressions(crops),
        "read eight faces, one batch": lambda: expressions(eight),
        "read eight faces, one by one": lambda: [expressions(crop[None]) for crop in eight],
    }


def wholes(frame: NDArray[np.uint8]) -> dict[str, Stage]:
    """Detect and read, and follow and read."""
    known = mf.find_faces(frame)
    return {
        "musicalface, finding": lambda: mf.read_faces(frame),
        "musicalface, following": lambda: mf.read_known_faces(frame, follow_faces(frame, known)),
    }


@contextmanager
def peers(python: str | None, frame: NDArray[np.uint8], folder: Path) -> Iterator[dict[str, Stage]]:
    """The package fer with each of its detectors, in a process of its own."""
    if not python:
        print("fer is left out: name a python that has it with --peer")
        yield {}
        return
    path = folder / "frame.npy"
    np.save(path, frame)
    worker = subprocess.Popen(
        [python, "-c", PEER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    def ask(detector: str) -> float:
        assert worker.stdin
        assert worker.stdout
        print(detector, file=worker.stdin, flush=True)
        answer = worker.stdout.readline().split()
        if len(answer) != 2:
            sys.exit(f"{python} cannot run fer: pip install fer there.")
        if answer[0] != "1":
            print(f"fer with {detector} finds {answer[0]} faces", file=sys.stderr)
        return float(answer[1])

    try:
        yield {f"fer, {name}": partial(ask, name) for name in ("Haar", "MTCNN")}
    finally:
        worker.terminate()
        worker.communicate()


def medians(candidates: dict[str, Stage], runs: int) -> dict[str, tuple[float, float]]:
    """Least and median milliseconds of each, all in turn; a first round is not counted."""
    took: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(runs + 1):
        for name, stage in candidates.items():
            started = time.perf_counter()
            answer: Any = stage()
            elapsed = (time.perf_counter() - started) * 1000
            if number:  # a peer tells its own time
                took[name].append(answer if isinstance(answer, float) else elapsed)
    return {name: (min(times), statistics.median(times)) for name, times in took.items()}


def table(title: str, times: dict[str, tuple[float, float]], ratios: bool = False) -> None:
    first = next(iter(times.values()))[1]
    print(f"\n{title:<36}{'least':>8}{'median':>8}   ms{'ratio' if ratios else '':>9}")
    for name, (least, median) in times.items():
        ratio = f"{median / first:>14.2f}" if ratios else ""
        print(f"{name:<36}{least:>8.2f}{median:>8.2f}{ratio}")


if __name__ == "__main__":
    main()
