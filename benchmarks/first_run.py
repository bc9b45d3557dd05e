"""Measures the first run: from the app's start on an empty data directory to ten songs.

    python benchmarks/first_run.py [--runs 5]

Prints medians: seconds from the start of the process to its address and to ten songs over the
API, CPU seconds for unpacking the catalog alone, and seconds of a cold `musicalface look`.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

PORTRAIT = Path(__file__).parents[1] / "examples" / "portrait.png"
_UNPACK = (
    "import time\n"
    "from musicalface.songs.bundled_catalog import unpack_bundled\n"
    "began, cpu = time.perf_counter(), time.process_time()\n"
    "unpack_bundled()\n"
    "print(time.perf_counter() - began, time.process_time() - cpu)\n"
)


def main() -> None:
    """Runs the benchmark."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    report("app: address, ten songs", runs, first_songs)
    report("unpacking: seconds, CPU seconds", runs, unpacking)
    report("look, cold and warm", runs, looks)


def report(what: str, runs: int, measure: Callable[[dict[str, str]], tuple[float, ...]]) -> None:
    """Prints the medians of a measurement, each run with an empty data directory."""
    measured = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            measured.append(measure({**os.environ, "MUSICALFACE_HOME": f"{folder}/home"}))
    medians = [statistics.median(values) for values in zip(*measured, strict=True)]
    print(f"{what}: {', '.join(f'{value:.2f}' for value in medians)} (median of {runs})")


def first_songs(environment: dict[str, str]) -> tuple[float, ...]:
    """Starts the app and asks for songs as soon as it prints its address."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "musicalface", "app", "--no-browser"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout
        address = app.stdout.readline().strip().partition(": ")[2]
        printed = time.perf_counter() - began
        origin, _, token = address.partition("/?token=")
        answer = httpx.post(
            f"{origin}/api/songs",
            json={"mood": "happy"},
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
        )
        songs = time.perf_counter() - began
        app.terminate()
    assert len(answer.json()["songs"]) == 10
    return printed, songs


def unpacking(environment: dict[str, str]) -> tuple[float, ...]:
    """Unpacks the bundled catalog."""
    command = [sys.executable, "-c", _UNPACK]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return tuple(map(float, done.stdout.split()))


def looks(environment: dict[str, str]) -> tuple[float, ...]:
    """Runs `musicalface look` on an empty data directory, then again."""
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        command = [sys.executable, "-m", "musicalface", "look", str(PORTRAIT)]
        subprocess.run(command, env=environment, capture_output=True, check=True)
        seconds.append(time.perf_counter() - began)
    return tuple(seconds)


if __name__ == "__main__":
    main()
