"""Files a second of a first scan and of a rescan, and the memory of the process that scans.

    python benchmarks/library.py [--files 100000] [--workers 2]

So many made-up mp3 files, each with ID3 tags and half of them with English words, a
thousand a folder, on the disk of the temporary folder. The memory is the most that the
process has held (without its workers) when a tenth, and when all of the files were read.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from musicalface.library import open_library
from musicalface.library.scan import Scan
from musicalface.songs import open_catalog

WORDS = (
    "I walk along the {} road and I am thinking of the {} that we had when you were here with me "
    "and all the {} in the world would not be what I want if you and I are not together now"
)
THINGS = (
    "river light money summer winter morning sorrow laughter city silence thunder garden".split()
)
FRAME = b"\xff\xfb\x90\x00" + bytes(413)
FOLDER = 1000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--files", type=int, default=100_000)
    options.add_argument("--workers", type=int)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["MUSICALFACE_HOME"] = f"{name}/home"
        with open_catalog():  # unpacked before time is taken
            pass
        music = Path(name) / "music"
        for number in range(given.files):
            write(music / str(number // FOLDER) / f"{number}.mp3", number)
        print(f"{'scan':<8}{'files':>9}{'seconds':>9}{'a second':>10}{'MB at 1/10':>12}{'MB':>6}")
        for scan in ("first", "again"):
            measured(scan, music, given.files, given.workers)


def measured(name: str, music: Path, files: int, workers: int | None) -> None:
    done, early = 0, 0.0

    def progress(more: int) -> None:
        nonlocal done, early
        done += more
        if not early and done >= files // 10:
            early = memory()

    started = time.perf_counter()
    with open_library() as library:
        (scan,) = library.add([music], workers=workers, progress=progress)
    took = time.perf_counter() - started
    check(scan, files)
    print(f"{name:<8}{files:>9,}{took:>9.1f}{files / took:>10,.0f}{early:>12.0f}{memory():>6.0f}")


def check(scan: Scan, files: int) -> None:
    if scan.read + scan.unchanged != files:
        sys.exit(f"{scan.read + scan.unchanged} of {files} files were read.")


def memory() -> float:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(path: Path, number: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    frames = frame(b"TPE1", f"Artist {number % 997}") + frame(b"TIT2", f"Song {number}")
    if number % 2:
        things = [THINGS[number // 12**place % 12] for place in range(3)]
        frames += frame(b"USLT", "eng\x00" + WORDS.format(*things))
    path.write_bytes(b"ID3\x04\x00\x00" + size(len(frames)) + frames + 2 * FRAME)


def frame(name: bytes, text: str) -> bytes:
    content = b"\x03" + text.encode()
    return name + size(len(content)) + b"\x00\x00" + content


def size(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


if __name__ == "__main__":
    main()
