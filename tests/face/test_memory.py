"""Memory use of `look` with large photos, measured in a subprocess."""

import json
import os
import subprocess
import sys
import zlib
from pathlib import Path
from struct import pack

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.face.test_photo_memory import chunk

_LOOK = """
import sys
from musicalface.cli import main
try:
    main()
finally:
    facts = dict(line.split(":", 1) for line in open("/proc/self/status"))
    print(facts["VmHWM"].split()[0], file=sys.stderr)
"""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system doesn't report the peak memory"
)


def look(photo: Path) -> tuple[dict[str, object], int]:
    """Runs `look`; returns the photo's JSON entry and the peak resident memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, "look", str(photo), "--json"],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    entry: dict[str, object] = json.loads(done.stdout)["photos"][0]
    return entry, int(done.stderr.split()[-1]) // 1000


def test_photo_of_100_megapixels(tmp_path: Path) -> None:
    side = 10_000
    deflate = zlib.compressobj(1)
    rows = b"".join(deflate.compress(b"\2" + bytes(side * 4)) for _ in range(side))
    header = pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows + deflate.flush()), (b"IEND", b""))
    path = tmp_path / "large.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks))
    entry, peak = look(path)
    assert entry["faces"] == []
    assert peak <= 500


def test_photo_of_200_faces(tmp_path: Path, portrait: NDArray[np.uint8]) -> None:
    side = 245
    one = Image.fromarray(portrait).resize((side, side))
    crowd = Image.new("RGB", (side * 20, side * 10))
    for index in range(200):
        crowd.paste(one, (index % 20 * side, index // 20 * side))
    path = tmp_path / "crowd.jpg"
    crowd.save(path, quality=92)
    entry, peak = look(path)
    faces = entry["faces"]
    assert isinstance(faces, list)
    assert len(faces) == 200
    assert peak <= 400


def test_boxes_are_in_pixels_of_the_original(tmp_path: Path, portrait: NDArray[np.uint8]) -> None:
    original = Image.fromarray(portrait).resize((5000, 5000))
    boxes = []
    for name, picture in (("original.jpg", original), ("small.jpg", original.resize((2500, 2500)))):
        picture.save(tmp_path / name, quality=92)
        entry, _ = look(tmp_path / name)
        faces = entry["faces"]
        assert isinstance(faces, list)
        boxes.append(np.array(faces[0]["box"], float))
    np.testing.assert_allclose(boxes[0], boxes[1] * 2, rtol=0.05)
