"""Spotify from the command line, as a person would use it, against the stand-in."""

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
from musicalface.players.spotify import login as logins
from musicalface.songs import Song, choose_songs, open_catalog, schema
from tests.conftest import PORTRAIT, Run
from tests.players.spotify_client import log_in
from tests.spotify.server import Server
from tests.spotify.world import World

BROWSER = Path(__file__).parent / "a_browser.py"


@pytest.fixture
def everything(world: World, home: Path) -> World:
    """Spotify has every surest happy song of the catalog under its name, but for those by A–C."""
    with open_catalog() as catalog:
        for song in catalog.songs(catalog.surest(Mood.HAPPY, 700)):
            if song.artist[:1].upper() not in "ABC" and not song.spotify_id:
                world.add_track(song.title, song.artist)
    world.add_device("Kitchen", is_active=True)
    return world


@pytest.fixture
def person(standin: Server, everything: World, own_home: Path) -> World:
    log_in(everything)
    return everything


def test_from_login_to_logout(
    standin: Server, everything: World, own_home: Path, tmp_path: Path
) -> None:
    """Each command in a process of its own, with a browser that does as it is told."""
    environment = os.environ | {"BROWSER": f"{sys.executable} {BROWSER} %s"}
    del environment["MUSICALFACE_SPOTIFY_CLIENT_ID"]

    def musicalface(*words: object, typed: str = "") -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "musicalface", *map(str, words)],
            env=environment, input=typed, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    status, _, told = musicalface("spotify", "status")
    assert (status, "not logged in" in told) == (1, True)
    status, out, told = musicalface("spotify", "login", typed=f"{everything.client_id}\n")
    assert (status, out) == (0, "Logged in as A Listener. Songs play with --play spotify.\n")
    assert "http://127.0.0.1/callback" in told
    assert "Kitchen" in musicalface("spotify", "devices")[1]
    status, out, told = musicalface("look", PORTRAIT, "--play", "spotify", "--playlist", "Smiles")
    assert status == 0, told
    assert "Playing 10 songs on Spotify." in told
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
    assert "you like it" in out
    assert musicalface("spotify", "logout")[:2] == (0, "All that came from Spotify is erased.\n")
    assert not (own_home / "spotify").exists()
    assert musicalface("spotify", "logout")[1] == "There was nothing to erase.\n"


def test_songs_that_spotify_lacks_give_way_to_others(run: Run, person: World) -> None:
    has = {(track.artists[0], track.name) for track in person.tracks}
    seed = seed_with(lambda song: not song.spotify_id and (song.artist, song.title) not in has)
    told = run("songs", "happy", "--play", "spotify", "--seed", seed)
    assert told.status == 0, told.err
    assert "10 happy songs" in told.out
    assert "/search/" not in told.out
    assert "/search/" in run("songs", "happy", "--seed", seed).out


def seed_with(wanted: Callable[[Song], bool]) -> int:
    """A seed that draws such a happy song."""
    with open_catalog() as catalog:
        return next(
            seed
            for seed in range(100)
            if any(wanted(pick.song) for pick in choose_songs(catalog, Mood.HAPPY, seed=seed))
        )


def test_the_links_of_what_is_found(run: Run, person: World) -> None:
    has = {(track.artists[0], track.name) for track in person.tracks}
    seed = seed_with(lambda song: (song.artist, song.title) in has)
    document = json.loads(run("songs", "happy", "--seed", seed, "--json").out)
    tracks = {track.id for track in person.tracks}
    found = [song for song in document["songs"] if song["spotify_id"] in tracks]
    assert found
    assert all(song["url"].endswith(song["spotify_id"]) for song in found)
    searches = person.calls["search"]
    run("songs", "happy", "--seed", seed)
    assert person.calls["search"] == searches


def test_a_quota_leaves_the_links_and_does_not_hang(run: Run, person: World) -> None:
    person.quota_exceeded(4 * 3600)
    seed = seed_with(lambda song: not song.spotify_id)
    told = run("songs", "happy", "--seed", seed)
    assert told.status == 0
    assert told.out.count("https://open.spotify.com/") == 10
    assert "quota until" in told.err
    assert person.calls["search"] == 1
    again = run("songs", "happy", "--seed", seed, "--play", "spotify")
    assert (again.status, "quota until" in again.err) == (1, True)
    assert again.out.count("https://open.spotify.com/") == 10
    assert person.calls["search"] == 1


def test_nothing_that_spotify_has(run: Run, person: World, tmp_path: Path) -> None:
    """All are shown with their links, and it is said why nothing plays."""
    path = tmp_path / "unheard.sqlite"
    with closing(schema.create(path)) as connection:
        moods = MoodScores.of((0.1, 0.7, 0.1, 0.1))
        schema.insert(connection, [Song(f"Nobody {i}", "Unheard", moods) for i in range(12)])
        schema.finish(connection, {})
    told = run("songs", "happy", "--play", "spotify", "--catalog", path)
    assert (told.status, "none of these songs" in told.err) == (1, True)
    assert told.out.count("/search/") == 10


def test_without_premium_the_links_remain(run: Run, person: World) -> None:
    person.premium = False
    told = run("songs", "happy", "--play", "spotify")
    assert told.status == 1
    assert told.err == (
        "musicalface: Spotify takes commands from Premium listeners only: follow the links, or "
        "use --play browser.\n"
    )
    assert "10 happy songs" in told.out


def test_without_a_login_the_links_remain(run: Run, standin: Server, own_home: Path) -> None:
    for wish in (("--play", "spotify"), ("--playlist", "Evening")):
        told = run("songs", "happy", *wish)
        assert (told.status, told.out.count("https://")) == (1, 10)
        assert told.err.startswith("musicalface: You are not logged in to Spotify")
    told = run("songs", "happy", "--mine")
    assert (told.status, "not logged in" in told.err) == (0, True)


def test_a_damaged_login_is_told_and_links_remain(
    run: Run, standin: Server, own_home: Path
) -> None:
    (own_home / "spotify").mkdir(parents=True)
    (own_home / "spotify" / "login.json").write_text("{")
    told = run("songs", "happy")
    assert (told.status, told.out.count("https://")) == (0, 10)
    assert "damaged" in told.err
    assert run("spotify", "status").status == 1
    assert run("spotify", "logout").status == 0
    assert run("songs", "happy").err == ""


def test_a_login_that_others_could_read_is_told(run: Run, person: World, own_home: Path) -> None:
    path = own_home / "spotify" / "login.json"
    path.chmod(0o604)
    assert "Others on this computer could read" in run("spotify", "status").err
    assert run("spotify", "status").err == ""


def test_a_device_by_name(run: Run, person: World) -> None:
    person.add_device("Laptop")
    assert run("songs", "happy", "--play", "spotify", "--device", "lap").status == 0
    assert person.playback
    assert person.playback.device.name == "Laptop"
    told = run("songs", "happy", "--play", "spotify", "--device", "attic")
    assert (told.status, '"Kitchen" or "Laptop"' in told.err) == (1, True)


def test_devices_and_status_as_json(run: Run, person: World) -> None:
    assert json.loads(run("spotify", "devices", "--json").out) == {
        "devices": [{"name": "Kitchen", "kind": "Computer", "active": True, "takes_commands": True}]
    }
    document = json.loads(run("spotify", "status", "--json").out)
    assert (document["logged_in"], document["name"]) == (True, "A Listener")
    logins.erase()
    assert json.loads(run("spotify", "status", "--json").out) == {"logged_in": False}


def test_no_device(run: Run, person: World) -> None:
    person.devices.clear()
    told = run("songs", "happy", "--play", "spotify")
    assert (told.status, "open it on a phone" in told.err) == (1, True)
    assert run("spotify", "devices").status == 1


def test_somebody_who_opens_spotify_is_waited_for(person: World) -> None:
    """On a terminal: the first try finds no device, then one is opened and Enter pressed."""
    person.devices.clear()
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "musicalface", "songs", "happy", "--play", "spotify"]
    process = subprocess.Popen(
        words, stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr
    told = iter(process.stderr.readline, "")
    assert any("Press Enter" in line for line in told)
    person.add_device("Phone")
    os.write(ours, b"\n")
    assert any("Playing 10 songs" in line for line in told)
    assert process.wait(20) == 0
    process.stderr.close()
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("songs", "happy", "--device", "x"), "--device goes with"),
        (("songs", "happy", "--play", "gramophone"), "gramophone"),
        (("songs", "happy", "--play", "local", "--playlist", "x"), "your own files"),
        (("songs", "happy", "--save", "songs.txt"), "--save writes"),
        (("spotify", "login", "--client-id", "short"), "32 letters and digits"),
    ],
)
def test_wishes_that_do_not_go_together(
    run: Run, own_home: Path, arguments: tuple[str, ...], message: str
) -> None:
    told = run(*arguments)
    assert (told.status, message in told.err) == (2, True)


def test_a_login_that_nobody_answers(run: Run, standin: Server, own_home: Path) -> None:
    told = run("spotify", "login", "--no-browser", "--wait", 1)
    assert (told.status, "Nobody came back" in told.err) == (1, True)
    assert not (own_home / "spotify" / "login.json").exists()
