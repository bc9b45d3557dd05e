"""Benchmark of the library: files per second with and without listening, and memory.

    python benchmarks/library.py [--files 100000] [--songs 200] [--workers 2]

Without listening: a first scan and a rescan of generated mp3 files with ID3 tags, half of them
with English lyrics, a thousand per folder. With listening: `--songs` files of four minutes, made
by ffmpeg, a quarter each mp3, flac, m4a and opus (hard links to four files, so the disk is hardly
read). Everything is in the temporary folder. Memory is the peak of the main process (without its
workers) after a tenth of the files, and after all of them; CPU is that of the workers.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from musicalface.library import open_library
from musicalface.library.scan import ScanResult
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
KINDS = ("mp3", "flac", "m4a", "opus")
SOUND = "aevalsrc=0.2*sin(2*PI*220*t)+0.1*sin(2*PI*1330*t)*mod(t\\,1)+0.05*random(0):d=240"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--files", type=int, default=100_000)
    options.add_argument("--songs", type=int, default=200)
    options.add_argument("--workers", type=int)
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["MUSICALFACE_HOME"] = f"{name}/home"
        with open_catalog():  # unpacks the catalog before the measurement
            pass
        music = Path(name) / "music"
        for number in range(arguments.files):
            write(music / str(number // FOLDER) / f"{number}.mp3", number)
        print(f"{'scan':<8}{'files':>9}{'seconds':>9}{'files/s':>10}{'MB at 1/10':>12}{'MB':>6}")
        for scan in ("first", "rescan"):
            measure(scan, music, arguments.files, arguments.workers)
        write_sound(Path(name) / "sound", arguments.songs)
        measure_listening(Path(name) / "sound", arguments.songs, arguments.workers)


def measure(name: str, music: Path, files: int, workers: int | None) -> None:
    done, early = 0, 0.0

    def progress(more: int) -> None:
        nonlocal done, early
        done += more
        if not early and done >= files // 10:
            early = memory()

    started = time.perf_counter()
    with open_library() as library:
        (scan,) = library.add([music], workers=workers, progress=progress)
    elapsed = time.perf_counter() - started
    check(scan, files)
    rate = files / elapsed
    print(f"{name:<8}{files:>9,}{elapsed:>9.1f}{rate:>10,.0f}{early:>12.0f}{memory():>6.0f}")


def measure_listening(music: Path, files: int, workers: int | None) -> None:
    done, early = 0, 0.0

    def progress(more: int, share: float) -> None:
        nonlocal done, early
        done += more
        if not early and done >= files // 10:
            early = memory()

    with open_library() as library:
        library.add([music], workers=workers)
        library.exclude("[0-9]*.mp3")  # the files of the scans have no sound
        due, before, started = library.count_due(), workers_cpu(), time.perf_counter()
        result = library.listen(workers=workers, progress=progress)
        elapsed = time.perf_counter() - started
    if result.heard != due:
        sys.exit(f"Only {result.heard} of {due} songs were heard: {dict(result.problems)}")
    rate, cpu = due / elapsed, (workers_cpu() - before) / due
    print(f"{'listen':<8}{due:>9,}{elapsed:>9.1f}{rate:>10.1f}{early:>12.0f}{memory():>6.0f}")
    print(f"{cpu:.2f} s of one core per song; 10,000 songs on two cores: {cpu * 5000 / 60:.0f} min")


def write_sound(folder: Path, count: int) -> None:
    folder.mkdir()
    for kind in KINDS:
        path = folder / f"song 0.{kind}"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", SOUND, path], check=True)
        for number in range(1, count // len(KINDS)):
            (folder / f"song {number}.{kind}").hardlink_to(path)


def workers_cpu() -> float:
    """Returns the seconds of processor time of all ended child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def check(scan: ScanResult, files: int) -> None:
    if scan.read + scan.unchanged != files:
        sys.exit(f"Only {scan.read + scan.unchanged} of {files} files were read.")


def memory() -> float:
    """Returns the peak memory of this process in MB."""
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
