"""What a camera that is none sees: videos made of the sample portrait.

Chromium plays them at 30 frames a second, whatever they say, and over and over.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PORTRAIT

_FRAME = "scale=480:480,pad=640:480:80:0:gray"
_GRAY = "color=gray:size=640x480:rate=30"


def face(folder: Path) -> Path:
    """Somebody happy, who stays."""
    return _made(folder / "face.mjpeg", "[0:v]trim=duration=2[out]")


def passing_face(folder: Path, seconds: int = 3) -> Path:
    """Somebody happy, nobody, and somebody happy again."""
    cut = f"trim=duration={seconds},setpts=PTS-STARTPTS,format=yuvj420p"
    parts = f"[0:v]split[one][two];[one]{cut}[a];[1:v]{cut}[b];[two]{cut}[c];"
    return _made(folder / "passing.mjpeg", f"{parts}[a][b][c]concat=n=3[out]")


def _made(path: Path, graph: str) -> Path:
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed: see tools/system-packages")
    portrait = ["-loop", "1", "-framerate", "30", "-i", str(PORTRAIT)]
    nothing = ["-f", "lavfi", "-i", _GRAY]
    graph = graph.replace("[0:v]", f"[0:v]{_FRAME},format=yuvj420p,", 1)
    output = ["-map", "[out]", "-c:v", "mjpeg", "-q:v", "4", "-f", "mjpeg", str(path)]
    subprocess.run(
        ["ffmpeg", "-v", "error", *portrait, *nothing, "-filter_complex", graph, *output],
        check=True,
    )
    return path
