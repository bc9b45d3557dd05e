"""The player bar: time, seeking, volume, keys, media session, two tabs, a hung network."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from musicalface.library import open_library
from tests.audio_files import three_songs
from tests.browser import expect_value, wait_until
from tests.players.test_spotify_embed_player import Spotify
from tests.web.browser import Open, choose_player, portrait, take_screenshot, visit, wait_for

SECONDS = 60
AUDIO = "document.querySelector('audio[src]')"
SESSION = """() => {
  const { metadata, playbackState } = navigator.mediaSession;
  return [metadata.title, metadata.artist, playbackState];
}"""
ARTWORK = "start => navigator.mediaSession.metadata?.artwork[0]?.src.startsWith(start)"
TABS_TO_PLAY = 10
EVERYWHERE = re.compile("^https:")


@pytest.fixture
def listener(open_page: Open, chromium: Browser, tmp_path: Path) -> Page:
    """A page with three sad files of a minute."""
    three_songs(tmp_path / "music", SECONDS)
    with open_library() as library:
        library.add([tmp_path / "music"])
    page = open_page(chromium)
    choose_mood_and_files(page)
    return page


def choose_mood_and_files(page: Page) -> None:
    portrait(page)
    page.get_by_role("button", name="My mood is Sad").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    choose_player(page, "local")
    expect(page.get_by_role("heading", name="3 sad songs")).to_be_visible()


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(f"() => {AUDIO}.currentTime > 0.1")


def test_keys_time_and_volume(listener: Page) -> None:
    page = listener
    play(page)
    title, artist = (
        page.locator("#now-title").inner_text(),
        page.locator("#now-artist").inner_text(),
    )
    expect(page).to_have_title(f"{title} · {artist}")
    expect(page.locator("#total")).to_have_text("1:00")
    expect_value(page, lambda: page.evaluate(SESSION), [title, artist, "playing"])
    page.wait_for_function(ARTWORK, arg="data:image/png;base64,")  # the drawn cover
    page.evaluate("() => document.activeElement.blur()")
    before = page.evaluate("() => scrollY")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert page.evaluate("() => scrollY") == before
    page.get_by_role("slider", name="Playback position").fill("30")
    page.wait_for_function(f"() => {AUDIO}.currentTime === 30")
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => {AUDIO}.currentTime === 35")
    expect(page.locator("#elapsed")).to_have_text("0:35")
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Unmute")).to_be_visible()
    page.wait_for_function(f"() => {AUDIO}.muted")
    page.get_by_role("slider", name="Volume").fill("0.4")
    page.wait_for_function(f"() => {AUDIO}.volume === 0.4 && !{AUDIO}.muted")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    page.keyboard.press("n")  # shortcuts rest while a dialog is open
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#now-title")).to_have_text(title)
    page.keyboard.press("n")
    expect(page.locator("#now-title")).not_to_have_text(title)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#volume")).to_have_value("0.4")


def test_keys_do_nothing_in_a_text_field(listener: Page) -> None:
    listener.get_by_role("button", name="Music sources").click()
    listener.get_by_text("Enter a path instead").click()
    field = listener.get_by_label("Music folder on this computer")
    field.press_sequentially("n m? p")
    expect(field).to_have_value("n m? p")
    expect(listener.get_by_role("button", name="Mute")).to_be_attached()


def test_the_older_of_two_tabs_pauses(listener: Page) -> None:
    play(listener)
    other = visit(listener.context.new_page(), listener.url)
    other.locator("[data-do=portrait]:visible").click()
    wait_for(other, "photo")
    other.get_by_role("button", name="My mood is Sad").click()
    expect(other.get_by_role("heading", name="3 sad songs")).to_be_visible()
    play(other)
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(other.get_by_role("button", name="Pause")).to_be_visible()


def test_ten_tabs_from_the_mood_to_play(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    page.locator("#mood-buttons").get_by_role("button").first.focus()
    for _ in range(TABS_TO_PLAY):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == "play":
            return
    raise AssertionError("Play is not reached")


def test_hung_network_is_said_and_retried(
    open_page: Open, chromium: Browser, spotify: Spotify
) -> None:
    """Nothing blanks the bar: the song's name stays, and after eight seconds there are ways out."""
    page = open_page(chromium)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)  # never answered

    page.context.route(EVERYWHERE, hold)
    portrait(page)
    choose_player(page, "browser")
    title = page.locator("#now-title").inner_text()
    page.clock.install()
    page.clock.pause_at(datetime.now() + timedelta(minutes=1))
    page.get_by_role("button", name="Play", exact=True).click()
    page.clock.run_for(1100)
    expect(page.get_by_text("Loading…")).to_be_visible()
    take_screenshot(page, "player-loading")
    page.clock.run_for(7000)
    expect(page.locator("#player-error")).to_have_text("Spotify isn’t loading.")
    page.clock.resume()
    take_screenshot(page, "player-stalled")
    expect(page.locator("#now-title")).to_have_text(title)
    wait_until(page, lambda: held)
    page.context.unroute(EVERYWHERE, hold)
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#player-error")).to_be_empty()
    expect(page.locator("#now-title")).to_have_text(title)
