import numpy as np
import pytest
from numpy.typing import NDArray

from musicalface.audio.mel_spectrogram import RATE
from musicalface.audio.resample import to_16_khz


def tone(hertz: float, rate: int, seconds: float = 2) -> NDArray[np.float32]:
    return np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate).astype(np.float32)


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 44100, 44101, 48000, 96000, 192000])
def test_a_tone_stays_the_same_tone(rate: int) -> None:
    found = to_16_khz(tone(1000, rate), rate)
    assert len(found) == pytest.approx(2 * RATE, rel=0.01)
    middle = slice(RATE // 2, RATE)
    np.testing.assert_allclose(found[middle], tone(1000, RATE)[middle], atol=0.01)


@pytest.mark.parametrize("hertz", [8100, 12000, 20000])
def test_what_16_khz_cannot_hold_is_gone_and_not_an_alias(hertz: float) -> None:
    found = to_16_khz(tone(hertz, 44100), 44100)
    assert np.abs(found[RATE // 4 : -RATE // 4]).max() < 0.01


@pytest.mark.parametrize("count", [0, 1, 3])
def test_next_to_nothing(count: int) -> None:
    assert len(to_16_khz(np.ones(count, np.float32), 44100)) <= 1
