"""Decodes the seconds of a sound file that the model needs."""

import stat
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import AudioError
from . import ffmpeg, miniaudio_decoder
from .formats import HEAD, MP3, Kind, is_protected, kind_of, tag_size
from .mel_spectrogram import RATE

MIN_SECONDS = 3.0
"""The length of one patch, the input of the network."""
_SILENCE = 1e-3  # root mean square: -60 dB

Excerpt = NDArray[np.float32]


def has_decoder() -> bool:
    """True if miniaudio or ffmpeg is installed."""
    return bool(find_spec("miniaudio") or ffmpeg.find())


def read_excerpts(path: Path) -> list[Excerpt]:
    """Returns up to eighteen seconds of a file as excerpts, each mono at 16 kHz, -1 to 1.

    Raises AudioError. A damaged file can crash the process or take long: use `read_audio_files`
    for files that may be damaged.
    """
    try:
        kind = _detect_kind(path)
        excerpts = _decode(path, kind)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AudioError(f"{path} can't be read ({reason}).", reason.lower(), lasting=False) from (
            None
        )
    except miniaudio_decoder.UndecodableError:
        raise AudioError(f"{path} is damaged: its sound can't be decoded.", "damaged") from None
    except ffmpeg.HangingError:
        raise AudioError(
            f"{path} can't be read: ffmpeg took longer than {ffmpeg.TIMEOUT:.0f} seconds.",
            "too slow to decode",
        ) from None
    return _audible_excerpts(path, excerpts)


def _detect_kind(path: Path) -> Kind:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise AudioError(f"{path} isn't a regular file. Choose a sound file.", "not a regular file")
    if not status.st_size:
        raise AudioError(f"{path} is empty.", "empty")
    with path.open("rb") as file:
        head = file.read(HEAD)
        after_tag = tag_size(head)
        if not after_tag:
            return kind_of(head) or _kind_by_name(path)
        file.seek(after_tag)
        return kind_of(file.read(HEAD).lstrip(b"\0")) or MP3


def _kind_by_name(path: Path) -> Kind:
    """Accepts any first bytes in an mp3: decoders skip what is not a frame."""
    if path.suffix.lower() == ".mp3":
        return MP3
    raise AudioError(
        f"{path} isn't a sound file of a known format. Choose an MP3, FLAC, OGG, WAV or AIFF file.",
        "unknown audio format",
    )


def _decode(path: Path, kind: Kind) -> list[Excerpt]:
    if kind.native and find_spec("miniaudio"):
        return miniaudio_decoder.decode(path, kind)
    if kind.demuxer == "mov" and is_protected(path):
        raise AudioError(
            f"{path} is protected (DRM): only the shop's own player can read it.", "protected (DRM)"
        )
    program = ffmpeg.find()
    if program is None:
        raise _missing_decoder(path, kind)
    excerpts = ffmpeg.decode(path, kind, program)
    if not any(map(len, excerpts)):
        raise miniaudio_decoder.UndecodableError
    return excerpts


def _missing_decoder(path: Path, kind: Kind) -> AudioError:
    if kind.native:
        text = 'install the extra [audio] (pip install "musicalface[audio]"), or ffmpeg.'
        return AudioError(f"{path}: {text}", f"{kind.name}: no decoder", lasting=False)
    text = f"{kind.name} files need ffmpeg. Install it."
    return AudioError(f"{path}: {text}", f"{kind.name}: needs ffmpeg", lasting=False)


def _audible_excerpts(path: Path, excerpts: list[Excerpt]) -> list[Excerpt]:
    longest = max(map(len, excerpts)) / RATE
    if longest < MIN_SECONDS:
        raise AudioError(
            f"{path} has {longest:.1f} seconds of sound: at least {MIN_SECONDS:.0f} are needed.",
            "too short",
        )
    audible = [e for e in excerpts if len(e) >= MIN_SECONDS * RATE and _loudness(e) > _SILENCE]
    if not audible:
        raise AudioError(f"{path} is silent in all its windows: it has no mood.", "silent")
    return audible


def _loudness(samples: Excerpt) -> float:
    """Root mean square, 0 to 1."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
