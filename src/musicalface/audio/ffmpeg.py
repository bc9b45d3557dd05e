"""Decodes with the ffmpeg on PATH what miniaudio can't, in a separate process with limits."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from threading import Timer

import numpy as np
from numpy.typing import NDArray

from .formats import Kind
from .mel_spectrogram import RATE
from .time_windows import MAX_SECONDS, windows

TIMEOUT = 10.0
"""Seconds for each run of ffmpeg; an ordinary one takes a tenth of a second."""
_MAX_LOG = 100_000  # bytes
_SAMPLE = 4  # bytes
_ALWAYS = ("-hide_banner", "-nostdin", "-max_alloc", "200000000", "-threads", "1")
# With a fixed container and only local files, a playlist can't open other files or the network.
_INPUT = ("-protocol_whitelist", "file")
# Averages the channels, like miniaudio. The default of ffmpeg is 3 dB louder.
_MONO = f"aresample=osr={RATE}:rematrix_maxval=1.0,aformat=channel_layouts=mono"
_OUTPUT = ("-f", "f32le", "pipe:1")
_DURATION = re.compile(rb"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")


class HangingError(Exception):
    """ffmpeg was killed after TIMEOUT."""


def find() -> str | None:
    """Returns the path of ffmpeg; None if it is not installed."""
    return shutil.which("ffmpeg")


def decode(path: Path, kind: Kind, program: str) -> list[NDArray[np.float32]]:
    """Returns the windows of a file as mono at 16 kHz; empty arrays if nothing can be decoded.

    Raises HangingError.
    """
    source = ["-f", kind.demuxer, *_INPUT, "-i", f"file:{path.resolve()}"]
    where = windows(_duration(program, source))
    excerpts = _decode_windows(program, source, where) if len(where) > 1 else []
    return excerpts or [_decode_start(program, source)]


def _duration(program: str, source: Sequence[str]) -> float:
    """Returns the duration in seconds; 0 if ffmpeg doesn't print it."""
    log = _run([program, *_ALWAYS, *source], _MAX_LOG, stderr=True)
    match = _DURATION.search(log)
    if not match:
        return 0.0
    hours, minutes, seconds = map(float, match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _decode_windows(
    program: str, source: Sequence[str], where: Sequence[tuple[float, float]]
) -> list[NDArray[np.float32]]:
    """Decodes all windows in one process, because starting ffmpeg takes longer than decoding.

    Pads each window to its full length, so that the output can be split. Returns an empty list
    if a window is missing, because the duration was wrong.
    """
    inputs = [
        word
        for start, length in where
        for word in ("-ss", f"{start:.3f}", "-t", f"{length:.3f}", *source)
    ]
    parts = [
        f"[{i}:a:0]{_MONO},apad=whole_dur={length},atrim=end={length}[w{i}]"
        for i, (_, length) in enumerate(where)
    ]
    names = "".join(f"[w{i}]" for i in range(len(where)))
    graph = ";".join([*parts, f"{names}concat=n={len(where)}:v=0:a=1"])
    size = int(where[0][1] * RATE)
    samples = _samples(program, [*inputs, "-filter_complex", graph], size * len(where))
    if len(samples) < size * len(where):
        return []
    return list(samples.reshape(len(where), size))


def _decode_start(program: str, source: Sequence[str]) -> NDArray[np.float32]:
    words = ["-t", f"{MAX_SECONDS:.3f}", *source, "-map", "0:a:0", "-af", _MONO]
    return _samples(program, words, int(MAX_SECONDS * RATE))


def _samples(program: str, words: Sequence[str], limit: int) -> NDArray[np.float32]:
    content = _run([program, *_ALWAYS, "-v", "quiet", *words, *_OUTPUT], limit * _SAMPLE)
    samples = np.frombuffer(content[: len(content) // _SAMPLE * _SAMPLE], "<f4")
    return np.asarray(np.nan_to_num(samples), np.float32)


def _run(command: Sequence[str], limit: int, *, stderr: bool = False) -> bytes:
    """Returns at most `limit` bytes of standard output, or of `stderr`; raises HangingError."""
    output, errors = (
        (subprocess.DEVNULL, subprocess.PIPE) if stderr else (subprocess.PIPE, subprocess.DEVNULL)
    )
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
    ) as process:
        timer = Timer(TIMEOUT, process.kill)
        timer.daemon = True
        timer.start()
        try:
            pipe = process.stderr if stderr else process.stdout
            assert pipe
            content = pipe.read(limit)
        finally:
            timed_out = not timer.is_alive()
            timer.cancel()
            process.kill()
    if timed_out:
        raise HangingError
    return content
