"""The Spotify commands of the command line, against the fake Spotify server."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.mood import Mood, MoodScores
from musicalface.players.spotify import token_store
from musicalface.songs import Song, catalog_schema, choose_songs, open_catalog
from tests.conftest import PORTRAIT, Run
from tests.players.spotify_client import log_in
from tests.spotify.server import Server
from tests.spotify.state import SpotifyState

BROWSER = Path(__file__).parent / "fake_browser.py"


@pytest.fixture
def everything(spotify_state: SpotifyState, home: Path) -> SpotifyState:
    """Fake Spotify with the catalog's most confident happy songs, except for artists in A to C."""
    with open_catalog() as catalog:
        for song in catalog.songs(catalog.most_confident(Mood.HAPPY, 700)):
            if song.artist[:1].upper() not in "ABC" and not song.spotify_id:
                spotify_state.add_track(song.title, song.artist)
    spotify_state.add_device("Kitchen", is_active=True)
    return spotify_state


@pytest.fixture
def user(fake_spotify: Server, everything: SpotifyState, own_home: Path) -> SpotifyState:
    log_in(everything)
    return everything


def test_login_play_and_logout(
    fake_spotify: Server, everything: SpotifyState, own_home: Path, tmp_path: Path
) -> None:
    """Runs each command in a subprocess, with a fake browser that allows access."""
    environment = os.environ | {"BROWSER": f"{sys.executable} {BROWSER} %s"}
    del environment["MUSICALFACE_SPOTIFY_CLIENT_ID"]

    def musicalface(*arguments: object, stdin: str = "") -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "musicalface", *map(str, arguments)],
            env=environment, input=stdin, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    status, _, result = musicalface("spotify", "status")
    assert (status, "not logged in" in result) == (1, True)
    status, out, result = musicalface("spotify", "login", stdin=f"{everything.client_id}\n")
    assert (status, out) == (0, "Logged in as A Listener. Play songs with --play spotify.\n")
    assert "http://127.0.0.1/callback" in result
    assert "Kitchen" in musicalface("spotify", "devices")[1]
    status, out, result = musicalface("look", PORTRAIT, "--play", "spotify", "--playlist", "Smiles")
    assert status == 0, result
    assert "Playing 10 songs on Spotify." in result
    assert everything.calls["play"] == 1
    assert everything.playback
    assert len(everything.playback.uris) == 10
    assert out.count("https://open.spotify.com/track/") == 10
    assert everything.playlists[0].name == "Smiles"
    assert everything.playlists[0].uris == everything.playback.uris
    assert "Playing: " in musicalface("spotify", "status")[1]
    liked = everything.tracks[40]
    everything.like(liked.uri)
    status, out, _ = musicalface("songs", "happy", "--mine", "--play", "spotify")
    assert status == 0
    assert liked.id in out
    assert "In your Liked Songs" in out
    assert musicalface("spotify", "logout")[:2] == (0, "Deleted all data from Spotify.\n")
    assert not (own_home / "spotify").exists()
    assert musicalface("spotify", "logout")[1] == "There was nothing to delete.\n"


def test_songs_missing_on_spotify_are_replaced(run: Run, user: SpotifyState) -> None:
    has = {(track.artists[0], track.name) for track in user.tracks}
    seed = seed_with(lambda song: not song.spotify_id and (song.artist, song.title) not in has)
    result = run("songs", "happy", "--play", "spotify", "--seed", seed)
    assert result.status == 0, result.err
    assert "10 happy songs" in result.out
    assert result.out.count("https://open.spotify.com/track/") == 10
    assert run("songs", "happy", "--seed", seed).out.count("https://open.spotify.com/track/") < 10


def seed_with(condition: Callable[[Song], bool]) -> int:
    """A seed that picks at least one happy song that meets the condition."""
    with open_catalog() as catalog:
        return next(
            seed
            for seed in range(100)
            if any(condition(pick.song) for pick in choose_songs(catalog, Mood.HAPPY, seed=seed))
        )


def test_found_ids_become_track_links(run: Run, user: SpotifyState) -> None:
    has = {(track.artists[0], track.name) for track in user.tracks}
    seed = seed_with(lambda song: (song.artist, song.title) in has)
    document = json.loads(run("songs", "happy", "--seed", seed, "--json").out)
    tracks = {track.id for track in user.tracks}
    found = [song for song in document["songs"] if song["spotify_id"] in tracks]
    assert found
    assert all(song["url"].endswith(song["spotify_id"]) for song in found)
    searches = user.calls["search"]
    run("songs", "happy", "--seed", seed)
    assert user.calls["search"] == searches


def test_exceeded_quota_falls_back_to_links(run: Run, user: SpotifyState) -> None:
    user.quota_exceeded(4 * 3600)
    seed = seed_with(lambda song: not song.spotify_id)
    result = run("songs", "happy", "--seed", seed)
    assert result.status == 0
    assert result.out.count("https://") == 10
    assert "quota until" in result.err
    assert user.calls["search"] == 1
    again = run("songs", "happy", "--seed", seed, "--play", "spotify")
    assert (again.status, "quota until" in again.err) == (1, True)
    assert again.out.count("https://") == 10
    assert user.calls["search"] == 1


def test_no_song_is_on_spotify(run: Run, user: SpotifyState, tmp_path: Path) -> None:
    """The songs are printed with their links, and an error says why nothing plays."""
    path = tmp_path / "unknown.sqlite"
    with closing(catalog_schema.create(path)) as connection:
        moods = MoodScores.of((0.1, 0.7, 0.1, 0.1))
        catalog_schema.insert(
            connection, [Song(f"Unknown {i}", "Missing", moods) for i in range(12)]
        )
        catalog_schema.finish(connection, {})
    result = run("songs", "happy", "--play", "spotify", "--catalog", path)
    assert (result.status, "none of these songs" in result.err) == (1, True)
    assert result.out.count("/search/") == 10


def test_without_premium_falls_back_to_links(run: Run, user: SpotifyState) -> None:
    user.premium = False
    result = run("songs", "happy", "--play", "spotify")
    assert result.status == 1
    assert result.err == (
        "musicalface: Controlling Spotify requires Premium. Follow the links, or use "
        "--play browser.\n"
    )
    assert "10 happy songs" in result.out


def test_without_a_login_falls_back_to_links(
    run: Run, fake_spotify: Server, own_home: Path
) -> None:
    for options in (("--play", "spotify"), ("--playlist", "Evening")):
        result = run("songs", "happy", *options)
        assert (result.status, result.out.count("https://")) == (1, 10)
        assert result.err.startswith("musicalface: You're not logged in to Spotify")
    result = run("songs", "happy", "--mine")
    assert (result.status, "not logged in" in result.err) == (0, True)


def test_damaged_login_is_reported_and_falls_back_to_links(
    run: Run, fake_spotify: Server, own_home: Path
) -> None:
    (own_home / "spotify").mkdir(parents=True)
    (own_home / "spotify" / "login.json").write_text("{")
    result = run("songs", "happy")
    assert (result.status, result.out.count("https://")) == (0, 10)
    assert "damaged" in result.err
    assert run("spotify", "status").status == 1
    assert run("spotify", "logout").status == 0
    assert run("songs", "happy").err == ""


def test_readable_login_file_prints_a_warning(run: Run, user: SpotifyState, own_home: Path) -> None:
    path = own_home / "spotify" / "login.json"
    path.chmod(0o604)
    assert "Other users of this computer could read" in run("spotify", "status").err
    assert run("spotify", "status").err == ""


def test_device_by_name(run: Run, user: SpotifyState) -> None:
    user.add_device("Laptop")
    assert run("songs", "happy", "--play", "spotify", "--device", "lap").status == 0
    assert user.playback
    assert user.playback.device.name == "Laptop"
    result = run("songs", "happy", "--play", "spotify", "--device", "attic")
    assert (result.status, '"Kitchen" or "Laptop"' in result.err) == (1, True)


def test_devices_and_status_as_json(run: Run, user: SpotifyState) -> None:
    assert json.loads(run("spotify", "devices", "--json").out) == {
        "devices": [{"name": "Kitchen", "kind": "Computer", "active": True, "takes_commands": True}]
    }
    document = json.loads(run("spotify", "status", "--json").out)
    assert (document["logged_in"], document["name"]) == (True, "A Listener")
    token_store.erase()
    assert json.loads(run("spotify", "status", "--json").out) == {"logged_in": False}


def test_no_device(run: Run, user: SpotifyState) -> None:
    user.devices.clear()
    result = run("songs", "happy", "--play", "spotify")
    assert (result.status, "isn't open on any device" in result.err) == (1, True)
    assert run("spotify", "devices").status == 1


def test_play_waits_until_spotify_is_open(user: SpotifyState) -> None:
    """On a terminal: the first attempt finds no device; it retries after Enter is pressed."""
    user.devices.clear()
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-m", "musicalface", "songs", "happy", "--play", "spotify"]
    process = subprocess.Popen(
        command, stdin=terminal, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr
    result = iter(process.stderr.readline, "")
    assert any("Press Enter" in line for line in result)
    user.add_device("Phone")
    os.write(keyboard, b"\n")
    assert any("Playing 10 songs" in line for line in result)
    assert process.wait(20) == 0
    process.stderr.close()
    os.close(keyboard)
    os.close(terminal)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("songs", "happy", "--device", "x"), "--device needs --play spotify"),
        (("songs", "happy", "--play", "gramophone"), "gramophone"),
        (("songs", "happy", "--play", "local", "--playlist", "x"), "your own files"),
        (("songs", "happy", "--save", "songs.txt"), "--save writes"),
        (("spotify", "login", "--client-id", "short"), "32 letters and digits"),
    ],
)
def test_conflicting_song_options(
    run: Run, own_home: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = run(*arguments)
    assert (result.status, message in result.err) == (2, True)


def test_login_times_out(run: Run, fake_spotify: Server, own_home: Path) -> None:
    result = run("spotify", "login", "--no-browser", "--wait", 1)
    assert (result.status, "timed out" in result.err) == (1, True)
    assert not (own_home / "spotify" / "login.json").exists()
