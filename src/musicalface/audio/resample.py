"""Resamples sound to 16 kHz with the Fourier transform."""

from math import gcd

import numpy as np
from numpy.typing import NDArray

from .mel_spectrogram import RATE


def to_16_khz(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Resamples (N,) samples at `rate` to (N * 16000 // rate,) at 16 kHz, without aliasing.

    Cuts the spectrum at the lower of both Nyquist frequencies. Treats the signal as periodic, so
    its first and last milliseconds ring.
    """
    if rate == RATE or not len(samples):
        return samples
    step = rate // gcd(rate, RATE)
    whole = len(samples) - len(samples) % step or len(samples)
    size = max(1, whole * RATE // rate)
    spectrum = np.fft.rfft(samples[:whole])[: size // 2 + 1]
    return (np.fft.irfft(spectrum, size) * (size / whole)).astype(np.float32)
