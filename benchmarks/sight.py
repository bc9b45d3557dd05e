"""Frames a second over the app's socket, milliseconds per stage, and memory over time.

    python benchmarks/sight.py [--frames 10000] [--cores 1]

The sample portrait, 640 x 480, as JPEG and as raw pixels, goes to an app in a process of its
own, pinned to so many cores (where the system can); this process sends the next frame when
the answer to the last has come, as the page does. Medians; memory is the app's, resident.
"""

import argparse
import io
import json
import os
import statistics
import struct
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image
from websockets.sync.client import ClientConnection, connect

PORTRAIT = Path(__file__).parent.parent / "examples" / "portrait.png"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--frames", type=int, default=10_000)
    options.add_argument("--cores", type=int, default=1)
    given = options.parse_args()
    words = [sys.executable, "-m", "musicalface", "app", "--no-browser", "--port", "8699"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout
        address = app.stdout.readline().strip().partition(": ")[2]
        pin(app.pid, given.cores)
        try:
            measure(address, app.pid, given.frames)
        finally:
            app.terminate()


def measure(address: str, process: int, frames: int) -> None:
    origin, _, token = address.partition("/?token=")
    header = {"Authorization": f"Bearer {token}"}
    socket = f"{origin.replace('http', 'ws')}/api/sight"
    with connect(socket, additional_headers=header, proxy=None, compression=None) as line:
        for kind, frame in {"JPEG": jpeg(), "raw": raw()}.items():
            stream(line, frame, 200)
            table(kind, *stream(line, frame, 500))
        print(f"\n{'frames':>10}{'memory':>12}   MB")
        done, frame = 0, jpeg()
        for upto in sorted({frames // 100, frames // 10, frames // 2, frames}):
            stream(line, frame, upto - done)
            done = upto
            print(f"{done:>10,}{resident(process):>12.1f}")


def stream(
    line: ClientConnection, frame: bytes, count: int
) -> tuple[float, list[dict[str, float]]]:
    """Frames a second, and what each took inside."""
    took: list[dict[str, float]] = []
    started = time.perf_counter()
    for _ in range(count):
        line.send(frame)
        took.append(json.loads(line.recv())["ms"])
    return count / (time.perf_counter() - started), took


def table(kind: str, rate: float, took: list[dict[str, float]]) -> None:
    print(f"{kind}: {rate:.0f} frames a second; milliseconds inside:", end=" ")
    stages = {name: statistics.median(each[name] for each in took) for name in took[0]}
    slowest = sorted(each["total"] for each in took)[int(len(took) * 0.99)]
    print(", ".join(f"{name} {value:.1f}" for name, value in stages.items()), end="; ")
    print(f"99 % under {slowest:.1f}")


def jpeg() -> bytes:
    content = io.BytesIO()
    picture().convert("RGB").save(content, "JPEG", quality=80)
    return content.getvalue()


def raw() -> bytes:
    pixels = picture()
    return b"RGBA" + struct.pack("<HH", *pixels.size) + pixels.tobytes()


def picture() -> Image.Image:
    whole = Image.new("RGBA", (640, 480), "gray")
    whole.paste(Image.open(PORTRAIT).convert("RGBA").resize((480, 480)), (80, 0))
    return whole


def pin(process: int, cores: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        available = sorted(os.sched_getaffinity(0))
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setaffinity(int(thread.name), available[:cores])
        os.sched_setaffinity(0, available[cores:] or available)


def resident(process: int) -> float:
    """Megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
