"""The Deezer player: previews, facts, caching and errors."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from musicalface.errors import DeezerError, InputError
from musicalface.players.deezer import DeezerPlayer, Problem, client, track_cache
from musicalface.players.deezer.rate_limit import RateLimit
from musicalface.players.deezer.tracks import Facts
from musicalface.songs import Song

from .api import track_json
from .conftest import song
from .server import Server
from .shared import faults
from .state import DeezerState


def problem_of(call: Callable[[], object]) -> Problem:
    with pytest.raises(DeezerError) as raised:
        call()
    assert str(raised.value).endswith(".")
    assert "{" not in str(raised.value)
    return Problem[raised.value.problem]


def test_song_with_an_id_takes_one_request(
    player: DeezerPlayer, deezer_state: DeezerState, fake_deezer: Server, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo", seconds=261)
    preview = player.preview(halo, track.id)
    assert deezer_state.requests == [("track", {"id": track.id})]
    assert httpx.get(preview.url).headers["content-type"] == "audio/mpeg"
    facts = preview.facts
    assert (facts.number, facts.artist, facts.title) == (track.id, "Beyoncé", "Halo")
    assert facts.seconds == 261
    assert facts.link == f"https://www.deezer.com/track/{track.id}"
    assert httpx.get(facts.cover).headers["content-type"] == "image/jpeg"
    assert "500x500" in facts.large_cover


def test_song_without_an_id_takes_one_search(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    deezer_state.add("Beyoncé", "Halo (Live)")
    deezer_state.add("Karaoke Hits", "Halo (Made Famous by Beyoncé)")
    track = deezer_state.add("Beyoncé", "Halo")
    assert player.preview(halo).facts.number == track.id
    assert deezer_state.requests == [("search", {"q": "halo beyonce", "limit": 25, "index": 0})]


def test_known_length_selects_the_track(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    deezer_state.add("Beyoncé", "Halo", seconds=220)
    album = deezer_state.add("Beyoncé", "Halo", seconds=261)
    assert player.preview(halo, seconds=258.5).facts.number == album.id


def test_quotes_in_a_title_are_not_search_filters(
    player: DeezerPlayer, deezer_state: DeezerState
) -> None:
    deezer_state.add("David Bowie", '"Heroes"')
    player.preview(song("David Bowie", '"Heroes"'))
    assert deezer_state.requests[0][1]["q"] == "heroes david bowie"


def test_each_preview_is_requested_again(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    first = player.preview(halo, track.id).url
    deezer_state.advance(16 * 60)
    assert httpx.get(first).status_code == 403
    assert httpx.get(player.preview(halo, track.id).url).status_code == 200


def test_search_is_not_repeated(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    deezer_state.add("Beyoncé", "Halo")
    player.preview(halo)
    player.preview(halo)
    assert [name for name, _ in deezer_state.requests] == ["search", "track"]


def test_facts_are_cached(player: DeezerPlayer, deezer_state: DeezerState, halo: Song) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    assert player.facts(halo, track.id) == player.facts(halo, track.id)
    assert deezer_state.calls["track"] == 1


@pytest.mark.parametrize("number", [0, 77])
def test_song_that_deezer_does_not_have(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song, number: int
) -> None:
    assert problem_of(lambda: player.preview(halo, number)) is Problem.NOT_FOUND
    requests = len(deezer_state.requests)
    assert problem_of(lambda: player.preview(halo, number)) is Problem.NOT_FOUND
    assert problem_of(lambda: player.facts(halo, number)) is Problem.NOT_FOUND
    assert len(deezer_state.requests) == requests


def test_unknown_id_falls_back_to_a_search(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    assert player.preview(halo, 77).facts.number == track.id
    assert [name for name, _ in deezer_state.requests] == ["track", "search"]


def test_id_of_another_song_falls_back_to_a_search(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    other = deezer_state.add("Adele", "Hello")
    track = deezer_state.add("Beyoncé", "Halo")
    assert player.preview(halo, other.id).facts.number == track.id


def test_response_with_another_id_falls_back_to_a_search(
    player: DeezerPlayer, deezer_state: DeezerState, fake_deezer: Server, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    other = deezer_state.add("Beyoncé", "Listen")
    deezer_state.fail(
        faults.wrong_shape(track_json(deezer_state, other, fake_deezer.address)), on="track"
    )
    assert player.preview(halo, track.id).facts.number == track.id
    assert [name for name, _ in deezer_state.requests] == ["track", "search"]


def test_unavailable_track_has_an_alternative(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    twin = deezer_state.add("Beyoncé", "Halo")
    track = deezer_state.add("Beyoncé", "Halo", readable=False, alternative=twin.id)
    assert player.preview(halo, track.id).facts.number == twin.id
    assert [values["id"] for _, values in deezer_state.requests] == [track.id, twin.id]


def test_search_finds_another_release(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    twin = deezer_state.add("Beyoncé", "Halo")
    track = deezer_state.add("Beyoncé", "Halo", readable=False)
    assert player.preview(halo, track.id).facts.number == twin.id


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"readable": False}, Problem.NOT_AVAILABLE),
        ({"has_preview": False}, Problem.NO_PREVIEW),
    ],
)
def test_track_without_a_preview_has_facts(
    player: DeezerPlayer,
    deezer_state: DeezerState,
    halo: Song,
    more: dict[str, bool],
    problem: Problem,
) -> None:
    track = deezer_state.add("Beyoncé", "Halo", **more)
    assert problem_of(lambda: player.preview(halo, track.id)) is problem
    assert player.facts(halo, track.id).cover


def test_circular_alternatives_end(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    deezer_state.add("Beyoncé", "Halo", id=1, readable=False, alternative=2)
    deezer_state.add("Beyoncé", "Halo", id=2, readable=False, alternative=1)
    assert problem_of(lambda: player.preview(halo, 1)) is Problem.NOT_AVAILABLE
    assert [name for name, _ in deezer_state.requests] == ["track", "track", "search"]


def test_concurrent_calls_share_one_request(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    deezer_state.fail(faults.slow(3))
    ready = threading.Barrier(8)

    def ask(_: int) -> str:
        ready.wait()
        return player.preview(halo, track.id).url

    with ThreadPoolExecutor(8) as threads:
        urls = set(threads.map(ask, range(8)))
    assert len(urls) == 1
    assert deezer_state.calls["track"] == 1


def test_many_concurrent_songs_stay_under_the_quota(
    fake_deezer: Server, deezer_state: DeezerState, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "SHARED_LIMIT", RateLimit(8, 0.5))
    deezer_state.quota, deezer_state.window = 16, 0.5  # requests of two windows may arrive in one
    tracks = [deezer_state.add(f"Singer {n}", f"Song {n}") for n in range(30)]
    players = [DeezerPlayer(), DeezerPlayer()]

    def ask(n: int) -> int:
        wanted_song = song(tracks[n].artist, tracks[n].title)
        return players[n % 2].preview(wanted_song, tracks[n].id).facts.number

    with ThreadPoolExecutor(30) as threads:
        assert list(threads.map(ask, range(30))) == [track.id for track in tracks]
    for each in players:
        each.close()


def test_all_players_share_one_rate_limit(
    fake_deezer: Server,
    deezer_state: DeezerState,
    own_home: Path,
    halo: Song,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "SHARED_LIMIT", RateLimit(1, 60))
    track = deezer_state.add("Beyoncé", "Halo")
    one, other = DeezerPlayer(), DeezerPlayer()
    one.preview(halo, track.id)
    assert problem_of(lambda: other.preview(halo, track.id)) is Problem.QUOTA
    assert deezer_state.calls["track"] == 1
    one.close()
    other.close()


def test_offline_sends_nothing(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    player.facts(halo, track.id)
    monkeypatch.setenv("MUSICALFACE_OFFLINE", "1")
    assert problem_of(lambda: player.preview(halo, track.id)) is Problem.OFF
    # Facts contain cover URLs, which a browser would load.
    assert problem_of(lambda: player.facts(halo, track.id)) is Problem.OFF
    assert deezer_state.calls["track"] == 1
    assert player.link(halo, track.id).endswith(f"/track/{track.id}")


def test_unencrypted_url_is_rejected(
    player: DeezerPlayer, halo: Song, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_DEEZER_API", "http://example.org")
    with pytest.raises(InputError, match="MUSICALFACE_DEEZER_API"):
        player.preview(halo)


def test_links_need_no_request(player: DeezerPlayer, deezer_state: DeezerState, halo: Song) -> None:
    assert player.link(halo) == "https://www.deezer.com/search/Beyonc%C3%A9%20Halo"
    assert deezer_state.requests == []


def test_cache_expires_and_has_no_previews(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    player.preview(halo, track.id)
    for file in track_cache.deezer_folder().iterdir():
        assert file.stat().st_mode & 0o077 == 0
        assert b"hdnea" not in file.read_bytes()
        assert b"previews" not in file.read_bytes()
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + track_cache.FOUND_LIFETIME - 60)
    player.facts(halo, track.id)
    assert deezer_state.calls["track"] == 1
    monkeypatch.setattr("time.time", lambda: now + track_cache.FOUND_LIFETIME + 60)
    player.facts(halo, track.id)
    assert deezer_state.calls["track"] == 2


def test_missing_song_is_searched_again_the_next_day(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problem_of(lambda: player.preview(halo)) is Problem.NOT_FOUND
    deezer_state.add("Beyoncé", "Halo")
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + track_cache.NOT_FOUND_LIFETIME + 60)
    assert player.preview(halo).url


def test_look_up_with_an_older_clock_keeps_newer_facts(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    deezer_state.add("Beyoncé", "Listen")
    player.facts(halo, track.id)
    now = time.time()
    with monkeypatch.context() as patch:  # a thread reads the clock, then waits for the file
        patch.setattr("time.time", lambda: now - 5)
        player.facts(song("Beyoncé", "Listen"))
    assert player.covers.cover(track.id)


def test_facts_of_concurrent_look_ups_are_all_kept(own_home: Path) -> None:
    cover = f"https://cdn-images.dzcdn.net/images/cover/{32 * 'a'}/250x250-000000-80-0-0.jpg"
    ready = threading.Barrier(10)

    def keep(number: int) -> None:
        ready.wait()
        for each in range(number, 101, 10):
            with track_cache.FactsCache() as cache:
                cache.put(song("A", f"{each}"), Facts(each, "A", f"{each}", 1, cover, cover))

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(keep, range(1, 11)))
    with track_cache.FactsCache() as cache:
        assert [number for number in range(1, 101) if not cache.cover(number)] == []


def test_erase_deletes_everything(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    player.facts(halo, track.id)
    assert track_cache.deezer_folder().exists()
    track_cache.erase()
    assert not track_cache.deezer_folder().exists()
    track_cache.erase()
    player.facts(halo, track.id)
    assert deezer_state.calls["track"] == 2


def test_look_up_during_erase_caches_nothing(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    deezer_state.fail(faults.slow(1.0))
    with ThreadPoolExecutor(1) as threads:
        future = threads.submit(player.preview, halo, track.id)
        while not deezer_state.requests:
            time.sleep(0.01)
        track_cache.erase()
        future.result()
    with track_cache.FactsCache() as cache:
        assert cache.get(halo) is None


@pytest.mark.parametrize("damage", ["bytes", "folder", "unwritable"])
def test_songs_play_without_a_cache(
    player: DeezerPlayer, deezer_state: DeezerState, halo: Song, damage: str
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    track_cache.deezer_folder().mkdir(parents=True)
    file = track_cache.deezer_folder() / "facts.sqlite"
    if damage == "bytes":
        file.write_bytes(b"no database" * 1000)
    elif damage == "folder":
        file.mkdir()
    else:
        track_cache.deezer_folder().rmdir()
        track_cache.deezer_folder().write_text("a file in its place")
    assert player.preview(halo, track.id).url
    assert player.facts(halo, track.id).title == "Halo"
    assert deezer_state.calls["track"] == (
        1 if damage == "bytes" else 2
    )  # a damaged file is replaced


def test_live_version_is_another_song(player: DeezerPlayer, deezer_state: DeezerState) -> None:
    live = deezer_state.add("Beyoncé", "Halo (Live)")
    studio = deezer_state.add("Beyoncé", "Halo")
    assert player.preview(song("Beyoncé", "Halo (Live)")).facts.number == live.id
    assert player.preview(song("Beyoncé", "Halo")).facts.number == studio.id
