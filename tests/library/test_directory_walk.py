import os
from pathlib import Path

import pytest

from musicalface.library.directory_walk import AudioFile, UnreadablePath, walk_audio_files
from tests.audio_files import wav


def audio_paths(folder: Path) -> set[bytes]:
    return {
        each.path for each in walk_audio_files(os.fsencode(folder)) if isinstance(each, AudioFile)
    }


def unreadable(folder: Path) -> dict[bytes, str]:
    items = walk_audio_files(os.fsencode(folder))
    return {each.path: each.reason for each in items if isinstance(each, UnreadablePath)}


def test_audio_files_are_found_by_their_suffix(tmp_path: Path) -> None:
    names = "a.mp3 b.M4A c/d.Flac c/e/f.ogg g.oga h.opus i.wav j.m4b k.MP4 l.aac m.webm".split()
    for name in names:
        wav(tmp_path / name)
    for name in ("cover.jpg", "mp3", "notes.txt", "a.mp3.part", "album.cue"):
        (tmp_path / name).touch()
    assert audio_paths(tmp_path) == {name.encode() for name in names}
    assert unreadable(tmp_path) == {}


def test_formats_that_do_not_play_are_named(tmp_path: Path) -> None:
    names = ("a.wma", "b.AIFF", "c.ape", "d.wv", "e.dsf", "f.mka", "g.spx", "h.mp2")
    for name in names:
        (tmp_path / name).touch()
    assert unreadable(tmp_path) == {
        name.encode(): f"{name[2:].lower()} not supported" for name in names
    }


@pytest.mark.parametrize(
    "folder", ["#recycle", "$RECYCLE.BIN", "@eaDir", "@Recycle", ".Trash-1000", ".stversions"]
)
def test_recycle_bins_and_thumbnails_are_left_out(tmp_path: Path, folder: str) -> None:
    wav(tmp_path / "a.wav")
    wav(tmp_path / "music" / folder / "deep" / "b.wav")
    assert audio_paths(tmp_path) == {b"a.wav"}


def test_hidden_names_and_links_are_left_out(tmp_path: Path) -> None:
    wav(tmp_path / "outside" / "a.wav")
    music = tmp_path / "music"
    wav(music / ".hidden.wav")
    wav(music / ".folder" / "b.wav")
    (music / "file.wav").symlink_to(tmp_path / "outside" / "a.wav")
    (music / "folder").symlink_to(tmp_path / "outside")
    (music / "loop").symlink_to(music)
    assert list(walk_audio_files(os.fsencode(music))) == []


def test_undecodable_names(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.wav"
    wav(tmp_path / "x.wav").rename(os.fsdecode(name))
    assert audio_paths(tmp_path) == {b"caf\xe9.wav"}


def test_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.mp3")
    assert unreadable(tmp_path) == {b"x.mp3": "not a regular file"}


def test_folder_without_permission_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wav(tmp_path / "open" / "a.wav")
    wav(tmp_path / "shut" / "b.wav")
    refuse(monkeypatch, b"shut", PermissionError(13, "Permission denied"))
    assert audio_paths(tmp_path) == {b"open/a.wav"}
    assert unreadable(tmp_path) == {b"shut": "permission denied"}


def test_vanished_folder_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wav(tmp_path / "gone" / "a.wav")
    refuse(monkeypatch, b"gone", FileNotFoundError(2, "No such file or directory"))
    assert list(walk_audio_files(os.fsencode(tmp_path))) == []


def test_folder_depth_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.file_walk.DEEPEST", 2)
    wav(tmp_path / "1" / "2" / "a.wav")
    wav(tmp_path / "1" / "2" / "3" / "b.wav")
    assert audio_paths(tmp_path) == {b"1/2/a.wav"}
    assert unreadable(tmp_path) == {b"1/2/3": "deeper than 2 folders"}


def test_file_state_depends_on_file_and_lyrics(tmp_path: Path) -> None:
    def state() -> str:
        (file,) = walk_audio_files(os.fsencode(tmp_path))
        assert isinstance(file, AudioFile)
        return file.state

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
    """Makes listing one folder fail; permissions would not stop root."""
    scandir = os.scandir

    def refusing(path: bytes) -> object:
        if os.path.basename(path) == folder:  # noqa: PTH119
            raise error
        return scandir(path)

    monkeypatch.setattr("os.scandir", refusing)
