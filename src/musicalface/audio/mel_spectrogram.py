"""Log-mel spectrograms, as in the training of musicnn (Pons & Serra, 2019), with numpy."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""The sample rate of the input, in hertz."""
FFT, HOP, BANDS = 512, 256, 96
_LINEAR_HZ = 200 / 3  # hertz per mel on Slaney's scale, below 1 kHz
_LOG_FROM_HZ, _LOG_FROM_MEL = 1000.0, 15.0
_LOG_STEP = np.log(6.4) / 27
_COMPRESSION = 10_000
_BLOCK = 4096


def log_mel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Converts samples (N,), -1 to 1, to log10(1 + 10000 * mel power), (1 + N // 256, 96).

    Uses frames of 512 samples with a Hann window, each centred on its hop, with silence beyond
    both ends, and Slaney's mel bands, each of unit area.
    """
    padded = np.pad(samples.astype(np.float32), FFT // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, FFT)[::HOP]
    blocks = [frames[i : i + _BLOCK] for i in range(0, len(frames), _BLOCK)]
    return np.concatenate([_log_mel(block) for block in blocks])


def _log_mel(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    spectrum = np.fft.rfft(frames * _window())
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    return np.asarray(np.log10(1 + _COMPRESSION * (power @ filters())), np.float32)


@cache
def _window() -> NDArray[np.float32]:
    return np.hanning(FFT + 1)[:-1].astype(np.float32)


@cache
def filters() -> NDArray[np.float32]:
    """Returns mel filters (257, 96): triangles in hertz, spaced evenly on Slaney's scale."""
    edges = _hz(np.linspace(0, _mel(RATE / 2), BANDS + 2))
    bins = np.linspace(0, RATE / 2, FFT // 2 + 1)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    triangles = np.maximum(0, np.minimum(rising, falling))
    return (triangles * 2 / (edges[2:] - edges[:-2])).astype(np.float32)


def _mel(hz: float) -> float:
    return float(_LOG_FROM_MEL + np.log(hz / _LOG_FROM_HZ) / _LOG_STEP)


def _hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    above = _LOG_FROM_HZ * np.exp(_LOG_STEP * (mel - _LOG_FROM_MEL))
    return np.where(mel < _LOG_FROM_MEL, _LINEAR_HZ * mel, above)
