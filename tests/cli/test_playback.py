"""Tests of `--play`, `--save` and `--open`."""

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from musicalface.mood import MoodScores
from musicalface.players import save_list
from musicalface.songs import Song
from tests.audio_files import mp3, one_of_each
from tests.conftest import SONG, Run

Arguments = tuple[object, ...]


@contextmanager
def playing(*arguments: object, browser: str = "true") -> Iterator[tuple[str, Callable[[], str]]]:
    """Runs a command in a subprocess; yields its page's address and a function that stops it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "musicalface", *map(str, arguments)],
        env=os.environ | {"BROWSER": browser},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr
    result = next(line for line in process.stderr if line.startswith("Playing at "))
    ended: list[str] = []

    def end() -> str:
        process.send_signal(signal.SIGINT)
        ended.append(process.communicate(timeout=20)[1])
        assert (process.returncode, ended[0]) == (0, "Stopped.\n")
        return result

    try:
        yield result.split()[2], end
    finally:
        if not ended:
            process.kill()
            process.communicate()


def test_browser_page_runs_until_ctrl_c(own_home: Path, tmp_path: Path) -> None:
    opened = tmp_path / "opened.txt"
    script = tmp_path / "browser.sh"
    script.write_text(f"#!/bin/sh\necho $1 >{opened}\n")
    script.chmod(0o755)
    with playing("songs", "happy", "--play", "browser", browser=f"{script} %s") as (address, end):
        rows = httpx.get(f"{address}songs").json()["songs"]
        assert len(rows) == 10
        assert all(row["sound"]["kind"] == "deezer" for row in rows)
        assert address in end()
        assert opened.read_text().strip() == address


def test_local_files_play_and_seek_in_a_browser(
    run: Run, own_home: Path, tmp_path: Path, tab: Page
) -> None:
    """The whole way from a folder of files to playback: add, pick, open the page, play, seek."""
    music = tmp_path / "music"
    music.mkdir()
    one_of_each(music, seconds=20)
    added = run("library", "add", "--no-audio", music)
    assert added.status == 0
    with playing("songs", "sad", "--play", "local") as (address, end):
        tab.goto(address)
        tab.wait_for_selector(".player:not([aria-busy])")
        expect(tab.get_by_role("listitem")).to_have_count(
            6
        )  # the wav file has no lyrics, so its mood is unknown
        tab.get_by_role("button", name="Play", exact=True).click()
        expect(tab.get_by_role("button", name="Pause")).to_be_visible()
        tab.evaluate("document.querySelector('audio').currentTime = 15")
        tab.wait_for_function("() => document.querySelector('audio').currentTime > 15.2")
        end()


def test_library_without_songs_of_the_mood(run: Run, own_home: Path, tmp_path: Path) -> None:
    result = run("songs", "happy", "--play", "local")
    assert (result.status, "musicalface library add DIR" in result.err) == (1, True)


def test_save_local_files_as_a_playlist(run: Run, own_home: Path, tmp_path: Path) -> None:
    file = mp3(tmp_path / "music" / "söng 1.mp3", "The Singer", "A Song", SONG.read_text())
    assert run("library", "add", tmp_path / "music").status == 0
    assert run("library", "mood", file, "happy").status == 0
    out = tmp_path / "list.m3u8"
    with playing("songs", "happy", "--play", "local", "--save", out) as (_, end):
        end()
    assert out.read_text("utf-8").splitlines() == [
        "#EXTM3U",
        "#EXTINF:-1,The Singer - A Song",
        str(file),
    ]


def test_playlist_entries_are_escaped(tmp_path: Path) -> None:
    moods = MoodScores.of((0.1, 0.7, 0.1, 0.1))
    file = tmp_path / "a\n#EXTINF:-1,Fake\nb.mp3"
    songs = [Song("=1+1", "@SUM(1)\nhttp://example.com", moods, file=file)]
    for name in ("songs.m3u8", "songs.csv"):
        save_list(songs, tmp_path / name)
    lines = (tmp_path / "songs.m3u8").read_text().splitlines()
    assert lines == ["#EXTM3U", "#EXTINF:-1,=1+1 - @SUM(1) http://example.com", file.as_uri()]
    with (tmp_path / "songs.csv").open(newline="") as table:
        (row,) = csv.DictReader(table)
    assert (row["artist"], row["title"][:5]) == ("'=1+1", "'@SUM")


def test_save_songs_as_m3u_and_csv(run: Run, tmp_path: Path) -> None:
    for name in ("songs.m3u8", "songs.csv"):
        result = run("songs", "relaxed", "--seed", 2, "--save", tmp_path / name)
        assert (result.status, "10 songs" in result.err) == (0, True)
    lines = (tmp_path / "songs.m3u8").read_text("utf-8").splitlines()
    rows = list(csv.DictReader((tmp_path / "songs.csv").read_text("utf-8").splitlines()))
    assert lines[0] == "#EXTM3U"
    assert lines[2::2] == [row["url"] for row in rows]
    assert [row["mood"] for row in rows] == ["relaxed"] * 10
    assert all(row["url"].endswith(row["spotify_id"]) for row in rows if row["spotify_id"])


@pytest.mark.parametrize("arguments", [("songs", "happy"), ("look", "-")])
def test_help_names_the_players(run: Run, arguments: Arguments) -> None:
    text = run(arguments[0], "--help").out
    assert all(name in text for name in ("spotify", "browser", "local", "--playlist", "--save"))


def test_open_option_opens_the_first_song(run: Run, opened_addresses: list[str]) -> None:
    result = run("songs", "happy", "--open", "--seed", 1)
    assert opened_addresses == [result.out.splitlines()[2].strip()]
