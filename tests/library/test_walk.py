import os
from pathlib import Path

import pytest

from musicalface.library import walk as walking
from musicalface.library.walk import Found, Unread, walk
from tests.audio import wav


def found(folder: Path) -> set[bytes]:
    return {each.path for each in walk(os.fsencode(folder)) if isinstance(each, Found)}


def unread(folder: Path) -> dict[bytes, str]:
    items = walk(os.fsencode(folder))
    return {each.path: each.reason for each in items if isinstance(each, Unread)}


def test_audio_files_are_found_by_their_suffix(tmp_path: Path) -> None:
    for name in ("a.mp3", "b.M4A", "c/d.Flac", "c/e/f.ogg", "g.oga", "h.opus", "i.wav"):
        wav(tmp_path / name)
    for name in ("cover.jpg", "mp3", "notes.txt", "a.mp3.part"):
        (tmp_path / name).touch()
    names = {b"a.mp3", b"b.M4A", b"c/d.Flac", b"c/e/f.ogg", b"g.oga", b"h.opus", b"i.wav"}
    assert found(tmp_path) == names


def test_hidden_names_and_links_are_left_out(tmp_path: Path) -> None:
    wav(tmp_path / "outside" / "a.wav")
    music = tmp_path / "music"
    wav(music / ".hidden.wav")
    wav(music / ".folder" / "b.wav")
    (music / "file.wav").symlink_to(tmp_path / "outside" / "a.wav")
    (music / "folder").symlink_to(tmp_path / "outside")
    (music / "loop").symlink_to(music)
    assert list(walk(os.fsencode(music))) == []


def test_names_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.wav"
    wav(tmp_path / "x.wav").rename(os.fsdecode(name))
    assert found(tmp_path) == {b"caf\xe9.wav"}


def test_a_pipe_is_told_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.mp3")
    assert unread(tmp_path) == {b"x.mp3": "not a regular file"}


def test_a_folder_without_permission_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wav(tmp_path / "open" / "a.wav")
    wav(tmp_path / "shut" / "b.wav")
    refuse(monkeypatch, b"shut", PermissionError(13, "Permission denied"))
    assert found(tmp_path) == {b"open/a.wav"}
    assert unread(tmp_path) == {b"shut": "permission denied"}


def test_a_folder_that_vanishes_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wav(tmp_path / "gone" / "a.wav")
    refuse(monkeypatch, b"gone", FileNotFoundError(2, "No such file or directory"))
    assert list(walk(os.fsencode(tmp_path))) == []


def test_folders_without_end_have_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "DEEPEST", 2)
    wav(tmp_path / "1" / "2" / "a.wav")
    wav(tmp_path / "1" / "2" / "3" / "b.wav")
    assert found(tmp_path) == {b"1/2/a.wav"}
    assert unread(tmp_path) == {b"1/2/3": "deeper than 2 folders"}


def test_a_state_changes_with_the_file_and_the_words_beside_it(tmp_path: Path) -> None:
    def state() -> str:
        return walking.state_of(os.fsencode(tmp_path), b"a.wav")

    wav(tmp_path / "a.wav")
    states = [state(), state()]
    assert states[0] == states[1]
    (tmp_path / "a.lrc").write_text("la")
    states.append(state())
    (tmp_path / "a.txt").write_text("la")
    states.append(state())
    os.utime(tmp_path / "a.wav", (1, 1))
    states.append(state())
    assert len(set(states)) == 4


def refuse(monkeypatch: pytest.MonkeyPatch, folder: bytes, error: OSError) -> None:
    """As root, nothing is forbidden: one folder is refused here."""
    scandir = os.scandir

    def refusing(path: bytes) -> object:
        if os.path.basename(path) == folder:  # noqa: PTH119
            raise error
        return scandir(path)

    monkeypatch.setattr("os.scandir", refusing)
