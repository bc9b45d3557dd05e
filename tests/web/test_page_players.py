"""Playback on the page: Spotify's embedded player and the library's files."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, Route, expect

from musicalface.web.server import AppServer
from tests.audio.music import music as sound
from tests.audio_files import many_files, mp3, three_songs
from tests.browser import expect_value, record_texts
from tests.conftest import SONG as WORDS
from tests.library.test_sound_scan import CALM
from tests.players.test_spotify_embed_player import Spotify
from tests.web.browser import SONG, Open, choose_player, portrait, titles

MANY = 12_000  # files; scanning them takes several seconds
CURRENT = "#song-list [aria-current]"


@pytest.fixture
def page(open_page: Open, chromium: Browser) -> Page:
    return portrait(open_page(chromium))


def embed(app: AppServer, page: Page) -> Frame:
    """Return the embedded player's frame, once it plays the current song."""
    seat = page.wait_for_selector("#seat iframe")
    frame = seat.content_frame() if seat else None
    assert frame
    frame.wait_for_url(re.compile(f":{app.embed_port}/"))
    frame.wait_for_function(
        "id => window.controller?.uri.endsWith(id) && !window.controller.paused",
        arg=current_song_id(page),
    )
    return frame


def current_song_id(page: Page) -> str:
    """Return the id of the current song; empty if the list has none."""
    row = page.locator(CURRENT)
    link = row.locator(".links a[href*=spotify]").get_attribute("href") if row.count() else ""
    return (link or "").rpartition("/")[2]


def end_song(frame: Frame) -> None:
    """End the song as Spotify does: an update each second, the last one before the end."""
    for paused, position in (("false", 28_900), ("true", 29_700)):
        frame.evaluate(
            f"() => controller.tell({{isPaused: {paused}, position: {position}, duration: 30000}})"
        )


def playable(page: Page) -> list[str]:
    return page.locator("[data-playable=true] .title").all_inner_texts()


def test_no_sound_before_play(page: Page, spotify: Spotify) -> None:
    expect(page.get_by_role("region", name="Player")).to_be_visible()
    assert page.locator("iframe").count() == 0
    assert (spotify.requests, spotify.elsewhere) == ([], [])


def test_embed_plays_songs_in_order(app: AppServer, page: Page, spotify: Spotify) -> None:
    songs = playable(page)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(CURRENT)).to_contain_text(songs[0])
    frame = embed(app, page)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    end_song(frame)
    expect(page.locator(CURRENT)).to_contain_text(songs[1])
    page.get_by_role("button", name="Next song").click()
    expect(page.locator(CURRENT)).to_contain_text(songs[2])
    page.get_by_role("button", name="Previous song").click()
    expect(page.locator(CURRENT)).to_contain_text(songs[1])
    page.get_by_role("button", name=re.compile(f"^{songs[-1]}")).click()
    expect(page.locator(CURRENT)).to_contain_text(songs[-1])
    expect(page.get_by_role("button", name="Next song")).to_be_disabled()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert spotify.requests
    assert spotify.elsewhere == []


def test_songs_without_an_id_are_links(own_home: Path, page: Page) -> None:
    with closing(sqlite3.connect(own_home / "catalog.sqlite", isolation_level=None)) as catalog:
        catalog.execute("UPDATE songs SET spotify_id = ''")
    page.get_by_role("button", name="Different songs").click()
    row = page.locator("[data-playable=false]").first
    expect(row.get_by_role("button")).to_have_count(2)
    row.get_by_role("button", name="About ").click()
    link = row.get_by_role("link", name="Find on Spotify")
    expect(link).to_have_attribute("href", re.compile("^https://open.spotify.com/search/"))
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(row.get_by_role("button", name="About ")).to_be_focused()
    expect(page.get_by_role("button", name="Play songs with")).to_be_visible()


def test_player_reports_a_missing_network(page: Page, spotify: Spotify) -> None:
    spotify.has_api = False
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#player-error")).to_contain_text("Check your connection")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    spotify.has_api = True
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#player-error")).to_be_empty()


def add_folder(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="Music sources").click()
    page.locator(".typed").evaluate("details => { details.open = true; }")
    page.get_by_label("Music folder on this computer").fill(str(folder))
    page.get_by_role("button", name="Add", exact=True).click()


def switch_listening_off_and_on(page: Page) -> None:
    listening = page.get_by_role("switch", name="Read the mood of songs from their sound")
    words, idle = page.locator("#listens-words"), "In the background, on this computer."
    expect(words).to_have_text(idle)
    listening.uncheck(force=True)
    expect(words).to_contain_text("Off")
    expect(listening).not_to_be_checked()
    page.route("**/api/library", with_progress)
    listening.check(force=True)
    expect(words).to_have_text("Listening: 1,200 of 8,000 songs so far.")
    page.unroute("**/api/library", with_progress)
    expect(words).to_have_text(idle)
    expect(listening).to_be_checked()


def with_progress(route: Route) -> None:
    """Answer as in the middle of a large library."""
    library = route.fetch().json()
    route.fulfill(json=library | {"listening": {"done": 1200, "songs": 8000}})


def check_calm_song(page: Page) -> None:
    """The song without lyrics is relaxed by its sound, says so, and plays."""
    page.get_by_role("button", name="My mood is Relaxed").click()
    expect(page.get_by_role("heading", name="1 relaxed song")).to_be_visible()
    row = page.locator(SONG)
    expect(row).to_contain_text("Still")
    expect(row.locator(".why")).to_have_text("Sounds calm")
    row.get_by_role("button", name=re.compile("^Still")).click()
    page.wait_for_function("() => document.querySelector('audio[src]')?.currentTime > 0.1")


def test_library_folder_is_added_and_plays(page: Page, tmp_path: Path) -> None:
    three_songs(tmp_path / "music")
    sound(tmp_path / "music" / "Calm Band - Still.flac", sound=CALM)
    add_folder(page, tmp_path / "none")
    expect(page.locator("#library-error")).to_contain_text("doesn't exist or isn't a folder")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    add_folder(page, tmp_path / "music")
    expect(page.get_by_text("4 songs ready to play.")).to_be_visible()  # one by its sound
    switch_listening_off_and_on(page)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="My mood is Sad").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    choose_player(page, "local")
    expect(page.get_by_role("heading", name="3 sad songs")).to_be_visible()
    songs = titles(page)
    played = record_texts(page, "#now-title")
    page.get_by_role("button", name="Play", exact=True).click()
    expect_value(page, played, songs)
    expect(page.locator(CURRENT)).to_contain_text(songs[-1])
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    check_calm_song(page)
    page.get_by_role("button", name="Music sources").click()
    page.get_by_role("button", name=f"Remove {tmp_path / 'music'}").click()
    expect(page.get_by_text("No folders yet")).to_be_visible()


def test_folder_scan_can_be_stopped_and_resumed(page: Page, tmp_path: Path) -> None:
    many_files(tmp_path / "music", MANY)
    add_folder(page, tmp_path / "music")
    page.get_by_role("button", name="Stop scanning").click()
    expect(page.locator("#library-error")).to_contain_text("Scanning stopped")
    expect(page.get_by_role("button", name="Stop scanning")).to_be_hidden()
    expect(page.locator("#library-words")).to_have_text("0 songs ready to play.")  # no mood
    expect(page.locator("#folders").get_by_text(f"{MANY:,} songs")).to_be_hidden()
    page.get_by_label("Music folder on this computer").fill(str(tmp_path / "music"))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#folders").get_by_text(f"{MANY:,} songs")).to_be_visible(timeout=120_000)
    expect(page.locator("#library-error")).to_be_empty()


def test_unplayable_file_is_reported(page: Page, tmp_path: Path) -> None:
    mp3(tmp_path / "music" / "a.mp3", "The Singer", "No Sound", WORDS.read_text())
    (tmp_path / "music" / "a.mp3").write_bytes((tmp_path / "music" / "a.mp3").read_bytes()[:-834])
    page.get_by_role("button", name="My mood is Sad").click()
    add_folder(page, tmp_path / "music")
    expect(page.get_by_text("1 song ready to play.")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    choose_player(page, "local")
    expect(page.get_by_role("heading", name="1 sad song")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#player-error")).to_have_text("Your browser can’t play “No Sound”.")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
