"""Track search, liked songs, the search cache and the Spotify player."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface.errors import PlayerError, SpotifyError
from musicalface.mood import MoodScores
from musicalface.players.spotify import search_cache
from musicalface.players.spotify.api import SpotifyApi
from musicalface.players.spotify.search_cache import SearchCache
from musicalface.players.spotify.spotify_errors import Problem
from musicalface.players.spotify.spotify_player import SpotifyPlayer
from musicalface.players.spotify.track_search import TrackFinder
from musicalface.songs import Song
from tests.players.test_spotify_api import problem_of
from tests.spotify import faults
from tests.spotify.state import SpotifyState

MOODS = MoodScores.of((0.1, 0.7, 0.1, 0.1))


def song(artist: str, title: str, spotify_id: str = "") -> Song:
    return Song(artist, title, MOODS, spotify_id=spotify_id)


@pytest.fixture
def memory(own_home: Path) -> Iterator[SearchCache]:
    with SearchCache() as opened:
        yield opened


@pytest.fixture
def finder(api: SpotifyApi, memory: SearchCache) -> TrackFinder:
    return TrackFinder(api, memory)


def test_known_id_is_not_searched(finder: TrackFinder, spotify_state: SpotifyState) -> None:
    known = song("Adele", "Hello", "0" * 22)
    assert list(finder.with_ids([known])) == [known]
    assert spotify_state.calls["search"] == 0


def test_song_is_searched_once(finder: TrackFinder, spotify_state: SpotifyState) -> None:
    spotify_state.add_track("Hello (Karaoke Version)", "Adele")
    right = spotify_state.add_track("Hello", "Adele")
    for _ in range(3):
        (found,) = finder.with_ids([song("Adele", "Hello")])
        assert found.spotify_id == right.id
    assert spotify_state.calls["search"] == 1


def test_wrong_version_is_rejected_and_cached(
    finder: TrackFinder, spotify_state: SpotifyState
) -> None:
    spotify_state.add_track("Hello - Live", "Adele")
    for _ in range(2):
        (found,) = finder.with_ids([song("Adele", "Hello")])
        assert found.spotify_id == ""
    assert spotify_state.calls["search"] == 1


def test_search_is_lazy(finder: TrackFinder, spotify_state: SpotifyState) -> None:
    spotify_state.add_track("Hello", "Adele")
    songs = (song("Adele", title) for title in ("Hello", "Skyfall", "Chasing Pavements"))
    next(finder.with_ids(songs))
    assert spotify_state.calls["search"] == 1


def test_special_characters_in_searches(finder: TrackFinder, spotify_state: SpotifyState) -> None:
    spotify_state.add_track("Crosstown Traffic", 'Jimi "Hendrix"')
    wanted = [
        song('Jimi "Hendrix"', "Crosstown: Traffic"),
        song("!!!", "???"),
        song("日本", "東京"),
    ]
    assert [bool(each.spotify_id) for each in finder.with_ids(wanted)] == [True, False, False]


def test_cache_entries_expire(
    finder: TrackFinder,
    spotify_state: SpotifyState,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spotify_state.add_track("Hello", "Adele")
    list(finder.with_ids([song("Adele", "Hello"), song("Adele", "Nothing")]))
    later = time.time() + search_cache.NOT_FOUND_LIFETIME + 60
    monkeypatch.setattr(time, "time", lambda: later)
    with SearchCache() as memory:
        assert memory.track("adele|hello")
        assert memory.track("adele|nothing") is None
    later += search_cache.FOUND_LIFETIME
    with SearchCache() as memory:
        assert memory.track("adele|hello") is None


def test_cache_opened_with_an_older_clock_keeps_entries(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SearchCache() as memory:
        memory.store_track("adele|hello", "a" * 22)
    before = time.time() - 5
    monkeypatch.setattr(time, "time", lambda: before)
    with SearchCache() as memory:
        assert memory.track("adele|hello")


def test_exceeded_quota_stops_requests(
    finder: TrackFinder, spotify_state: SpotifyState, memory: SearchCache
) -> None:
    spotify_state.quota_exceeded(3600)
    for _ in range(3):
        assert problem_of(lambda: list(finder.with_ids([song("A", "B")]))) is Problem.QUOTA
    assert spotify_state.calls["search"] == 1
    memory.quota_until = time.time() - 1
    spotify_state.quota_ends = 0.0
    assert next(finder.with_ids([song("A", "B")])).spotify_id == ""


def test_damaged_cache_is_recreated(own_home: Path) -> None:
    path = own_home / "spotify" / "found.sqlite"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database at all" * 100)
    with SearchCache() as memory:
        memory.store_track("a|b", "x")
        assert memory.track("a|b") == "x"
    assert path.stat().st_mode & 0o777 == 0o600


def test_missing_cache_is_ignored(own_home: Path) -> None:
    own_home.parent.mkdir(parents=True, exist_ok=True)
    own_home.write_text("a file where the folder should be")
    with SearchCache() as memory:
        memory.store_track("a|b", "x")
        memory.store_liked([("a|b", "x")], "1")
        assert (memory.track("a|b"), memory.liked(), memory.quota_until) == (None, {}, 0.0)


def test_liked_songs_are_cached_until_they_change(
    finder: TrackFinder, spotify_state: SpotifyState
) -> None:
    tracks = [spotify_state.add_track(f"Song {i}", f"Artist {i}", "Guest") for i in range(120)]
    spotify_state.like(*[track.uri for track in tracks])
    liked = finder.liked()
    assert liked["artist7|song7"] == liked["guest|song7"] == tracks[7].id
    assert len([key for key in liked if key.startswith("artist")]) == 120
    assert spotify_state.calls["liked_songs"] == 3
    finder.liked()
    assert spotify_state.calls["liked_songs"] == 3 + 1
    spotify_state.advance(5)
    spotify_state.like(spotify_state.add_track("New", "Somebody").uri)
    assert "somebody|new" in finder.liked()


def test_liked_live_recording_is_not_the_song(
    finder: TrackFinder, spotify_state: SpotifyState
) -> None:
    for title in ("Hello (Live at Wembley)", "Hello - Karaoke Version"):
        spotify_state.like(spotify_state.add_track(title, "Adele").uri)
    assert finder.liked() == {}


def test_version_word_in_the_original_title(
    finder: TrackFinder, spotify_state: SpotifyState
) -> None:
    for title in ("Live and Let Die", "Cover Me (2014 Remaster)"):
        spotify_state.like(spotify_state.add_track(title, "Somebody").uri)
    assert len(finder.liked()) == 2


def test_rate_limit_keeps_the_newest_liked_songs(
    finder: TrackFinder, spotify_state: SpotifyState, memory: SearchCache
) -> None:
    spotify_state.like(
        *(spotify_state.add_track(f"Song {i}", f"Artist {i}").uri for i in range(120))
    )

    def limited(done: int, total: int) -> None:
        if done == 100:
            spotify_state.rate_limit(1, retry_after=60, on="liked_songs")

    assert len(finder.liked(limited)) == 100
    assert memory.liked_state == ""
    assert len(finder.liked()) == 120


def test_partly_filled_playlist_is_reported(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    track = spotify_state.add_track("T", "A")
    spotify_state.fail(faults.status(502), on="add_items", times=9)
    with pytest.raises(SpotifyError, match=r"The playlist is incomplete: https://"):
        SpotifyPlayer(api).save("Evening", [song("A", "T", track.id)])
    assert len(spotify_state.playlists) == 1


def test_liked_songs_without_a_cache(
    api: SpotifyApi, spotify_state: SpotifyState, own_home: Path
) -> None:
    (own_home / "spotify" / "found.sqlite").mkdir()
    spotify_state.like(spotify_state.add_track("Hello", "Adele").uri)
    with SearchCache() as memory:
        assert list(TrackFinder(api, memory).liked()) == ["adele|hello"]


def test_no_liked_songs(finder: TrackFinder) -> None:
    assert finder.liked() == {}


def test_play_starts_all_songs_with_one_call(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    device = spotify_state.add_device("Kitchen", is_active=True)
    spotify_state.add_device("Office")
    tracks = [spotify_state.add_track(f"T {i}", "A") for i in range(10)]
    songs = [song("A", track.name, track.id) for track in tracks]
    SpotifyPlayer(api).play([*songs, song("A", "unknown")])
    assert spotify_state.calls["play"] == 1
    assert spotify_state.playback
    assert spotify_state.playback.uris == [track.uri for track in tracks]
    assert spotify_state.playback.device is device


@pytest.mark.parametrize(
    ("wanted", "found"), [("office", "Office"), ("kit", "Kitchen"), ("KITCHEN", "Kitchen")]
)
def test_device_is_selected_by_name(
    api: SpotifyApi, spotify_state: SpotifyState, wanted: str, found: str
) -> None:
    for name in ("Kitchen", "Office"):
        spotify_state.add_device(name)
    track = spotify_state.add_track("T", "A")
    SpotifyPlayer(api, wanted).play([song("A", "T", track.id)])
    assert spotify_state.playback
    assert spotify_state.playback.device.name == found


@pytest.mark.parametrize("wanted", ["cellar", "i"])
def test_unknown_or_ambiguous_device(
    api: SpotifyApi, spotify_state: SpotifyState, wanted: str
) -> None:
    for name in ("Kitchen", "Living Room"):
        spotify_state.add_device(name)
    track = spotify_state.add_track("T", "A")
    with pytest.raises(PlayerError, match='"Kitchen" or "Living Room"'):
        SpotifyPlayer(api, wanted).play([song("A", "T", track.id)])


def test_restricted_devices_are_ignored(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    spotify_state.add_device("TV", is_restricted=True)
    spotify_state.add_device("Ghost", id=None)
    track = spotify_state.add_track("T", "A")
    player = SpotifyPlayer(api)
    assert problem_of(lambda: player.play([song("A", "T", track.id)])) is Problem.NO_DEVICE
    spotify_state.add_device("Phone")
    player.play([song("A", "T", track.id)])
    assert spotify_state.playback


def test_several_idle_devices_need_a_choice(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    spotify_state.add_device("Kitchen")
    spotify_state.add_device("Office")
    track = spotify_state.add_track("T", "A")
    with pytest.raises(PlayerError, match="--device"):
        SpotifyPlayer(api).play([song("A", "T", track.id)])


def test_vanished_device_is_looked_up_again(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    gone = spotify_state.add_device("Kitchen", is_active=True)
    track = spotify_state.add_track("T", "A")
    spotify_state.vanish(str(gone.id))
    player = SpotifyPlayer(api)
    with pytest.raises(SpotifyError):
        player.play([song("A", "T", track.id)])
    spotify_state.add_device("Kitchen", id="b" * 22)
    player.play([song("A", "T", track.id)])
    assert spotify_state.playback


def test_queue_pause_next_save_and_like(api: SpotifyApi, spotify_state: SpotifyState) -> None:
    spotify_state.add_device("Kitchen", is_active=True)
    first, second = (spotify_state.add_track(f"T {i}", "A") for i in range(2))
    songs = [song("A", each.name, each.id) for each in (first, second)]
    player = SpotifyPlayer(api)
    player.play(songs[:1])
    player.queue(songs[1])
    player.next()
    player.pause()
    assert spotify_state.playback
    assert spotify_state.playback.is_playing is False
    assert player.save("Evening", songs).startswith("https://open.spotify.com/playlist/")
    player.like(songs[0])
    assert list(spotify_state.liked) == [first.uri]
    with pytest.raises(PlayerError, match="none of these"):
        player.play([song("A", "unknown")])
