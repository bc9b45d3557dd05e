import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from musicalface.errors import InputError, LibraryError
from musicalface.library import Library, open_library
from musicalface.library import scan as scanning
from musicalface.mood import MOODS, Mood
from tests.audio_files import mp3, wav
from tests.conftest import SONG
from tests.library.test_directory_walk import refuse

SAD_WORDS = SONG.read_text()


def songs(library: Library) -> dict[str, str | None]:
    """Returns the evidence of each song, by file name."""
    listed = [song for mood in (*MOODS, None) for song in library.list_songs(mood)]
    return {song.file.name: song.evidence for song in listed}


def read(library: Library) -> list[int]:
    return [scan.read for scan in library.rescan()]


def test_evidence_precedence(library: Library, music: Path) -> None:
    mp3(music / "heard.mp3", "HEARD", "By listeners", SAD_WORDS)
    mp3(music / "words.mp3", "Read", "By Words", SAD_WORDS)
    mp3(music / "catalog.mp3", "The Read", "By Words (live)")
    mp3(music / "unknown.mp3", "Nobody", "Knows", "too few words")
    (scan,) = library.add([music])
    assert (scan.read, scan.unchanged, scan.gone) == (4, 0, 0)
    (counts,) = library.list_songs(Mood.HAPPY)
    assert (counts.file, counts.evidence, counts.spotify_id) == (
        music / "heard.mp3",
        "listeners",
        "h" * 22,
    )
    assert [(song.file.name, song.evidence) for song in library.list_songs(Mood.SAD)] == [
        ("words.mp3", "lyrics")
    ]
    assert [song.file.name for song in library.list_songs(Mood.ANGRY)] == ["catalog.mp3"]
    (unknown,) = library.list_songs(None)
    assert (unknown.title, unknown.moods, unknown.evidence) == ("Knows", None, None)


def test_only_changed_files_are_read(library: Library, music: Path) -> None:
    for number in range(3):
        mp3(music / f"{number}.mp3", "A", str(number))
    library.add([music])
    assert read(library) == [0]
    mp3(music / "1.mp3", "A", "Another")
    assert read(library) == [1]
    (music / "2.txt").write_text(SAD_WORDS)
    assert read(library) == [1]
    assert songs(library) == {"0.mp3": None, "1.mp3": None, "2.mp3": "lyrics"}
    (music / "2.txt").unlink()
    assert read(library) == [1]
    assert songs(library)["2.mp3"] is None
    assert [scan.read for scan in library.rescan(force=True)] == [3]


def test_missing_files_are_removed_and_unreadable_ones_listed(
    library: Library, music: Path
) -> None:
    mp3(music / "stays.mp3", "A", "B")
    mp3(music / "goes.mp3", "A", "C")
    mp3(music / "breaks.mp3", "A", "D")
    library.add([music])
    (music / "goes.mp3").unlink()
    (music / "breaks.mp3").write_bytes(b"")
    (scan,) = library.rescan()
    assert scan.gone == 1
    assert songs(library) == {"stays.mp3": None}
    assert list(library.unreadable()) == [(music / "breaks.mp3", "empty")]
    mp3(music / "breaks.mp3", "A", "D")
    library.rescan()
    assert len(library) == 2
    assert list(library.unreadable()) == []


@pytest.mark.parametrize("leave", [shutil.rmtree, lambda folder: shutil.rmtree(folder / "a")])
def test_disconnected_disk_keeps_its_songs(
    library: Library, music: Path, leave: Callable[[Path], None]
) -> None:
    mp3(music / "a" / "song.mp3", "A", "B")
    library.add([music])
    leave(music)
    (scan,) = library.rescan()
    assert scan.absent == "is missing (is a disk disconnected?)"
    assert len(library) == 1
    mp3(music / "another.mp3", "A", "C")
    library.rescan()
    assert songs(library) == {"another.mp3": None}


def test_unreadable_folder_keeps_its_songs(
    library: Library, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("shut/deep/a.mp3", "shut/b.mp3", "shut-not/c.mp3", "open/d.mp3"):
        mp3(music / name, "A", name)
    library.add([music])
    (music / "shut-not" / "c.mp3").unlink()
    refuse(monkeypatch, b"shut", PermissionError(13, "Permission denied"))
    library.rescan()
    assert sorted(songs(library)) == ["a.mp3", "b.mp3", "d.mp3"]
    assert list(library.unreadable()) == [(music / "shut", "permission denied")]
    refuse(monkeypatch, b"music", OSError(5, "Input/output error"))
    (scan,) = library.rescan()
    assert scan.absent == "can't be read (input/output error)"
    assert len(library) == 3


def test_disk_removed_while_reading_keeps_its_songs(library: Library, music: Path) -> None:
    for number in range(3):
        wav(music / f"{number}.wav")
    library.add([music])

    def remove_disk(more: int) -> None:
        if music.exists():
            music.rename(music.with_name("removed"))

    wav(music / "new.wav")
    (scan,) = library.rescan(progress=remove_disk)
    assert scan.absent
    assert len(library) == 3


def test_disk_removed_while_walking_keeps_its_songs(
    library: Library, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        wav(music / f"{number}.wav")
    library.add([music])

    def remove_disk(facts: os.stat_result, full: bytes) -> str:
        if music.exists():
            music.rename(music.with_name("removed"))
        raise FileNotFoundError(full)

    monkeypatch.setattr("musicalface.library.directory_walk._state", remove_disk)
    (scan,) = library.rescan()
    assert scan.absent
    assert len(library) == 3
    assert list(library.unreadable()) == []


def test_folder_with_only_hidden_files_is_empty(library: Library, music: Path) -> None:
    wav(music / "a.wav")
    library.add([music])
    (music / "a.wav").unlink()
    (music / ".keep").touch()
    (scan,) = library.rescan()
    assert scan.absent
    assert len(library) == 1


def test_damaged_lock_file_is_reported(library: Library, music: Path, home: Path) -> None:
    wav(music / "a.wav")
    library.add([music])
    (home / "library.lock").write_bytes(b"no database" * 999)
    with pytest.raises(LibraryError, match=r"library\.lock is damaged\. Delete it"):
        library.rescan()


def test_undecodable_names(library: Library, music: Path) -> None:
    wav(music / "x.wav").rename(os.fsdecode(os.fsencode(music) + b"/caf\xe9.wav"))
    library.add([music])
    (song,) = library.list_songs(None)
    assert song.title == "café"
    assert os.fsencode(song.file) == os.fsencode(music) + b"/caf\xe9.wav"
    assert song.file.is_file()


def test_folders_do_not_overlap(library: Library, music: Path) -> None:
    (music / "inside").mkdir()
    wav(music / "a.wav")
    assert [scan.read for scan in library.add([music, music])] == [1]
    with pytest.raises(InputError, match="is inside"):
        library.add([music / "inside"])
    with pytest.raises(InputError, match="contains"):
        library.add([music.parent])
    with pytest.raises(InputError, match="isn't a folder"):
        library.add([music / "a.wav"])
    (scan,) = library.add([music])
    assert (scan.read, scan.unchanged) == (0, 1)


def test_adding_folders_is_atomic(library: Library, tmp_path: Path) -> None:
    (tmp_path / "one" / "two").mkdir(parents=True)
    with pytest.raises(InputError, match="is inside"):
        library.add([tmp_path / "one", tmp_path / "one" / "two"])
    assert library.folders() == []


def test_link_to_a_folder_is_resolved(library: Library, music: Path, tmp_path: Path) -> None:
    wav(music / "a.wav")
    (tmp_path / "link").symlink_to(music)
    library.add([tmp_path / "link"])
    assert [folder.path for folder in library.folders()] == [music]
    assert [scan.unchanged for scan in library.rescan([tmp_path / "link"])] == [1]


def test_remove_deletes_songs_and_moods(library: Library, music: Path) -> None:
    song = mp3(music / "a.mp3", "A", "B")
    library.add([music])
    library.set_mood(song, Mood.HAPPY)
    assert library.remove(music) == 1
    assert (library.folders(), len(library), song.is_file()) == ([], 0, True)
    library.add([music])
    assert songs(library) == {"a.mp3": None}
    with pytest.raises(InputError, match="isn't in your library"):
        library.remove(music.parent)


def test_one_scan_at_a_time_with_concurrent_readers(
    home: Path, library: Library, music: Path
) -> None:
    wav(music / "a.wav")
    progress_steps: list[str] = []

    def during_scan(more: int) -> None:
        with open_library() as other:
            assert len(other) in (0, 1)
            with pytest.raises(LibraryError) as refused:
                other.rescan()
            progress_steps.append(str(refused.value))

    library.add([music], progress=during_scan)
    assert set(progress_steps) == {"Another MusicalFace is scanning. Wait until it's done."}
    assert read(library) == [0]


def test_workers_give_the_same_result(
    library: Library, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "BATCH", 4)
    for number in range(40):
        mp3(music / f"{number}.mp3", "A", str(number), SAD_WORDS * (number % 2))
    (music / "empty.mp3").touch()
    (scan,) = library.add([music], workers=2)
    by_workers = list(library.list_songs(Mood.SAD)), songs(library)
    library.rescan(force=True, workers=1)
    assert scan.read == 40
    assert len(by_workers[0]) == 20
    assert (list(library.list_songs(Mood.SAD)), songs(library)) == by_workers
    assert library.folders()[0].unread == {"empty": 1}


def test_ctrl_c_keeps_finished_batches(library: Library, music: Path) -> None:
    for number in range(3 * scanning.BATCH):
        wav(music / f"{number}.wav")

    def stop(more: int) -> None:
        if more:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.add([music], workers=1, progress=stop)
    assert len(library) == scanning.BATCH
    (scan,) = library.rescan(workers=1)
    assert (scan.read, scan.unchanged) == (2 * scanning.BATCH, scanning.BATCH)


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGINT])
def test_interrupted_scan_resumes_with_the_same_result(
    home: Path, tmp_path: Path, music: Path, signal_number: signal.Signals
) -> None:
    for number in range(1500):
        mp3(music / f"{number % 9}" / f"{number}.mp3", f"A {number}", "T", SAD_WORDS)
    command = [sys.executable, "-m", "musicalface", "library", "add", str(music)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        while running.poll() is None and not _songs_in(home / "library.sqlite"):
            time.sleep(0.005)
        running.send_signal(signal_number)
        _, progress_steps = running.communicate()
    if signal_number == signal.SIGINT:
        assert running.returncode == 130
        assert progress_steps.startswith("The files read so far are kept. Run the same")
        assert progress_steps.endswith("musicalface: stopped.\n")
    with (
        open_library() as library,
        open_library(tmp_path / "uninterrupted.sqlite") as uninterrupted,
    ):
        kept = len(library)
        (scan,) = library.add([music])
        uninterrupted.add([music])
        assert 0 < kept < 1500
        assert (scan.read, scan.unchanged) == (1500 - kept, kept)
        assert set(map(str, library.list_songs(Mood.SAD))) == set(
            map(str, uninterrupted.list_songs(Mood.SAD))
        )
        assert len(library) == 1500


def _songs_in(path: Path) -> int:
    """Returns how many songs another process has written so far."""
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as seen,
    ):
        return int(seen.execute("SELECT count(*) FROM songs").fetchone()[0])
    return 0
