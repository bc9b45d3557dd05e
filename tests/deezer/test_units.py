"""Unit tests: URLs, tracks, the rate limit and single flight."""

import threading
from typing import Any

import pytest

from musicalface.errors import DeezerError
from musicalface.players.deezer.api_response import parse_response
from musicalface.players.deezer.hosts import is_cover, is_preview
from musicalface.players.deezer.http_transport import Transport
from musicalface.players.deezer.rate_limit import RateLimit
from musicalface.players.deezer.single_flight import SingleFlight
from musicalface.players.deezer.tracks import parse_track

PREVIEW = "https://cdnt-preview.dzcdn.net/api/1/1/a/b/c/0/abc.mp3?hdnea=exp=1~acl=/api*~hmac=0f"


@pytest.mark.parametrize(
    "address",
    [PREVIEW, "https://cdns-preview-0.dzcdn.net/a.mp3", "https://cdns-preview-f.dzcdn.net/a.mp3"],
)
def test_preview_hosts(address: str) -> None:
    assert is_preview(address)
    assert not is_cover(address)


def test_cover_hosts() -> None:
    assert is_cover("https://cdn-images.dzcdn.net/images/cover/ab/250x250-000000-80-0-0.jpg")
    assert is_cover("https://e-cdns-images.dzcdn.net/images/cover/ab/250x250-000000-80-0-0.jpg")
    assert not is_preview("https://cdn-images.dzcdn.net/images/cover/ab/250x250.jpg")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a.mp3",
        "//cdnt-preview.dzcdn.net/a.mp3",
        "http://cdnt-preview.dzcdn.net/a.mp3",
        "javascript:alert(1)",
        "data:audio/mpeg;base64,",
        "https://cdnt-preview.dzcdn.net.example.org/a.mp3",
        "https://example.org/cdnt-preview.dzcdn.net",
        "https://evil-cdnt-preview.dzcdn.net/a.mp3",
        "https://cdns-preview-g.dzcdn.net/a.mp3",
        "https://dzcdn.net/a.mp3",
        "https://cdnt-preview.dzcdn.net:8443/a.mp3",
        "https://cdnt-preview.dzcdn.net@example.org/a.mp3",
        "https://user@cdnt-preview.dzcdn.net/a.mp3",
        "https://cdnt-preview.dzcdn.net\\@example.org/a.mp3",
        "https://exam\tple.org/a.mp3",
        "https://cdnt-preview.dzcdn.net\t/a.mp3",
        "https://cdnt-preview.dzcdn.net/a b.mp3",
        "https://cdnt-preview.dzcdn.net/\n.mp3",
        "https://[cdnt-preview.dzcdn.net/a.mp3",
        "https://cdnt-preview.dzcdn.net/" + "a" * 2000,
    ],
)
def test_other_urls_are_rejected(address: str) -> None:
    assert not is_preview(address)
    assert not is_cover(address)


def test_media_of_another_api_are_allowed_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_preview("http://127.0.0.1:7000/a.mp3")
    monkeypatch.setenv("MUSICALFACE_DEEZER_API", "http://127.0.0.1:7000")
    assert is_preview("http://127.0.0.1:7000/a.mp3")
    assert not is_preview("http://127.0.0.1:7001/a.mp3")
    assert is_preview(PREVIEW)


def item(**more: Any) -> dict[str, Any]:
    """A track of a response."""
    album = {"title": "I Am", "cover_medium": "https://cdn-images.dzcdn.net/images/cover/a/250.jpg"}
    return {
        "id": 1,
        "title": "Halo",
        "artist": {"name": "Beyoncé"},
        "album": album,
        "duration": 261,
        "readable": True,
        "preview": PREVIEW,
    } | more


def test_valid_track() -> None:
    track = parse_track(item(alternative={"id": 2}))
    assert (track.facts.title, track.facts.artist, track.album) == ("Halo", "Beyoncé", "I Am")
    assert track.facts.seconds == 261
    assert track.can_play
    assert track.alternative == 2
    assert parse_track(item(id="1", duration="261")).facts.seconds == 261
    assert not parse_track(item(preview=None)).can_play
    assert parse_track(item(album=None)).facts.cover == ""


def test_names_are_one_line_of_limited_length() -> None:
    track = parse_track(item(title="Ha\x1b[2Jlo\nlo", artist={"name": "B" * 1999}))
    assert track.facts.title == "Ha [2Jlo lo"
    assert len(track.facts.artist) == 300


@pytest.mark.parametrize(
    "more",
    [
        {"id": 0},
        {"id": -1},
        {"id": True},
        {"id": 1.5},
        {"id": 10**16},
        {"id": "1e3"},
        {"id": "²"},
        {"id": None},
        {"title": ""},
        {"title": 7},
        {"title": "x" * 2001},
        {"artist": None},
        {"artist": {"name": []}},
        {"album": {"title": {}}},
        {"duration": -1},
        {"duration": 10**6},
        {"duration": float("nan")},
        {"readable": "yes"},
        {"readable": 1},
        {"preview": 7},
        {"preview": ["https://cdnt-preview.dzcdn.net/a.mp3"]},
        {"alternative": {"id": "x"}},
        {"alternative": [1]},
    ],
)
def test_invalid_values_are_rejected(more: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        parse_track(item(**more))


def test_rolling_window() -> None:
    limit = RateLimit(3, 5.0)
    times = [limit.reserve(now, deadline=100) for now in (0.0, 1.0, 2.0, 2.0, 2.0, 9.0)]
    assert times == [0.0, 1.0, 2.0, 5.0, 6.0, 9.0]


def test_no_window_exceeds_the_limit() -> None:
    limit = RateLimit(40, 5.0)
    times = [limit.reserve(index / 100, deadline=1000) for index in range(500)]
    assert all(later - earlier > 4.999 for earlier, later in zip(times, times[40:], strict=False))


def test_request_after_its_deadline_is_rejected_and_takes_no_slot() -> None:
    limit = RateLimit(1, 5.0)
    assert limit.reserve(0.0, deadline=1.0) == 0.0
    with pytest.raises(DeezerError, match="Too many requests"):
        limit.reserve(1.0, deadline=4.0)
    assert limit.reserve(1.0, deadline=5.0) == 5.0


def test_quota_error_blocks_all_threads() -> None:
    limit = RateLimit(40, 5.0)
    limit.block(2.0)
    limit.block(1.0)
    assert [limit.reserve(0.0, deadline=9.0), limit.reserve(3.0, deadline=9.0)] == [2.0, 3.0]


def test_endless_work_times_out_and_is_restarted() -> None:
    single_flight: SingleFlight[str] = SingleFlight()
    stop = threading.Event()
    with pytest.raises(DeezerError, match="the request timed out"):
        single_flight.run("a song", lambda: str(stop.wait()), 0.05)
    assert single_flight.run("a song", lambda: "new", 30) == "new"
    stop.set()


def test_an_error_is_raised_and_not_cached() -> None:
    single_flight: SingleFlight[float] = SingleFlight()
    with pytest.raises(ZeroDivisionError):
        single_flight.run("a song", lambda: 1 / 0, 30)
    assert single_flight.run("a song", lambda: 1.0, 30) == 1.0


def test_transport_sends_nothing_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICALFACE_OFFLINE", "1")
    with pytest.raises(DeezerError, match="MUSICALFACE_OFFLINE"):
        Transport().get("/track/1", {}, deadline=1e12)


@pytest.mark.parametrize("content", [b"", b"null", b"[" * 100_000, b"\xff", b"9" * 5000])
def test_response_without_a_json_object_is_an_error(content: bytes) -> None:
    with pytest.raises(DeezerError, match="can't be read"):
        parse_response(content)
