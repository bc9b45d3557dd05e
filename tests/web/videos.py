"""Videos made from the sample portrait: for Chromium's fake camera, and video files.

Chromium plays those of its camera in a loop at 30 frames a second, whatever their frame rate.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PORTRAIT

_FRAME = "scale=480:480,pad=640:480:80:0:gray"
_GRAY = "color=gray:size=640x480:rate=30"
_CODECS = {".avi": "mjpeg", ".mp4": "mpeg4", ".webm": "libvpx"}


def face(folder: Path) -> Path:
    """A happy face in all frames."""
    return _camera(folder / "face.mjpeg", "[0:v]trim=duration=2[out]")


def passing_face(folder: Path, seconds: int = 3) -> Path:
    """A happy face, no face, and the happy face again."""
    cut = f"trim=duration={seconds},setpts=PTS-STARTPTS,format=yuvj420p"
    parts = f"[0:v]split[one][two];[one]{cut}[a];[1:v]{cut}[b];[two]{cut}[c];"
    return _camera(folder / "passing.mjpeg", f"{parts}[a][b][c]concat=n=3[out]")


def _camera(path: Path, graph: str) -> Path:
    return _made(path, graph, "-c:v", "mjpeg", "-q:v", "4", "-f", "mjpeg")


def _made(path: Path, graph: str, *how: str) -> Path:
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed: see tools/system-packages")
    portrait = ["-loop", "1", "-framerate", "30", "-i", str(PORTRAIT)]
    nothing = ["-f", "lavfi", "-i", _GRAY]
    graph = graph.replace("[0:v]", f"[0:v]{_FRAME},format=yuvj420p,", 1)
    output = ["-map", "[out]", *how, str(path)]
    subprocess.run(
        ["ffmpeg", "-v", "error", *portrait, *nothing, "-filter_complex", graph, *output],
        check=True,
    )
    return path


def curve(path: Path, seconds: int = 4, empty: int = 2) -> Path:
    """A video file, 320 × 240, five pictures a second: a happy face and then no face."""
    face = f"[0:v]scale=320:240,fps=5,trim=duration={seconds}[a];"
    nothing = f"[1:v]scale=320:240,fps=5,trim=duration={empty},format=yuvj420p[b];"
    return _film(path, f"{face}{nothing}[a][b]concat=n=2,format=yuv420p[out]")


def empty_film(path: Path) -> Path:
    """A video file of one second without a face."""
    return _film(path, "[1:v]fps=5,trim=duration=1,format=yuv420p[out]")


def _film(path: Path, graph: str) -> Path:
    return _made(
        path, graph, "-c:v", _CODECS[path.suffix], "-threads", "1", "-deadline", "realtime"
    )


def long_film(path: Path, hours: int = 8) -> Path:
    """A video file of one gray picture a minute."""
    return _made(path, f"color=gray:size=64x48:rate=1/60,trim=duration={3600 * hours}[out]")
