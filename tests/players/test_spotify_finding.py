"""Songs become tracks, liked songs are read, and what was found is remembered for a while."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface.errors import PlayerError, SpotifyError
from musicalface.mood import MoodScores
from musicalface.players.spotify import memory as memories
from musicalface.players.spotify.api import Api
from musicalface.players.spotify.find import Finder
from musicalface.players.spotify.memory import Memory
from musicalface.players.spotify.player import SpotifyPlayer
from musicalface.players.spotify.problems import Problem
from musicalface.songs import Song
from tests.players.test_spotify_calls import problem_of
from tests.spotify import faults
from tests.spotify.world import World

MOODS = MoodScores.of((0.1, 0.7, 0.1, 0.1))


def song(artist: str, title: str, spotify_id: str = "") -> Song:
    return Song(artist, title, MOODS, spotify_id=spotify_id)


@pytest.fixture
def memory(own_home: Path) -> Iterator[Memory]:
    with Memory() as opened:
        yield opened


@pytest.fixture
def finder(api: Api, memory: Memory) -> Finder:
    return Finder(api, memory)


def test_a_known_id_is_not_searched_for(finder: Finder, world: World) -> None:
    known = song("Adele", "Hello", "0" * 22)
    assert list(finder.found([known])) == [known]
    assert world.calls["search"] == 0


def test_a_song_is_searched_for_once(finder: Finder, world: World) -> None:
    world.add_track("Hello (Karaoke Version)", "Adele")
    right = world.add_track("Hello", "Adele")
    for _ in range(3):
        (found,) = finder.found([song("Adele", "Hello")])
        assert found.spotify_id == right.id
    assert world.calls["search"] == 1


def test_a_wrong_version_is_refused_and_not_asked_for_again(finder: Finder, world: World) -> None:
    world.add_track("Hello - Live", "Adele")
    for _ in range(2):
        (found,) = finder.found([song("Adele", "Hello")])
        assert found.spotify_id == ""
    assert world.calls["search"] == 1


def test_no_more_is_searched_than_is_asked_for(finder: Finder, world: World) -> None:
    world.add_track("Hello", "Adele")
    songs = (song("Adele", title) for title in ("Hello", "Skyfall", "Chasing Pavements"))
    next(finder.found(songs))
    assert world.calls["search"] == 1


def test_odd_names_are_searched_for_by_the_contract(finder: Finder, world: World) -> None:
    world.add_track("Crosstown Traffic", 'Jimi "Hendrix"')
    wanted = [
        song('Jimi "Hendrix"', "Crosstown: Traffic"),
        song("!!!", "???"),
        song("日本", "東京"),
    ]
    assert [bool(each.spotify_id) for each in finder.found(wanted)] == [True, False, False]


def test_what_was_found_is_forgotten_after_a_while(
    finder: Finder, world: World, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add_track("Hello", "Adele")
    list(finder.found([song("Adele", "Hello"), song("Adele", "Nothing")]))
    later = time.time() + memories.NOT_FOUND + 60
    monkeypatch.setattr(time, "time", lambda: later)
    with Memory() as memory:
        assert memory.track("adele|hello")
        assert memory.track("adele|nothing") is None
    later += memories.FOUND
    with Memory() as memory:
        assert memory.track("adele|hello") is None


def test_a_used_up_quota_ends_the_asking(finder: Finder, world: World, memory: Memory) -> None:
    world.quota_exceeded(3600)
    for _ in range(3):
        assert problem_of(lambda: list(finder.found([song("A", "B")]))) is Problem.QUOTA
    assert world.calls["search"] == 1
    memory.quota_until = time.time() - 1
    world.quota_ends = 0.0
    assert next(finder.found([song("A", "B")])).spotify_id == ""


def test_a_damaged_memory_is_made_anew(own_home: Path) -> None:
    path = own_home / "spotify" / "found.sqlite"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database at all" * 100)
    with Memory() as memory:
        memory.remember_track("a|b", "x")
        assert memory.track("a|b") == "x"
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_memory_is_no_hindrance(own_home: Path) -> None:
    own_home.parent.mkdir(parents=True, exist_ok=True)
    own_home.write_text("a file where the folder should be")
    with Memory() as memory:
        memory.remember_track("a|b", "x")
        memory.remember_liked([("a|b", "x")], "1")
        assert (memory.track("a|b"), memory.liked(), memory.quota_until) == (None, {}, 0.0)


def test_liked_songs_are_read_once_and_again_when_there_are_new_ones(
    finder: Finder, world: World
) -> None:
    tracks = [world.add_track(f"Song {i}", f"Artist {i}", "Guest") for i in range(120)]
    world.like(*[track.uri for track in tracks])
    liked = finder.liked()
    assert liked["artist7|song7"] == liked["guest|song7"] == tracks[7].id
    assert len([key for key in liked if key.startswith("artist")]) == 120
    assert world.calls["liked_songs"] == 3
    finder.liked()
    assert world.calls["liked_songs"] == 3 + 1
    world.advance(5)
    world.like(world.add_track("New", "Somebody").uri)
    assert "somebody|new" in finder.liked()


def test_a_live_recording_that_is_liked_is_not_the_song(finder: Finder, world: World) -> None:
    for title in ("Hello (Live at Wembley)", "Hello - Karaoke Version"):
        world.like(world.add_track(title, "Adele").uri)
    assert finder.liked() == {}


def test_a_version_word_in_a_songs_own_name_is_its_name(finder: Finder, world: World) -> None:
    for title in ("Live and Let Die", "Cover Me (2014 Remaster)"):
        world.like(world.add_track(title, "Somebody").uri)
    assert len(finder.liked()) == 2


def test_the_newest_liked_songs_are_better_than_none(
    finder: Finder, world: World, memory: Memory
) -> None:
    world.like(*(world.add_track(f"Song {i}", f"Artist {i}").uri for i in range(120)))

    def limited(done: int, total: int) -> None:
        if done == 100:
            world.rate_limit(1, retry_after=60, on="liked_songs")

    assert len(finder.liked(limited)) == 100
    assert memory.liked_state == ""
    assert len(finder.liked()) == 120


def test_a_playlist_that_cannot_be_filled_is_told(api: Api, world: World) -> None:
    track = world.add_track("T", "A")
    world.fail(faults.status(502), on="add_items", times=9)
    with pytest.raises(SpotifyError, match=r"The playlist is there, and not full: https://"):
        SpotifyPlayer(api).save("Evening", [song("A", "T", track.id)])
    assert len(world.playlists) == 1


def test_liked_songs_without_a_memory(api: Api, world: World, own_home: Path) -> None:
    (own_home / "spotify" / "found.sqlite").mkdir()
    world.like(world.add_track("Hello", "Adele").uri)
    with Memory() as memory:
        assert list(Finder(api, memory).liked()) == ["adele|hello"]


def test_nothing_is_liked(finder: Finder) -> None:
    assert finder.liked() == {}


def test_all_songs_start_with_one_call(api: Api, world: World) -> None:
    device = world.add_device("Kitchen", is_active=True)
    world.add_device("Office")
    tracks = [world.add_track(f"T {i}", "A") for i in range(10)]
    songs = [song("A", track.name, track.id) for track in tracks]
    SpotifyPlayer(api).play([*songs, song("A", "unknown")])
    assert world.calls["play"] == 1
    assert world.playback
    assert world.playback.uris == [track.uri for track in tracks]
    assert world.playback.device is device


@pytest.mark.parametrize(
    ("wanted", "found"), [("office", "Office"), ("kit", "Kitchen"), ("KITCHEN", "Kitchen")]
)
def test_a_device_by_its_name(api: Api, world: World, wanted: str, found: str) -> None:
    for name in ("Kitchen", "Office"):
        world.add_device(name)
    track = world.add_track("T", "A")
    SpotifyPlayer(api, wanted).play([song("A", "T", track.id)])
    assert world.playback
    assert world.playback.device.name == found


@pytest.mark.parametrize("wanted", ["cellar", "i"])
def test_a_device_that_is_none_or_two(api: Api, world: World, wanted: str) -> None:
    for name in ("Kitchen", "Living Room"):
        world.add_device(name)
    track = world.add_track("T", "A")
    with pytest.raises(PlayerError, match='"Kitchen" or "Living Room"'):
        SpotifyPlayer(api, wanted).play([song("A", "T", track.id)])


def test_devices_that_take_no_commands_are_no_devices(api: Api, world: World) -> None:
    world.add_device("TV", is_restricted=True)
    world.add_device("Ghost", id=None)
    track = world.add_track("T", "A")
    player = SpotifyPlayer(api)
    assert problem_of(lambda: player.play([song("A", "T", track.id)])) is Problem.NO_DEVICE
    world.add_device("Phone")
    player.play([song("A", "T", track.id)])
    assert world.playback


def test_several_idle_devices_need_a_name(api: Api, world: World) -> None:
    world.add_device("Kitchen")
    world.add_device("Office")
    track = world.add_track("T", "A")
    with pytest.raises(PlayerError, match="--device"):
        SpotifyPlayer(api).play([song("A", "T", track.id)])


def test_a_device_that_vanishes_before_it_plays(api: Api, world: World) -> None:
    gone = world.add_device("Kitchen", is_active=True)
    track = world.add_track("T", "A")
    world.vanish(str(gone.id))
    player = SpotifyPlayer(api)
    with pytest.raises(SpotifyError):
        player.play([song("A", "T", track.id)])
    world.add_device("Kitchen", id="b" * 22)
    player.play([song("A", "T", track.id)])
    assert world.playback


def test_the_rest_of_what_a_player_can(api: Api, world: World) -> None:
    world.add_device("Kitchen", is_active=True)
    first, second = (world.add_track(f"T {i}", "A") for i in range(2))
    songs = [song("A", each.name, each.id) for each in (first, second)]
    player = SpotifyPlayer(api)
    player.play(songs[:1])
    player.queue(songs[1])
    player.next()
    player.pause()
    assert world.playback
    assert world.playback.is_playing is False
    assert player.save("Evening", songs).startswith("https://open.spotify.com/playlist/")
    player.like(songs[0])
    assert list(world.liked) == [first.uri]
    with pytest.raises(PlayerError, match="none of these"):
        player.play([song("A", "unknown")])
