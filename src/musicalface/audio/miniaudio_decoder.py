"""Decodes mp3, flac, vorbis, wav and aiff with miniaudio (MIT), the extra [audio]."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .formats import HEAD, MP3, Kind, tag_size
from .resample import to_16_khz
from .time_windows import MAX_SECONDS, SECONDS, WINDOWS, windows

Excerpts = list[NDArray[np.float32]]

_MAX_BYTE_RATE = 40_000  # bytes per second of an mp3 with the highest bit rate
_LONGEST_FRAME = 4096
_RATES = range(1_000, 1_000_001)


class UndecodableError(Exception):
    """The file is damaged, or has another format than its first bytes say."""


def decode(path: Path, kind: Kind) -> Excerpts:
    """Returns the windows of a file as mono at 16 kHz. Raises UndecodableError and OSError."""
    import miniaudio

    try:
        return _mp3(path) if kind == MP3 else _seekable(path, kind)
    except miniaudio.MiniaudioError as error:
        raise UndecodableError(str(error)) from None


def _seekable(path: Path, kind: Kind) -> Excerpts:
    import miniaudio

    read_info = {
        "flac": miniaudio.flac_get_file_info,
        "ogg": miniaudio.vorbis_get_file_info,
    }.get(kind.name, miniaudio.wav_get_file_info)
    with _encodable_name(path) as name:
        info = read_info(name)
        rate = _checked_rate(info.sample_rate)
        frames = min(info.num_frames, _max_frames(path, info, kind))
        try:
            excerpts = [_read_file(name, rate, *window) for window in windows(frames / rate)]
        except miniaudio.DecodeError:
            excerpts = []
        if not any(map(len, excerpts)):  # the length in the header is too large
            excerpts = [_read_file(name, rate, 0, MAX_SECONDS)]
    return [to_16_khz(samples, rate) for samples in excerpts]


def _max_frames(path: Path, info: Any, kind: Kind) -> int:
    """Returns the largest possible number of samples per channel of a file of this size.

    A header can claim any number. A compressed sample takes at least a hundredth of a byte.
    """
    size = path.stat().st_size
    if kind.name in ("wav", "aiff") and info.sample_width:
        return int(size // (info.sample_width * max(1, info.nchannels)))
    return size * 100


def _read_file(name: str, rate: int, start: float, length: float) -> NDArray[np.float32]:
    import miniaudio

    stream = miniaudio.stream_file(
        name, miniaudio.SampleFormat.FLOAT32, 1, rate, rate, seek_frame=int(start * rate)
    )
    return _read_samples(stream, int(length * rate))


def _mp3(path: Path) -> Excerpts:
    """Seeks by bytes, because an mp3 has no index and parsing an hour of it takes seconds."""
    with path.open("rb") as file:
        start = tag_size(file.read(HEAD))
        size = os.fstat(file.fileno()).st_size - start
        chunk = int(SECONDS * _MAX_BYTE_RATE) + _LONGEST_FRAME
        if size <= 2 * WINDOWS * chunk:
            file.seek(start)
            return _split_windows(_decode_bytes(file.read(2 * WINDOWS * chunk)))
        excerpts = []
        for number in range(1, WINDOWS + 1):
            file.seek(start + size * number // (WINDOWS + 1))
            excerpts.append(_decode_bytes(file.read(chunk), SECONDS))
        return excerpts


def _decode_bytes(content: bytes, max_seconds: float = 1e9) -> NDArray[np.float32]:
    import miniaudio

    rate = _checked_rate(miniaudio.mp3_get_info(content).sample_rate)
    stream = miniaudio.stream_memory(content, miniaudio.SampleFormat.FLOAT32, 1, rate, rate)
    return to_16_khz(_read_samples(stream, int(max_seconds * rate)), rate)


def _split_windows(samples: NDArray[np.float32]) -> Excerpts:
    """Returns the windows of a completely decoded recording."""
    from .mel_spectrogram import RATE

    return [
        samples[int(start * RATE) : int((start + length) * RATE)]
        for start, length in windows(len(samples) / RATE)
    ]


def _read_samples(stream: Any, count: int) -> NDArray[np.float32]:
    parts: list[NDArray[np.float32]] = []
    length = 0
    for part in stream:
        parts.append(np.frombuffer(part, np.float32))
        length += len(part)
        if length >= count:
            break
    stream.close()
    return np.concatenate(parts)[:count] if parts else np.empty(0, np.float32)


def _checked_rate(rate: int) -> int:
    if rate not in _RATES:
        raise UndecodableError(f"{rate} samples per second")
    return rate


@contextmanager
def _encodable_name(path: Path) -> Iterator[str]:
    """Yields a name for the file that is valid text, which miniaudio needs."""
    name = str(path.resolve())
    try:
        name.encode()
    except UnicodeEncodeError:
        with path.open("rb") as file:
            yield f"/dev/fd/{file.fileno()}"
    else:
        yield name
