"""Real files: what is decoded of each, and the error message for a bad one."""

import os
import struct
import time
from pathlib import Path

import numpy as np
import pytest

from musicalface.audio import decode, ffmpeg, miniaudio_decoder
from musicalface.audio.decode import read_excerpts
from musicalface.audio.mel_spectrogram import RATE
from musicalface.audio.time_windows import MAX_SECONDS, SECONDS, WINDOWS, windows
from musicalface.errors import AudioError
from tests.audio.music import music, program, silence

NATIVE = ("mp3", "flac", "ogg", "wav", "aiff")
STEREO = ("-af", "pan=stereo|c0=c0|c1=c0")
BY_FFMPEG = ("m4a", "opus", "wma", "aac", "mp4", "mka", "wv", "caf", "tta")


def problem(path: Path) -> str:
    """The error message, which starts with the path."""
    with pytest.raises(AudioError) as raised:
        read_excerpts(path)
    sentence = str(raised.value)
    assert sentence.startswith(str(path))
    assert "\n" not in sentence
    return sentence


@pytest.fixture
def no_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "find", lambda: None)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> float:
    """The loudness of the chord."""
    (whole,) = read_excerpts(music(tmp_path_factory.mktemp("reference") / "a.wav", "-ar", 16000))
    return loudness(whole)


def loudness(samples: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> float:
    return float(np.sqrt((samples**2).mean()))


@pytest.mark.parametrize("suffix", NATIVE)
@pytest.mark.usefixtures("no_ffmpeg")
def test_miniaudio_decodes(suffix: str, tmp_path: Path, reference: float) -> None:
    (whole,) = read_excerpts(music(tmp_path / f"a.{suffix}", *STEREO))
    assert len(whole) / RATE == pytest.approx(8, abs=0.1)
    assert loudness(whole) == pytest.approx(reference, rel=0.06)


@pytest.mark.parametrize("suffix", BY_FFMPEG)
def test_ffmpeg_decodes_as_loud_as_miniaudio(suffix: str, tmp_path: Path, reference: float) -> None:
    (whole,) = read_excerpts(music(tmp_path / f"a.{suffix}", *STEREO))
    assert len(whole) / RATE == pytest.approx(8, abs=0.2)
    assert loudness(whole) == pytest.approx(reference, rel=0.05)


@pytest.mark.parametrize("suffix", [*NATIVE, "m4a", "opus"])
def test_of_a_long_file_three_windows_are_decoded(suffix: str, tmp_path: Path) -> None:
    """Each second of the file has its own pitch, which tells where a window was."""
    rising = "aevalsrc=0.4*sin(2*PI*(200+20*floor(t))*t)"
    path = music(tmp_path / f"a.{suffix}", seconds=240, sound=rising)
    found = read_excerpts(path)
    assert [len(part) / RATE for part in found] == pytest.approx([SECONDS] * WINDOWS, abs=0.1)
    for part, (start, _) in zip(found, windows(240), strict=True):
        middle = part[2 * RATE : 3 * RATE]
        hertz = np.abs(np.fft.rfft(middle * np.hanning(RATE))).argmax()
        assert (hertz - 200) / 20 == pytest.approx(start + 2.5, abs=6)


def test_windows_lie_inside() -> None:
    assert windows(100) == [(22, 6), (47, 6), (72, 6)]
    assert windows(0) == windows(35) == [(0, MAX_SECONDS)]


@pytest.mark.parametrize("rate", [8000, 22050, 192000])
@pytest.mark.parametrize("suffix", ["wav", "flac"])
def test_any_rate(rate: int, suffix: str, tmp_path: Path, reference: float) -> None:
    (whole,) = read_excerpts(music(tmp_path / f"a.{suffix}", "-ar", rate))
    assert len(whole) / RATE == pytest.approx(8, abs=0.05)
    assert loudness(whole) == pytest.approx(reference, rel=0.06)


@pytest.mark.parametrize("suffix", ["wav", "flac", "m4a"])
def test_eight_channels(suffix: str, tmp_path: Path) -> None:
    (whole,) = read_excerpts(music(tmp_path / f"a.{suffix}", "-ac", 8))
    assert len(whole) / RATE == pytest.approx(8, abs=0.1)


def test_ten_hours_of_mp3_are_heard_at_once(tmp_path: Path) -> None:
    part = music(tmp_path / "part.mp3", "-b:a", "32k", "-write_xing", 0, seconds=20).read_bytes()
    path = tmp_path / "long.mp3"
    with path.open("wb") as file:
        for _ in range(1800):
            file.write(part)
    started = time.process_time()
    assert len(read_excerpts(path)) == WINDOWS
    assert time.process_time() - started < 10


def test_ten_hours_of_wav_are_heard_at_once(tmp_path: Path) -> None:
    path = music(tmp_path / "long.wav", "-ar", 8000)
    content = path.read_bytes()
    hours = 36_000 * 8000 * 2
    path.write_bytes(content.replace(struct.pack("<I", 8 * 8000 * 2), struct.pack("<I", hours)))
    with path.open("r+b") as file:
        for quarter in (1, 2, 3):
            file.seek(quarter * hours // 4 - 160_000)
            file.write(content[-128_000:] * 3)
        file.truncate(hours + 78)
    assert len(read_excerpts(path)) == WINDOWS


@pytest.mark.usefixtures("no_ffmpeg")
def test_a_wav_that_claims_four_gigabytes(tmp_path: Path) -> None:
    path = music(tmp_path / "a.wav", "-bitexact")
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = content[4:8] = b"\xf0\xff\xff\xff"
    path.write_bytes(content)
    (whole,) = read_excerpts(path)
    assert len(whole) / RATE == pytest.approx(8, abs=0.1)


def test_a_flac_that_claims_hours(tmp_path: Path) -> None:
    path = music(tmp_path / "a.flac")
    content = bytearray(path.read_bytes())
    content[22:26] = b"\xff\xff\xff\xff"  # the low bits of the number of samples
    path.write_bytes(content)
    (whole,) = read_excerpts(path)
    assert len(whole) / RATE == pytest.approx(8, abs=0.1)


def test_an_mp3_behind_a_large_tag(tmp_path: Path) -> None:
    sound = music(tmp_path / "a.mp3", "-id3v2_version", 0).read_bytes()
    size = 3_000_000
    seven_bits = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    path = tmp_path / "b.mp3"
    path.write_bytes(b"ID3\x04\x00\x00" + seven_bits + bytes(size) + sound)
    (whole,) = read_excerpts(path)
    assert len(whole) / RATE == pytest.approx(8, abs=0.1)


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.flac"))
    music(tmp_path / "a.flac").rename(path)
    assert len(read_excerpts(path)) == 1


@pytest.mark.parametrize("name", ["-i.m4a", "concat:a|b.m4a", "http:x.m4a", "%d.m4a"])
def test_a_name_that_ffmpeg_would_take_for_something_else(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    music(tmp_path / "a.m4a").rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert len(read_excerpts(Path(name))) == 1


def test_zero_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").touch()
    assert problem(tmp_path / "a.mp3").endswith("is empty.")


def test_silence_has_no_mood(tmp_path: Path) -> None:
    assert "is silent" in problem(silence(tmp_path / "a.flac"))


def test_a_silent_window_is_left_out(tmp_path: Path) -> None:
    half = "aevalsrc=0.3*sin(2*PI*300*t)*lt(t\\,60)"
    assert len(read_excerpts(music(tmp_path / "a.flac", seconds=120, sound=half))) == 2


@pytest.mark.parametrize("suffix", ["wav", "mp3", "m4a"])
def test_two_seconds_are_too_short(suffix: str, tmp_path: Path) -> None:
    sentence = problem(music(tmp_path / f"a.{suffix}", seconds=2))
    assert "has 2." in sentence
    assert "at least 3 are needed" in sentence


@pytest.mark.parametrize("suffix", ["mp3", "wav", "flac", "m4a", "ogg", "txt"])
def test_noise_under_any_name(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(np.random.default_rng(1).bytes(400_000))
    sentence = problem(path)
    assert "is damaged" in sentence or "isn't a sound file" in sentence or "seconds of" in sentence


@pytest.mark.parametrize("suffix", [*NATIVE, "opus"])
def test_of_half_a_file_half_is_heard(suffix: str, tmp_path: Path) -> None:
    path = music(tmp_path / f"a.{suffix}")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (whole,) = read_excerpts(path)
    assert 3 <= len(whole) / RATE <= 8.1


def test_half_an_m4a_has_lost_its_index(tmp_path: Path) -> None:
    path = music(tmp_path / "a.m4a")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "is damaged" in problem(path)


def test_no_file(tmp_path: Path) -> None:
    assert "No such file" in problem(tmp_path / "a.mp3")


def test_a_folder_and_a_pipe_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp3")
    assert "isn't a regular file" in problem(tmp_path / "a.mp3")
    assert "isn't a regular file" in problem(tmp_path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = music(tmp_path / "a.mp3")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "can't be read (Permission denied)" in problem(path)


def test_a_disk_that_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = music(tmp_path / "a.flac")

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(miniaudio_decoder, "decode", fail)
    assert "can't be read (Input/output error)" in problem(path)


def test_a_protected_file(tmp_path: Path) -> None:
    key = ["-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb"]
    scheme = ["-encryption_scheme", "cenc-aes-ctr", "-encryption_kid", "0" * 32]
    path = music(tmp_path / "a.m4a", *scheme, *key)
    assert "is protected (DRM)" in problem(path)


@pytest.mark.usefixtures("no_ffmpeg")
@pytest.mark.parametrize("suffix", ["m4a", "opus", "wma"])
def test_without_ffmpeg_it_says_what_is_needed(suffix: str, tmp_path: Path) -> None:
    assert f"{suffix} files need ffmpeg" in problem(music(tmp_path / f"a.{suffix}"))


def test_without_miniaudio_ffmpeg_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = music(tmp_path / "a.mp3")
    monkeypatch.setattr(decode, "find_spec", lambda name: None)
    assert len(read_excerpts(path)) == 1


@pytest.mark.usefixtures("no_ffmpeg")
def test_with_neither_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = music(tmp_path / "a.mp3")
    monkeypatch.setattr(decode, "find_spec", lambda name: None)
    assert "install the extra [audio]" in problem(path)


@pytest.mark.parametrize("script", ["exec sleep 600", "exec cat /dev/zero", "exit 1", ":"])
def test_an_ffmpeg_that_hangs_or_floods_or_fails(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = music(tmp_path / "a.m4a")
    fake = program(tmp_path / "ffmpeg", script)
    monkeypatch.setattr(ffmpeg, "find", lambda: str(fake))
    monkeypatch.setattr(ffmpeg, "TIMEOUT", 0.5)
    sentence = problem(path)
    assert "took longer than" in sentence or "is damaged" in sentence or "silent" in sentence


def test_a_playlist_opens_no_other_file(tmp_path: Path) -> None:
    """ffmpeg would open the files in a playlist; its first bytes show that it isn't sound."""
    music(tmp_path / "secret.wav")
    for name in ("a.m4a", "a.mp3"):
        (tmp_path / name).write_text("#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nsecret.wav\n")
        told = problem(tmp_path / name)
        assert "isn't a sound file" in told or "is damaged" in told
