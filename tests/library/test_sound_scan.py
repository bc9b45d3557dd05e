"""Listening to the library: real files, in worker processes where it matters."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from musicalface.audio import ffmpeg, mood_classifier
from musicalface.audio.mood_classifier import Outcome
from musicalface.errors import LibraryError, MissingExtraError
from musicalface.library import Library, open_library, sound_scan
from musicalface.mood import MOODS, Mood
from musicalface.songs import choose_songs, shift_songs
from tests.audio.music import music as sound
from tests.audio.music import silence
from tests.audio_files import mp3, wav
from tests.conftest import SONG

CALM = "aevalsrc=0.05*sin(2*PI*220*t)+0.05*sin(2*PI*330*t)"


def tags(**values: str) -> list[str]:
    return [part for name, text in values.items() for part in ("-metadata", f"{name}={text}")]


def evidence(library: Library) -> dict[str, str | None]:
    """Returns the evidence of each song, by file name."""
    listed = [song for mood in (*MOODS, None) for song in library.list_songs(mood)]
    return {song.file.stem: song.evidence for song in listed}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Reads files in this process, which is faster; returns the list of files that were read."""
    files: list[Path] = []

    def read(paths: Iterable[Path], **_: Any) -> Generator[tuple[Path, Outcome], None, None]:
        for path in paths:
            files.append(path)
            yield path, mood_classifier._read(path, None)

    monkeypatch.setattr(sound_scan, "read_audio_files", read)
    return files


def test_songs_get_moods_from_their_sound(library: Library, music: Path) -> None:
    sound(music / "plain.flac", sound=CALM)
    sound(music / "words.mp3", *tags(artist="A", title="B", lyrics=SONG.read_text()), sound=CALM)
    sound(music / "heard.mp3", *tags(artist="Heard", title="By Listeners"), sound=CALM)
    sound(music / "tagged.flac", *tags(artist="A", title="Tagged", MOOD="Peaceful"), sound=CALM)
    silence(music / "silent.flac")
    wav(music / "short.wav")
    (music / "damaged.mp3").write_bytes(b"ID3\x04\x00\x00\x00\x00\x00\x00" + os.urandom(50_000))
    library.add([music])
    steps: list[tuple[int, float]] = []
    result = library.listen(workers=1, progress=lambda more, share: steps.append((more, share)))
    assert result.heard == 4
    assert result.problems["silent"] == result.problems["too short"] == 1
    assert sum(result.problems.values()) in (2, 3)  # random bytes may have no readable tag
    assert steps[-1] == (1, 1.0)
    found = evidence(library)
    assert found["plain"] == "sound"
    assert found["words"] == "sound and lyrics"
    assert found["heard"] == "listeners"
    assert found["tagged"] == "tag"
    assert found["silent"] is found["short"] is None
    assert (music / "silent.flac", "silent") in list(library.unheard())
    assert library.listen(workers=1).heard == 0


def test_reasons_and_shift(library: Library, music: Path, here: list[Path]) -> None:
    for number in range(3):
        name = tags(artist=f"Artist {number}", title="Song")
        sound(music / f"{number}.flac", *name, sound=CALM)
    library.add([music])
    library.listen()
    mood = next(mood for mood, count in library.counts().items() if count)
    library._connection.execute("UPDATE songs SET sureness = 0.9, second_sureness = 0.05")
    picks = choose_songs(library, mood)
    spoken = "calm" if mood is Mood.RELAXED else mood.value
    assert {pick.why for pick in picks} == {f"Sounds {spoken}"}
    assert all(pick.song.sound for pick in picks)
    assert len(shift_songs(library, mood, Mood.HAPPY if mood is not Mood.HAPPY else Mood.SAD)) == 3


def test_shift_follows_the_sound(library: Library, music: Path) -> None:
    """Of songs that are equally sad, the one with the happier sound comes later."""
    for number in range(4):
        mp3(music / f"{number}.mp3", f"Artist {number}", f"Song {number}", SONG.read_text())
    library.add([music])
    for number, happy in enumerate((0.3, 0.0, 0.2, 0.1)):
        library._connection.execute(
            "INSERT INTO evidence SELECT id, 'sound', 0, ?, 0, 1 - ?, '' FROM songs "
            "WHERE title = ?",
            (happy, happy, f"Song {number}"),
        )
    picks = shift_songs(library, Mood.SAD, Mood.HAPPY, 4)
    assert [pick.song.title for pick in picks] == ["Song 1", "Song 3", "Song 2", "Song 0"]


def test_only_new_and_changed_files_are_read(
    library: Library, music: Path, here: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sound(music / "a.flac")
    library.add([music])
    library.listen()
    second = sound(music / "b.flac")
    (music / "a.txt").write_text("too few words")  # not the sound
    library.rescan()
    library.listen()
    assert here == [first, second]
    library.rescan(force=True)
    assert library.count_due() == 0
    assert evidence(library) == {"a": "sound", "b": "sound"}
    sound(music / "a.flac", seconds=9)
    library.rescan()
    assert evidence(library) == {"a": None, "b": "sound"}
    library.listen()
    assert here == [first, second, first]
    monkeypatch.setattr(sound_scan, "_model_version", lambda: "newer")
    assert library.count_due() == 2


def test_missing_decoder_is_tried_again(
    library: Library, music: Path, here: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    sound(music / "a.m4a")
    library.add([music])
    with monkeypatch.context() as patch:
        patch.setattr(ffmpeg, "find", lambda: None)
        assert library.listen().problems == {"m4a: needs ffmpeg": 1}
    assert library.listen().heard == 1
    assert list(library.unheard()) == []


def test_without_any_decoder(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_scan, "has_decoder", lambda: False)
    with pytest.raises(MissingExtraError, match=r"\[audio\]"):
        library.listen()


def test_files_that_vanish_and_songs_that_are_removed(
    library: Library, music: Path, here: list[Path]
) -> None:
    for name in "abc":
        sound(music / f"{name}.flac")
    library.add([music])
    (music / "b.flac").unlink()

    def remove(more: int, share: float) -> None:
        library._connection.execute("DELETE FROM songs WHERE path = ?", (b"c.flac",))

    assert library.listen(progress=remove).heard == 2
    assert evidence(library) == {"a": "sound", "b": None}
    assert library.count_due() == 1


def test_one_listener_at_a_time_and_scans_meanwhile(
    library: Library, music: Path, here: list[Path]
) -> None:
    sound(music / "a.flac")
    library.add([music])

    def meanwhile(more: int, share: float) -> None:
        with open_library() as other:
            with pytest.raises(LibraryError, match="Another MusicalFace is listening"):
                other.listen()
            mp3(music / "new.mp3", "A", "B")
            assert [scan.read for scan in other.rescan()] == [1]

    library.listen(progress=meanwhile)
    assert len(library) == 2


def test_kill_loses_nothing(home: Path, music: Path) -> None:
    for number in range(12):
        sound(music / f"{number}.flac", seconds=4 + number / 10)
    command = [sys.executable, "-m", "musicalface", "library", "add", str(music), "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        while running.poll() is None and _heard(home / "library.sqlite") < 3:
            time.sleep(0.02)
        running.send_signal(signal.SIGKILL)
    with open_library() as library:
        assert len(library) == 12
        heard = list(evidence(library).values()).count("sound")
        assert 3 <= heard <= 12
        assert library.count_due() == 12 - heard
        assert library.listen(workers=1).heard == 12 - heard
        assert set(evidence(library).values()) == {"sound"}


def _heard(path: Path) -> int:
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as seen,
    ):
        return int(seen.execute("SELECT count(*) FROM listening").fetchone()[0])
    return 0
