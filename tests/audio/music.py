"""Sound files for the tests of the audio package, made by ffmpeg."""

import shutil
import subprocess
from pathlib import Path

import pytest

CHORD = "aevalsrc=0.2*sin(2*PI*220*t)+0.2*sin(2*PI*277*t)+0.1*sin(2*PI*1330*t)*mod(t\\,1)"


def music(path: Path, *options: object, seconds: float = 8, sound: str = CHORD) -> Path:
    """A chord that is struck once a second; format and codec by the path's suffix."""
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed: see tools/system-packages")
    lavfi = f"{sound}:d={seconds}"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", lavfi, *options, path]
    subprocess.run([str(part) for part in command], check=True)
    return path


def silence(path: Path, seconds: float = 8) -> Path:
    """Digital silence."""
    return music(path, seconds=seconds, sound="anullsrc=r=44100:cl=stereo")


def program(path: Path, script: str) -> Path:
    """A program of that name, in place of ffmpeg."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path
