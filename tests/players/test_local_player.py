"""LocalPlayer with real audio files in a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from musicalface.mood import MoodScores
from musicalface.players.page import LocalPlayer
from musicalface.songs import Song
from tests.audio_files import KINDS, one_of_each

MOODS = MoodScores.of((0.1, 0.1, 0.7, 0.1))


def song(path: Path) -> Song:
    return Song("The Singer", f"Song in {path.suffix[1:]}", MOODS, "lyrics", file=path.resolve())


@pytest.fixture(scope="session")
def audio(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return one_of_each(tmp_path_factory.mktemp("audio"), seconds=60)


@pytest.fixture
def player(audio: dict[str, Path]) -> Iterator[LocalPlayer]:
    player = LocalPlayer("7 relaxed songs")
    with player.page:
        player.play([song(audio[kind]) for kind in KINDS])
        yield player


def visit(player: LocalPlayer, tab: Page) -> None:
    tab.goto(player.page.address)
    tab.wait_for_selector("#player:not([aria-busy])")


def wait_for(tab: Page, condition: str) -> None:
    """Wait for a condition on the page's <audio>; a function, because the CSP forbids eval."""
    tab.wait_for_function(
        f"() => {{ const audio = document.querySelector('audio'); return {condition}; }}"
    )


def position(tab: Page) -> float:
    return float(tab.evaluate("document.querySelector('audio').currentTime"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_plays_and_seeks(player: LocalPlayer, tab: Page, kind: str) -> None:
    visit(player, tab)
    tab.get_by_role("button", name=f"Song in {kind} ").click()
    expect(tab.get_by_role("button", name="Pause")).to_be_visible()
    wait_for(tab, "audio.currentTime > 0.2")
    tab.evaluate("document.querySelector('audio').currentTime = 30")
    wait_for(tab, "!audio.seeking && audio.currentTime > 30.2")
    tab.get_by_role("button", name="Pause").click()
    expect(tab.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert 30 < position(tab) < 60


def test_songs_play_in_order(player: LocalPlayer, tab: Page) -> None:
    visit(player, tab)
    expect(tab.get_by_role("heading", name="7 relaxed songs")).to_be_visible()
    tab.get_by_role("button", name="Play", exact=True).click()
    for kind in KINDS[:3]:
        expect(tab.locator("[aria-current]")).to_contain_text(f"Song in {kind}")
        wait_for(tab, "audio.duration > 59")
        tab.evaluate("document.querySelector('audio').currentTime = 59.7")
    expect(tab.locator("[aria-current]")).to_contain_text(f"Song in {KINDS[3]}")


def test_seek_requests_a_range(player: LocalPlayer, tab: Page, audio: dict[str, Path]) -> None:
    ranges: list[str] = []
    tab.on("request", lambda request: ranges.append(request.headers.get("range", "")))
    visit(player, tab)
    tab.get_by_role("button", name="Song in wav ").click()
    wait_for(tab, "audio.currentTime > 0.2")
    tab.evaluate("document.querySelector('audio').currentTime = 55")
    wait_for(tab, "audio.currentTime > 55.1")
    starts = [int(each.removeprefix("bytes=").split("-")[0]) for each in ranges if each]
    assert max(starts) > audio["wav"].stat().st_size / 2


def test_ranges_over_http(player: LocalPlayer, audio: dict[str, Path]) -> None:
    content = audio["mp3"].read_bytes()
    address = f"{player.page.address}audio/0"
    whole = httpx.get(address)
    assert (whole.status_code, whole.content == content) == (200, True)
    assert whole.headers["content-type"] == "audio/mpeg"
    part = httpx.get(address, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, content[100:200])
    assert httpx.get(address, headers={"Range": "bytes=-10"}).content == content[-10:]
    beyond = httpx.get(address, headers={"Range": f"bytes={len(content)}-"})
    assert beyond.status_code == 416


def test_only_queued_files_are_served(player: LocalPlayer) -> None:
    for path in ("audio/7", "audio/-1", "audio/../../etc/passwd", "audio/%2fetc%2fpasswd"):
        assert httpx.get(player.page.address + path).status_code == 404


def test_file_replaced_by_a_link_is_not_served(tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret", tmp_path / "music"
    folder.mkdir()
    secret.write_text("not for the browser")
    file = folder / "song.mp3"
    file.write_bytes(b"ID3")
    player = LocalPlayer()
    with player.page as page:
        player.play([song(file)])
        assert httpx.get(f"{page.address}audio/0").status_code == 200
        file.unlink()
        file.symlink_to(secret)
        assert httpx.get(f"{page.address}audio/0").status_code == 404
        file.unlink()
        assert httpx.get(f"{page.address}audio/0").status_code == 404
        moved = tmp_path / "elsewhere"
        moved.mkdir()
        (moved / "song.mp3").write_text("not for the browser")
        folder.rmdir()
        folder.symlink_to(moved)
        assert httpx.get(f"{page.address}audio/0").status_code == 404


def test_undecodable_file_name(tmp_path: Path, audio: dict[str, Path]) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.mp3"))
    file.write_bytes(audio["mp3"].read_bytes())
    player = LocalPlayer()
    with player.page as page:
        player.play([song(file)])
        assert len(httpx.get(f"{page.address}audio/0").content) == file.stat().st_size
        assert httpx.get(f"{page.address}songs").json()["songs"][0]["artist"] == "The Singer"


def test_unplayable_file_is_skipped(tab: Page, tmp_path: Path, audio: dict[str, Path]) -> None:
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"no sound at all" * 99)
    player = LocalPlayer("2 relaxed songs")
    with player.page:
        player.play([Song("X", "Broken", MOODS, file=broken), song(audio["flac"])])
        visit(player, tab)
        tab.get_by_role("button", name="Play", exact=True).click()
        expect(tab.locator("[aria-current]")).to_contain_text("Song in flac")
        expect(tab.locator("#player-error")).to_have_text("Your browser can’t play “Broken”.")


def test_songs_without_files_are_skipped(audio: dict[str, Path]) -> None:
    player = LocalPlayer()
    with player.page as page:
        player.play([Song("X", "On Spotify", MOODS, spotify_id="a" * 22), song(audio["mp3"])])
        rows = httpx.get(f"{page.address}songs").json()["songs"]
        assert [row["title"] for row in rows] == ["Song in mp3"]
