import json
import os
from pathlib import Path

import pytest

from tests.audio import mp3, wav
from tests.conftest import SONG, Run
from tests.library.conftest import home  # noqa: F401  a home of its own


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """Two songs, one of them of unknown mood, and two files that cannot be read."""
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


def test_a_folder_is_added_and_told(run: Run, music: Path) -> None:
    told = run("library", "add", music)
    assert (told.status, told.err) == (0, "")
    assert told.out == (
        f"{music}: 2 songs, 2 read now, 1 of unknown mood; "
        "2 could not be read (1 empty, 1 not a regular file).\n"
    )
    (music / "sad.mp3").unlink()
    assert "1 song, 0 read now, 1 gone" in run("library", "rescan").out


def test_what_the_library_holds(run: Run, music: Path) -> None:
    assert "is empty: musicalface library add" in run("library", "list").out
    run("library", "add", music)
    told = run("library", "list").out
    assert told.splitlines()[1].split() == [str(music), *"2 0 0 0 1 1 2".split()]
    assert "2 could not be read (1 empty, 1 not a regular file)" in told
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


def test_the_songs_of_a_mood(run: Run, music: Path) -> None:
    run("library", "add", music)
    assert run("library", "list", "--mood", "SAD").out == (
        f"A · Sad Song  sad 78%  {music}/sad.mp3\n"
    )
    assert run("library", "list", "--mood", "unknown").out == (
        f"Unknown  unknown  {music}/01 - Unknown.wav\n"
    )
    (sad,) = listed(run, "--mood", "sad")["songs"]
    assert (sad["title"], sad["mood"], sad["evidence"]) == ("Sad Song", "sad", "lyrics")
    (unknown,) = listed(run, "--mood", "unknown")["songs"]
    assert (unknown["artist"], unknown["moods"], unknown["evidence"]) == ("", None, None)
    assert listed(run, "--mood", "happy") == {"songs": []}


def test_what_could_not_be_read(run: Run, music: Path) -> None:
    run("library", "add", music)
    assert run("library", "list", "--unreadable").out == (
        f"empty  {music}/empty.mp3\nnot a regular file  {music}/pipe.mp3\n"
    )
    assert listed(run, "--unreadable")["unreadable"][0] == {
        "path": f"{music}/empty.mp3",
        "reason": "empty",
    }


def test_a_mood_is_set_and_taken_back(run: Run, music: Path) -> None:
    run("library", "add", music)
    told = run("library", "mood", music / "sad.mp3", "Happy")
    assert told.out == f"A · Sad Song  happy 100%  {music}/sad.mp3\n"
    assert listed(run, "--mood", "happy")["songs"][0]["evidence"] == "person"
    assert "sad 78%" in run("library", "mood", music / "sad.mp3", "unset").out
    assert run("library", "mood", music / "sad.mp3", "bored").status == 2
    refused = run("library", "mood", music / "none.mp3", "sad")
    assert (refused.status, refused.out) == (2, "")
    assert "is not in your library" in refused.err


def test_a_folder_is_forgotten(run: Run, music: Path) -> None:
    run("library", "add", music)
    assert run("library", "remove", music).out == f"{music}: 2 songs forgotten.\n"
    assert (music / "sad.mp3").is_file()
    assert run("library", "remove", music).status == 2
    assert run("library", "rescan", music).status == 2
    assert "no folder yet" in run("library", "rescan").out


def test_a_disk_that_is_not_connected_is_told(run: Run, music: Path) -> None:
    run("library", "add", music)
    music.rename(music.with_name("elsewhere"))
    told = run("library", "rescan")
    assert told.status == 0
    assert told.out == (
        f"{music} is not there (a disk that is not connected?): its 2 songs are kept.\n"
    )


def test_names_that_would_harm_a_terminal_or_are_no_text(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mu\x1b[31msic"
    mp3(folder / "x.mp3").rename(os.fsdecode(os.fsencode(folder) + b"/\xff\x07.mp3"))
    (folder / "e\udcff.mp3").touch()
    for arguments in (
        ("add", folder),
        ("list",),
        ("list", "--json"),
        ("list", "--mood", "unknown"),
        ("list", "--mood", "unknown", "--json"),
        ("list", "--unreadable"),
        ("mood", os.fsdecode(os.fsencode(folder) + b"/\xff\x07.mp3"), "sad"),
        ("list", "--unreadable", "--json"),
        ("remove", folder),
    ):
        told = run("library", *arguments)
        assert (told.status, told.err) == (0, "")
        assert "\x1b" not in told.out
        assert "\x07" not in told.out


@pytest.mark.parametrize(
    "arguments",
    [("--mood", "sad", "--unreadable"), ("--limit", 3), ("--limit", 0, "--mood", "sad")],
)
def test_lists_that_cannot_be(run: Run, arguments: tuple[object, ...]) -> None:
    assert run("library", "list", *arguments).status == 2


def test_a_damaged_library_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home" / "library.sqlite").write_bytes(b"no library " * 500)
    told = run("library", "list")
    assert (told.status, told.out) == (1, "")
    assert "move it away and add your folders again" in told.err
