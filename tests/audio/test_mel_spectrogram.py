import numpy as np
import pytest

from musicalface.audio.mel_spectrogram import BANDS, FFT, HOP, RATE, filters, log_mel

# librosa 0.11.0: feature.melspectrogram(sr=16000, n_fft=512, hop_length=256, n_mels=96), then
# log10(1 + 10000 x), of `sweep`.
LIBROSA = {
    (0, 0): 2.98713,
    (0, 10): 3.7968,
    (5, 3): 0.00166,
    (20, 13): 5.64711,
    (31, 40): 0.0,
    (62, 20): 2.22961,
    (62, 95): 0.88972,
}
# librosa.filters.mel(sr=16000, n_fft=512, n_mels=96), transposed
LIBROSA_FILTERS = {
    (1, 0): 0.0319992,
    (2, 1): 0.0318406,
    (14, 13): 0.0299378,
    (30, 30): 0.0047572,
    (100, 66): 0.0032152,
    (200, 87): 0.0,
    (255, 95): 0.0004981,
}


def sweep() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A second of a tone and of one that rises."""
    t = np.arange(RATE) / RATE
    rising = 0.2 * np.sin(2 * np.pi * (200 + 3000 * t) * t) * t
    return (0.3 * np.sin(2 * np.pi * 440 * t) + rising).astype(np.float32)


def test_it_has_the_values_of_librosa() -> None:
    mel = log_mel(sweep())
    assert mel.shape == (63, BANDS)
    for place, value in LIBROSA.items():
        assert mel[place] == pytest.approx(value, abs=2e-5)


def test_the_filters_have_the_values_of_librosa() -> None:
    for place, value in LIBROSA_FILTERS.items():
        assert filters()[place] == pytest.approx(value, abs=1e-6)
    assert filters().sum() == pytest.approx(3.071914, abs=1e-5)


@pytest.mark.parametrize("count", [1, FFT, RATE + 1])
def test_a_frame_for_each_hop(count: int) -> None:
    mel = log_mel(np.ones(count, np.float32))
    assert mel.shape == (1 + count // HOP, BANDS)
    assert mel.dtype == np.float32


def test_long_sound_is_the_same_in_blocks() -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, 4200 * HOP).astype(np.float32)
    whole = log_mel(samples)
    part = log_mel(samples[4000 * HOP :])
    np.testing.assert_allclose(whole[4010:], part[10:], atol=1e-5)
