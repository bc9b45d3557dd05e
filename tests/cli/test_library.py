import json
import os
from pathlib import Path

import pytest

from tests.audio.music import music as sound
from tests.audio_files import mp3, wav
from tests.conftest import SONG, Run
from tests.library.conftest import home  # noqa: F401  a separate data directory per test


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """Two songs, one of them of unknown mood, and two unreadable files."""
    folder = tmp_path / "music"
    mp3(folder / "sad.mp3", "A", "Sad Song", SONG.read_text())
    wav(folder / "01 - Unknown.wav")
    (folder / "empty.mp3").touch()
    os.mkfifo(folder / "pipe.mp3")
    return folder


def listed(run: Run, *arguments: object) -> dict[str, list[dict[str, object]]]:
    document: dict[str, list[dict[str, object]]] = json.loads(
        run("library", "list", "--json", *arguments).out
    )
    return document


def test_add_prints_a_summary(run: Run, music: Path) -> None:
    result = run("library", "add", music, "--no-audio")
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        f"{music}: 2 songs, 2 read now, 1 of unknown mood; "
        "2 unreadable (1 empty, 1 not a regular file).\n"
    )
    (music / "sad.mp3").unlink()
    assert "1 song, 0 read now, 1 gone" in run("library", "rescan", "--no-audio").out


def test_list_prints_all_folders(run: Run, music: Path) -> None:
    assert "is empty. Add a folder" in run("library", "list").out
    run("library", "add", music, "--no-audio")
    result = run("library", "list").out
    assert result.splitlines()[1].split() == [*"2 0 0 0 1 1 2".split(), str(music)]
    assert "2 unreadable (1 empty, 1 not a regular file)" in result
    assert listed(run) == {
        "folders": [
            {
                "path": str(music),
                "songs": 2,
                "moods": {"angry": 0, "happy": 0, "relaxed": 0, "sad": 1},
                "unknown": 1,
                "unreadable": {"empty": 1, "not a regular file": 1},
            }
        ]
    }


def test_a_long_path_hides_no_count(run: Run, music: Path) -> None:
    deep = music.joinpath(*["a folder with a long name"] * 6)
    deep.mkdir(parents=True)
    run("library", "add", deep, "--no-audio")
    _, row, total, *_ = run("library", "list").out.splitlines()
    assert (row.split()[:7], row.endswith(str(deep))) == (["0"] * 7, True)
    assert total.split() == [*["0"] * 7, "all"]


def test_list_by_mood(run: Run, music: Path) -> None:
    run("library", "add", music, "--no-audio")
    assert run("library", "list", "--mood", "SAD").out == (
        f"A · Sad Song  sad 78% (sad lyrics)  {music}/sad.mp3\n"
    )
    assert run("library", "list", "--mood", "unknown").out == (
        f"Unknown  unknown  {music}/01 - Unknown.wav\n"
    )
    (sad,) = listed(run, "--mood", "sad")["songs"]
    assert (sad["title"], sad["mood"], sad["evidence"]) == ("Sad Song", "sad", "lyrics")
    (unknown,) = listed(run, "--mood", "unknown")["songs"]
    assert (unknown["artist"], unknown["moods"], unknown["evidence"]) == ("", None, None)
    assert listed(run, "--mood", "happy") == {"songs": []}


def test_list_unreadable_files(run: Run, music: Path) -> None:
    run("library", "add", music, "--no-audio")
    assert run("library", "list", "--unreadable").out == (
        f"empty  {music}/empty.mp3\nnot a regular file  {music}/pipe.mp3\n"
    )
    assert listed(run, "--unreadable")["unreadable"][0] == {
        "path": f"{music}/empty.mp3",
        "reason": "empty",
    }


def test_mood_can_be_set_and_unset(run: Run, music: Path) -> None:
    run("library", "add", music, "--no-audio")
    result = run("library", "mood", music / "sad.mp3", "Happy")
    assert result.out == f"A · Sad Song  happy 100% (you marked it as happy)  {music}/sad.mp3\n"
    assert listed(run, "--mood", "happy")["songs"][0]["evidence"] == "person"
    assert "sad 78%" in run("library", "mood", music / "sad.mp3", "unset").out
    assert run("library", "mood", music / "sad.mp3", "bored").status == 2
    refused = run("library", "mood", music / "none.mp3", "sad")
    assert (refused.status, refused.out) == (2, "")
    assert "isn't in your library" in refused.err


def test_remove_folder(run: Run, music: Path) -> None:
    run("library", "add", music, "--no-audio")
    assert run("library", "remove", music).out == f"{music}: 2 songs removed.\n"
    assert (music / "sad.mp3").is_file()
    assert run("library", "remove", music).status == 2
    assert run("library", "rescan", music).status == 2
    assert "Your library is empty" in run("library", "rescan", "--no-audio").out


def test_rescan_of_a_disconnected_disk(run: Run, music: Path) -> None:
    run("library", "add", music, "--no-audio")
    music.rename(music.with_name("elsewhere"))
    result = run("library", "rescan", "--no-audio")
    assert result.status == 0
    assert result.out == (f"{music} is missing (is a disk disconnected?): its 2 songs are kept.\n")


def test_control_characters_and_undecodable_names(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mu\x1b[31msic"
    mp3(folder / "x.mp3").rename(os.fsdecode(os.fsencode(folder) + b"/\xff\x07.mp3"))
    (folder / "e\udcff.mp3").touch()
    for arguments in (
        ("add", folder, "--no-audio"),
        ("list",),
        ("list", "--json"),
        ("list", "--mood", "unknown"),
        ("list", "--mood", "unknown", "--json"),
        ("list", "--unreadable"),
        ("mood", os.fsdecode(os.fsencode(folder) + b"/\xff\x07.mp3"), "sad"),
        ("list", "--unreadable", "--json"),
        ("remove", folder),
    ):
        result = run("library", *arguments)
        assert (result.status, result.err) == (0, "")
        assert "\x1b" not in result.out
        assert "\x07" not in result.out


@pytest.mark.parametrize(
    "arguments",
    [("--mood", "sad", "--unreadable"), ("--limit", 3), ("--limit", 0, "--mood", "sad")],
)
def test_conflicting_list_options(run: Run, arguments: tuple[object, ...]) -> None:
    assert run("library", "list", *arguments).status == 2


def test_listening(run: Run, music: Path) -> None:
    sound(music / "song.flac")
    assert run("library", "listen", "--off").out == "Listening after each scan is off.\n"
    assert "Moods read" not in run("library", "add", music).out
    result = run("library", "listen", "--workers", 1)
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "Moods read from the sound of 1 song; not of 2 (2 too short). "
        "See musicalface library list --unheard.\n"
    )
    assert listed(run, "--unheard")["unheard"][0] == {
        "path": f"{music}/01 - Unknown.wav",
        "reason": "too short",
    }
    (unknown,) = listed(run, "--mood", "unknown")["songs"]
    assert unknown["title"] == "Unknown"
    assert run("library", "rescan", "--audio").out.count("\n") == 1  # nothing is due


def test_exclude(run: Run, music: Path) -> None:
    run("library", "add", music, "--no-audio")
    assert run("library", "exclude").out == "Nothing is excluded.\n"
    assert run("library", "exclude", "*.wav").out == "1 song removed from the library.\n"
    assert run("library", "exclude").out == "*.wav\n"
    assert run("library", "exclude", "*.wav", "--remove").status == 0
    assert run("library", "exclude", "*.wav", "--remove").status == 2
    assert run("library", "exclude", "--remove").status == 2


def test_export(run: Run, music: Path, tmp_path: Path) -> None:
    run("library", "add", music, "--no-audio")
    result = run("library", "export", "--playlists", tmp_path / "p", "--csv", tmp_path / "t.csv")
    assert f"{tmp_path}/p/MusicalFace sad.m3u8: 1 song\n" in result.out
    assert result.out.endswith(f"{tmp_path}/t.csv: 2 songs\n")
    assert run("library", "export").status == 2


def test_the_music_folder_is_suggested(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "musicalface.cli.library_scanning.user_music_path", lambda: tmp_path / "Music"
    )
    assert "Music" not in run("library", "add").err
    (tmp_path / "Music").mkdir()
    result = run("library", "add")
    assert result.status == 2
    assert f"musicalface library add {tmp_path / 'Music'}" in result.err


def test_damaged_library_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home" / "library.sqlite").write_bytes(b"no library " * 500)
    result = run("library", "list")
    assert (result.status, result.out) == (1, "")
    assert "Move it away and add your folders again" in result.err
