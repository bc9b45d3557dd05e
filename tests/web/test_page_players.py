"""Songs sound: Spotify's embed, the person's Spotify, and their own files."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from musicalface.web.serve import Running
from tests.audio import many_files, mp3, three_songs
from tests.conftest import SONG as WORDS
from tests.players.test_browser_page import Spotify
from tests.web.browser import Open, portrait, titles

MANY = 8_000  # files, which take some seconds
CURRENT = "#song-list [aria-current]"


@pytest.fixture
def page(open_page: Open, chromium: Browser) -> Page:
    return portrait(open_page(chromium))


def embed(app: Running, page: Page) -> Frame:
    """The frame of the other origin, once the song that the page marks plays there."""
    seat = page.wait_for_selector("#seat iframe")
    frame = seat.content_frame() if seat else None
    assert frame
    frame.wait_for_url(re.compile(f":{app.embed_port}/"))
    frame.wait_for_function(
        "id => window.controller?.uri.endsWith(id) && !window.controller.paused",
        arg=marked_id(page),
    )
    return frame


def marked_id(page: Page) -> str:
    """The id of the marked song; empty when the list has none."""
    row = page.locator(CURRENT)
    link = row.get_by_role("link").get_attribute("href") if row.count() else ""
    return (link or "").rpartition("/")[2]


def end_song(frame: Frame) -> None:
    """As Spotify tells of it: a snapshot a second, and the last one before the end."""
    for paused, position in (("false", 28_900), ("true", 29_700)):
        frame.evaluate(
            f"() => controller.tell({{isPaused: {paused}, position: {position}, duration: 30000}})"
        )


def playable(page: Page) -> list[str]:
    return page.locator("[data-playable=true] .title").all_inner_texts()


def test_nothing_sounds_before_somebody_presses_play(page: Page, spotify: Spotify) -> None:
    expect(page.get_by_role("region", name="Player")).to_be_visible()
    assert page.locator("iframe").count() == 0
    assert (spotify.asked, spotify.elsewhere) == ([], [])


def test_songs_follow_one_another_in_the_embed(app: Running, page: Page, spotify: Spotify) -> None:
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
    page.get_by_role("button", name=re.compile(songs[-1])).click()
    expect(page.locator(CURRENT)).to_contain_text(songs[-1])
    expect(page.get_by_role("button", name="Next song")).to_be_disabled()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert spotify.asked
    assert spotify.elsewhere == []


def test_songs_that_are_not_on_spotify_are_links(own_home: Path, page: Page) -> None:
    with closing(sqlite3.connect(own_home / "catalog.sqlite", isolation_level=None)) as catalog:
        catalog.execute("UPDATE songs SET spotify_id = ''")
    page.get_by_role("button", name="Ten others").click()
    row = page.locator("[data-playable=false]").first
    expect(row.get_by_role("button")).to_have_count(0)
    link = row.get_by_role("link", name="Find on Spotify")
    expect(link).to_have_attribute("href", re.compile("^https://open.spotify.com/search/"))
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(page.get_by_label("Play with")).to_be_visible()


def test_without_a_network_the_player_says_so(page: Page, spotify: Spotify) -> None:
    spotify.has_api = False
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#player-trouble")).to_contain_text("check the network")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    spotify.has_api = True
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#player-trouble")).to_be_empty()


def add_folder(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="Music sources").click()
    page.get_by_label("A folder of music on this computer").fill(str(folder))
    page.get_by_role("button", name="Add", exact=True).click()


def test_ones_own_music_is_added_and_sounds(page: Page, tmp_path: Path) -> None:
    three_songs(tmp_path / "music")
    add_folder(page, tmp_path / "none")
    expect(page.locator("#library-trouble")).to_contain_text("There is no folder")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    add_folder(page, tmp_path / "music")
    expect(page.get_by_text("3 songs can be played.")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Sad is my mood").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    page.get_by_label("Play with").select_option(label="My own music")
    expect(page.get_by_role("heading", name="3 sad songs")).to_be_visible()
    songs = titles(page)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.1")
    for song in songs[1:]:
        expect(page.locator(CURRENT)).to_contain_text(song)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.get_by_role("button", name="Music sources").click()
    page.get_by_role("button", name=f"Remove {tmp_path / 'music'}").click()
    expect(page.get_by_text("No folder yet")).to_be_visible()


def test_reading_a_large_folder_is_stopped_and_goes_on(page: Page, tmp_path: Path) -> None:
    many_files(tmp_path / "music", MANY)
    add_folder(page, tmp_path / "music")
    page.get_by_role("button", name="Stop reading").click()
    expect(page.locator("#library-trouble")).to_contain_text("Reading was stopped")
    expect(page.get_by_role("button", name="Stop reading")).to_be_hidden()
    expect(page.locator("#library-words")).to_have_text("0 songs can be played.")  # no mood
    expect(page.get_by_text(f"{MANY:,} songs")).to_be_hidden()
    page.get_by_label("A folder of music on this computer").fill(str(tmp_path / "music"))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text(f"{MANY:,} songs")).to_be_visible()
    expect(page.locator("#library-trouble")).to_be_empty()


def test_a_file_that_is_no_sound_says_so(page: Page, tmp_path: Path) -> None:
    mp3(tmp_path / "music" / "a.mp3", "The Singer", "No Sound", WORDS.read_text())
    (tmp_path / "music" / "a.mp3").write_bytes((tmp_path / "music" / "a.mp3").read_bytes()[:-834])
    page.get_by_role("button", name="Sad is my mood").click()
    add_folder(page, tmp_path / "music")
    expect(page.get_by_text("1 song can be played.")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_label("Play with").select_option(label="My own music")
    expect(page.get_by_role("heading", name="1 sad song")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#player-trouble")).to_have_text(
        "No Sound: this file cannot be played here."
    )
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
