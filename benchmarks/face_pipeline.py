"""Benchmark of the face pipeline on one core: each stage, and comparisons.

    python benchmarks/face_pipeline.py [--runs 40] [--peer PYTHON] [--before CHECKOUT]

PYTHON is the interpreter of an environment with `fer` (pip install fer: about 8 GB).
CHECKOUT is a folder with another version of this repository (git worktree add CHECKOUT COMMIT).
In each run, all candidates process the same 640x480 frame in turn, so that other load on
the machine affects all of them.
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
from musicalface.face.align import align_faces
from musicalface.face.detect import follow_faces
from musicalface.face.expression_classifier import expression_probabilities, load_expression_model
from musicalface.face.image_ops import gray

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
BEFORE = """
import sys, time
import numpy as np
import musicalface as mf
frame = np.load(sys.argv[1])
stages = {"detection": lambda: mf.find_faces(frame), "whole": lambda: mf.read_faces(frame)}
for line in sys.stdin:
    started = time.perf_counter()
    faces = stages[line.strip()]()
    print(len(faces), (time.perf_counter() - started) * 1000, flush=True)
"""
Stage = Callable[[], object]


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--runs", type=int, default=40)
    options.add_argument("--peer", metavar="PYTHON", help="python with the package fer")
    options.add_argument("--before", type=Path, metavar="CHECKOUT", help="another version")
    arguments = options.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    frame = make_frame()
    table("stage", medians(stages(frame), arguments.runs))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "frame.npy"
        np.save(path, frame)
        with peer(arguments.peer, path) as fer, earlier(arguments.before, path) as before:
            times = medians(pipelines(frame) | fer | before, arguments.runs)
    table("one frame, from pixels to a reading", times, ratios=True)


def make_frame() -> NDArray[np.uint8]:
    """Returns a 640x480 RGB frame that contains the portrait."""
    picture = Image.new("RGB", (640, 480), (90, 110, 100))
    picture.paste(Image.open(PORTRAIT).convert("RGB").resize((480, 480)), (80, 0))
    return np.asarray(picture)


def stages(frame: NDArray[np.uint8]) -> dict[str, Stage]:
    """Returns each stage of the pipeline, by name."""
    faces = mf.find_faces(frame)
    shades = gray(frame)
    side = load_expression_model(None).side
    crops = align_faces(shades, faces, side)
    eight = np.repeat(crops, 8, axis=0)
    return {
        "track it": lambda: follow_faces(frame, faces),
        "gray": lambda: gray(frame),
        "align": lambda: align_faces(shades, faces, side),
        "read one face": lambda: expression_probabilities(crops),
        "read eight faces, one batch": lambda: expression_probabilities(eight),
        "read eight faces, one by one": lambda: [
            expression_probabilities(crop[None]) for crop in eight
        ],
    }


def pipelines(frame: NDArray[np.uint8]) -> dict[str, Stage]:
    """Returns the whole pipeline, by name: with detection, and with tracking."""
    faces = mf.find_faces(frame)
    return {
        "musicalface, detection alone": lambda: mf.find_faces(frame),
        "musicalface, large faces first": lambda: mf.find_faces(
            frame, upright=True, large_first=True
        ),
        "musicalface, detection": lambda: mf.read_faces(frame),
        "musicalface, tracking": lambda: mf.read_known_faces(frame, follow_faces(frame, faces)),
    }


@contextmanager
def peer(python: str | None, frame: Path) -> Iterator[dict[str, Stage]]:
    """Starts `fer` in another process; yields a stage for each of its detectors."""
    if not python:
        print("Skipping fer. Choose a Python with fer by --peer.")
        yield {}
        return
    with worker([python, "-c", PEER, str(frame)], None) as ask:
        yield {f"fer, {name}": partial(ask, name) for name in ("Haar", "MTCNN")}


@contextmanager
def earlier(checkout: Path | None, frame: Path) -> Iterator[dict[str, Stage]]:
    """Starts another version in another process; yields its detection and its whole pipeline."""
    if not checkout:
        print("Skipping another version. Choose its checkout by --before.")
        yield {}
        return
    environment = os.environ | {"PYTHONPATH": str(checkout.resolve() / "src")}
    with worker([sys.executable, "-c", BEFORE, str(frame)], environment) as ask:
        yield {f"before, {name}": partial(ask, name) for name in ("detection", "whole")}


@contextmanager
def worker(
    command: list[str], environment: dict[str, str] | None
) -> Iterator[Callable[[str], float]]:
    """Starts a process that runs a stage for each line; yields a function that asks for one."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )

    def ask(stage: str) -> float:
        assert process.stdin
        assert process.stdout
        print(stage, file=process.stdin, flush=True)
        answer = process.stdout.readline().split()
        if len(answer) != 2:
            sys.exit(
                f"{command[0]} can't run {stage}. Check --peer (pip install fer) and --before."
            )
        if answer[0] != "1":
            print(f"{stage} finds {answer[0]} faces", file=sys.stderr)
        return float(answer[1])

    try:
        yield ask
    finally:
        process.terminate()
        process.communicate()


def medians(candidates: dict[str, Stage], runs: int) -> dict[str, tuple[float, float]]:
    """Runs all in turn; returns the minimum and median milliseconds of each after a warm-up."""
    times_by_name: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(runs + 1):
        for name, stage in candidates.items():
            started = time.perf_counter()
            answer: Any = stage()
            elapsed = (time.perf_counter() - started) * 1000
            if number:  # a peer measures its own time
                times_by_name[name].append(answer if isinstance(answer, float) else elapsed)
    return {name: (min(times), statistics.median(times)) for name, times in times_by_name.items()}


def table(title: str, times: dict[str, tuple[float, float]], ratios: bool = False) -> None:
    first = next(iter(times.values()))[1]
    print(f"\n{title:<36}{'min':>8}{'median':>8}   ms{'ratio' if ratios else '':>9}")
    for name, (minimum, median) in times.items():
        ratio = f"{median / first:>14.2f}" if ratios else ""
        print(f"{name:<36}{minimum:>8.2f}{median:>8.2f}{ratio}")


if __name__ == "__main__":
    main()
