"""Benchmark of the camera WebSocket: frames per second, milliseconds per stage, memory.

    python benchmarks/camera_websocket.py [--frames 10000] [--cores 1]

Sends the sample portrait, 640 x 480, as JPEG and as raw pixels to an app in another process,
pinned to the given number of cores (if the system supports it). Like the page, sends the next
frame after the answer to the last one. Medians; memory is the app's resident memory.
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
    arguments = options.parse_args()
    command = [sys.executable, "-m", "musicalface", "app", "--no-browser", "--port", "8699"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout
        address = app.stdout.readline().strip().partition(": ")[2]
        pin(app.pid, arguments.cores)
        try:
            measure(address, app.pid, arguments.frames)
        finally:
            app.terminate()


def measure(address: str, process: int, frames: int) -> None:
    origin, _, token = address.partition("/?token=")
    header = {"Authorization": f"Bearer {token}"}
    socket = f"{origin.replace('http', 'ws')}/api/sight"
    with connect(socket, additional_headers=header, proxy=None, compression=None) as connection:
        for kind, frame in {"JPEG": jpeg(), "raw": raw()}.items():
            stream(connection, frame, 200)
            table(kind, *stream(connection, frame, 500))
        print(f"\n{'frames':>10}{'memory':>12}   MB")
        done, frame = 0, jpeg()
        for total in sorted({frames // 100, frames // 10, frames // 2, frames}):
            stream(connection, frame, total - done)
            done = total
            print(f"{done:>10,}{resident(process):>12.1f}")


def stream(
    connection: ClientConnection, frame: bytes, count: int
) -> tuple[float, list[dict[str, float]]]:
    """Sends frames; returns frames per second, and the app's milliseconds per stage of each."""
    times: list[dict[str, float]] = []
    started = time.perf_counter()
    for _ in range(count):
        connection.send(frame)
        times.append(json.loads(connection.recv())["ms"])
    return count / (time.perf_counter() - started), times


def table(kind: str, rate: float, times: list[dict[str, float]]) -> None:
    print(f"{kind}: {rate:.0f} frames per second; milliseconds in the app:", end=" ")
    stages = {name: statistics.median(each[name] for each in times) for name in times[0]}
    slowest = sorted(each["total"] for each in times)[int(len(times) * 0.99)]
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
    canvas = Image.new("RGBA", (640, 480), "gray")
    canvas.paste(Image.open(PORTRAIT).convert("RGBA").resize((480, 480)), (80, 0))
    return canvas


def pin(process: int, cores: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        available = sorted(os.sched_getaffinity(0))
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setaffinity(int(thread.name), available[:cores])
        os.sched_setaffinity(0, available[cores:] or available)


def resident(process: int) -> float:
    """Returns the resident memory in megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
