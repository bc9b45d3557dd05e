"""Memory of the app under uploads, and of `look`."""

import io
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from tests.conftest import PORTRAIT

from .measure import Row, running, started

_CEILING, _AFTERWARDS, _WAIT = 500, 250, 60.0  # MB, MB and seconds
_LARGE = 10_000, 10_000  # a hundred megapixels
_LOOK = ("-m", "musicalface", "look", "--json")
_PEAK_OF = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""  # Linux counts the memory of the process that forks: this one is large, that one small


def memory(folder: Path, rounds: int) -> list[Row]:
    """Send large and small photos to the app, in sequence and in parallel, and to `look`."""
    large = {kind: _large(kind) for kind in ("PNG", "JPEG", "TIFF", "WEBP")}
    portrait = PORTRAIT.read_bytes()
    rows = []
    with running(folder / "home-memory") as app:
        for photo in [*large.values(), _many_faces(), portrait] * max(1, rounds // 10):
            app.read(photo)
        rows.append(Row("the app: peak, uploads in turn", app.memory(peak=True), _CEILING, "MB"))
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(app.read, [large["PNG"]] * 8))
        rows.append(Row("the app: peak, eight at once", app.memory(peak=True), _CEILING, "MB"))
        end = time.monotonic() + _WAIT
        while app.memory() > _AFTERWARDS and time.monotonic() < end:
            time.sleep(1)
        rows.append(Row("the app: a minute later", app.memory(), _AFTERWARDS, "MB"))
    for name, photo, most in (
        ("100-megapixel PNG", large["PNG"], _CEILING),
        ("100-megapixel JPEG", large["JPEG"], _CEILING),
        ("200 faces", _many_faces(), 400),
    ):
        rows += _look(folder, name, photo, most)
    return rows


def _look(folder: Path, name: str, photo: bytes, most: float) -> list[Row]:
    path = folder / "photo"
    path.write_bytes(photo)
    began = time.monotonic()
    process = started(folder / "home-look", "-c", _PEAK_OF, sys.executable, *_LOOK, path)
    assert process.stdout
    peak = float(process.stdout.read()) / 1000
    process.wait()
    seconds = time.monotonic() - began
    rows = [Row(f"`look`, {name}: peak", peak, most, "MB")]
    return rows + [Row(f"`look`, {name}: time", seconds, 3, "s")] * (name != "200 faces")


def _large(kind: str) -> bytes:
    file = io.BytesIO()
    options = {"compression": "tiff_lzw"} if kind == "TIFF" else {}
    Image.linear_gradient("L").resize(_LARGE).convert("RGB").save(file, kind, **options)
    return file.getvalue()


def _many_faces() -> bytes:
    """An image of the portrait 200 times."""
    face = Image.open(PORTRAIT).convert("RGB").resize((200, 200))
    sheet = Image.new("RGB", (4000, 2000), "gray")
    for number in range(200):
        sheet.paste(face, (number % 20 * 200, number // 20 * 200))
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()
