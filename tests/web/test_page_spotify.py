"""Spotify devices and the Spotify login on the page, against the fake Spotify server."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import expect_value, wait_until
from tests.players.spotify_client import log_in
from tests.spotify import faults
from tests.spotify.server import Server
from tests.spotify.state import SpotifyState
from tests.web.browser import SONG, Open, choose_player, portrait, titles
from tests.web.test_page_players import CURRENT, playable

PIXEL = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
POLLS, POLL_INTERVAL = "**/api/spotify/playing", 5000  # milliseconds, as in spotify-player.js


@pytest.fixture
def page(open_page: Open, chromium: Browser) -> Page:
    return portrait(open_page(chromium))


@pytest.fixture
def listener(
    fake_spotify: Server, spotify_state: SpotifyState, open_page: Open, chromium: Browser
) -> Page:
    """A page that plays ten happy songs on a Spotify device, with a fake clock."""
    log_in(spotify_state)
    spotify_state.add_device("Kitchen", is_active=True)
    page = open_page(chromium)
    page.context.route(re.compile("scdn"), lambda route: route.fulfill(body=PIXEL))
    page.clock.install()
    portrait(page)
    with page.expect_response("**/api/songs"):
        choose_player(page, "spotify")
    expect(page.locator("#song-list")).to_have_attribute("aria-busy", "false")
    for row in page.locator(SONG).all():
        link = row.locator(".links a[href*=spotify]").get_attribute("href") or ""
        title, artist = row.locator(".title").inner_text(), row.locator(".artist").inner_text()
        spotify_state.add_track(title, artist, id=link.rpartition("/")[2])
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    wait_for_poll(page)
    return page


def wait_for_poll(page: Page) -> None:
    """Wait for the answer to a poll that begins now: an earlier one may still be on its way."""
    poll = hold_poll(page)
    poll.continue_()
    answer = poll.request.response()
    assert answer
    answer.finished()


def hold_poll(page: Page) -> Route:
    """Hold the next poll, unanswered."""
    held: list[Route] = []
    page.route(POLLS, lambda route: held.append(route), times=1)
    wait_until(page, lambda: held, lambda: page.clock.fast_forward(POLL_INTERVAL))
    return held[0]


def test_page_follows_spotify_playback(listener: Page, spotify_state: SpotifyState) -> None:
    songs = titles(listener)
    assert spotify_state.playback
    assert len(spotify_state.playback.uris) == 10
    expect(listener.locator(CURRENT)).to_contain_text(songs[0])
    spotify_state.playback.position = 3
    wait_for_poll(listener)
    expect(listener.locator(CURRENT)).to_contain_text(songs[3])
    spotify_state.playback.is_playing = False
    spotify_state.playback.seconds = 20
    wait_for_poll(listener)
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    listener.get_by_role("button", name="Play", exact=True).click()
    expect(listener.get_by_role("button", name="Pause")).to_be_visible()
    assert spotify_state.playback.is_playing


def test_position_and_volume_of_the_device(listener: Page, spotify_state: SpotifyState) -> None:
    assert spotify_state.playback
    (kitchen,) = spotify_state.devices
    spotify_state.playback.is_playing, spotify_state.playback.seconds = False, 20
    wait_for_poll(listener)
    expect(listener.locator("#elapsed")).to_have_text("0:20")
    expect(listener.locator("#volume")).to_have_value("0.5")
    with listener.expect_response("**/api/spotify/seek"):
        listener.keyboard.press("ArrowRight")
    assert spotify_state.playback.seconds == 25
    listener.get_by_role("button", name="Play", exact=True).click()
    expect(listener.get_by_role("button", name="Pause")).to_be_visible()
    listener.clock.fast_forward(1000)
    expect(listener.locator("#elapsed")).not_to_have_text("0:25")  # between polls, by the clock
    listener.locator("#volume").fill("0.2")
    with listener.expect_response("**/api/spotify/volume"):
        listener.clock.fast_forward(1000)
    assert kitchen.volume == 20


def test_a_poll_from_before_a_press_is_ignored(listener: Page) -> None:
    before = hold_poll(listener)
    answer = before.fetch()  # still playing
    listener.get_by_role("button", name="Pause").click()
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    before.fulfill(response=answer)
    hold_poll(listener)  # begins when the page has read the answer before
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_a_device_that_vanishes_is_said(listener: Page, spotify_state: SpotifyState) -> None:
    spotify_state.devices.clear()
    spotify_state.playback = None
    listener.get_by_role("button", name="Next song").click()
    expect(listener.locator("#player-error")).to_contain_text("Spotify")


def test_other_music_on_spotify_is_not_interrupted(
    listener: Page, spotify_state: SpotifyState
) -> None:
    other = spotify_state.add_track("My Own Choice", "Somebody")
    assert spotify_state.playback
    ours, spotify_state.playback.uris = spotify_state.playback.uris, [other.uri]
    wait_for_poll(listener)
    expect(listener.locator("#player-error")).to_contain_text("Something else is playing")
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    wait_for_poll(listener)
    assert spotify_state.playback.uris == [other.uri]
    spotify_state.playback.uris, spotify_state.playback.position = ours, 2
    wait_for_poll(listener)
    expect(listener.locator("#player-error")).to_be_empty()
    expect(listener.locator(CURRENT)).to_contain_text(titles(listener)[2])
    spotify_state.playback.uris, spotify_state.playback.position = [other.uri], 0
    wait_for_poll(listener)
    listener.get_by_role("button", name="Play", exact=True).click()
    expect(listener.get_by_role("button", name="Pause")).to_be_visible()
    assert spotify_state.playback.uris == ours[2:]


def test_pause_on_spotify_is_respected(listener: Page, spotify_state: SpotifyState) -> None:
    assert spotify_state.playback
    spotify_state.playback.is_playing, spotify_state.playback.seconds = False, 20
    wait_for_poll(listener)
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    spotify_state.playback = None  # Spotify reports nothing after a long pause
    plays = spotify_state.calls["play"]
    wait_for_poll(listener)
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert spotify_state.calls["play"] == plays == 1


def test_closed_spotify_is_not_restarted(listener: Page, spotify_state: SpotifyState) -> None:
    spotify_state.playback = None
    wait_for_poll(listener)
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert spotify_state.calls["play"] == 1


def test_cover_stays_when_paused(listener: Page, spotify_state: SpotifyState) -> None:
    cover = listener.locator("#now-cover img")
    covers = [track.cover for track in spotify_state.tracks]
    expect(cover).to_have_attribute("src", covers[0])
    assert spotify_state.playback
    spotify_state.playback.position = 1
    wait_for_poll(listener)
    expect(cover).to_have_attribute("src", covers[1])
    listener.get_by_role("button", name="Pause").click()
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(cover).to_be_visible()


def test_spotify_error_disappears_when_resolved(
    listener: Page, spotify_state: SpotifyState
) -> None:
    spotify_state.fail(faults.status(503), on="pause", times=3)
    listener.get_by_role("button", name="Pause").click()
    expect(listener.locator("#player-error")).to_contain_text("isn't working right now")
    spotify_state.faults.clear()
    wait_for_poll(listener)
    expect(listener.locator("#player-error")).to_be_empty()


def test_relinked_track_is_recognized(listener: Page, spotify_state: SpotifyState) -> None:
    second = titles(listener)[1]
    assert spotify_state.playback
    spotify_state.playback.uris[1] = spotify_state.add_track(second.upper(), "Somebody").uri
    spotify_state.playback.position = 1
    wait_for_poll(listener)
    expect(listener.locator(CURRENT)).to_contain_text(second)
    expect(listener.locator("#player-error")).to_be_empty()
    expect(listener.get_by_role("button", name="Pause")).to_be_visible()


def test_spotify_commands_are_sent_in_order(listener: Page, spotify_state: SpotifyState) -> None:
    for _ in range(2):
        listener.get_by_role("button", name="Next song").click()
    with listener.expect_response("**/api/spotify/play"):
        listener.get_by_role("button", name="Next song").click()
    state = spotify_state
    expect_value(listener, lambda: state.playback and len(state.playback.uris), 7)
    wait_for_poll(listener)
    expect(listener.locator(CURRENT)).to_contain_text(titles(listener)[3])


def test_device_can_be_selected(
    fake_spotify: Server, spotify_state: SpotifyState, open_page: Open, chromium: Browser
) -> None:
    log_in(spotify_state)
    spotify_state.add_device("Kitchen")
    spotify_state.add_device("Bedroom")
    page = portrait(open_page(chromium))
    with page.expect_response("**/api/songs"):
        choose_player(page, "spotify")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#player-error")).to_contain_text("Choose one next to the player")
    page.get_by_role("button", name="Play songs with").click()
    page.get_by_label("Device").select_option("Bedroom")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert spotify_state.playback
    assert spotify_state.playback.device.name == "Bedroom"


@pytest.mark.parametrize(
    "end", ["nothing", "paused at start", "own choice", "nothing and no camera"]
)
def test_auto_dj_continues_after_the_last_song(
    listener: Page, spotify_state: SpotifyState, end: str
) -> None:
    songs = titles(listener)
    listener.get_by_role("switch", name="Auto-DJ").check(force=True)
    assert spotify_state.playback
    spotify_state.playback.position = 9
    wait_for_poll(listener)
    expect(listener.locator(CURRENT)).to_contain_text(songs[-1])
    if end == "nothing and no camera":
        listener.keyboard.press("Escape")
    if end.startswith("nothing"):
        spotify_state.playback = None
    elif end == "paused at start":
        with spotify_state.lock:
            spotify_state.playback.position, spotify_state.playback.is_playing = 0, False
    else:
        spotify_state.playback.uris = [
            spotify_state.add_track("Spotify's Own Choice", "Somebody").uri
        ] * 10
    with listener.expect_response("**/api/spotify/play"):
        wait_for_poll(listener)
    assert set(titles(listener)).isdisjoint(songs)
    expect(listener.locator(CURRENT)).to_contain_text(titles(listener)[0])


def test_connect_spotify_and_play(
    fake_spotify: Server, spotify_state: SpotifyState, page: Page
) -> None:
    spotify_state.add_device("Kitchen", is_active=True)
    spotify_state.add_device("Bedroom")
    page.get_by_role("button", name="Play songs with").click()
    page.get_by_role("dialog").get_by_role("button", name="Connect…").click()
    dialog = page.get_by_role("dialog", name="Music sources")
    expect(dialog.locator("code")).to_have_text("http://127.0.0.1/callback")
    expect(dialog).to_contain_text("Spotify isn't connected yet")
    with page.context.expect_page() as agreed:
        dialog.get_by_role("button", name="Connect").click()
    expect(agreed.value.locator("body")).to_contain_text("MusicalFace")
    agreed.value.close()
    expect(dialog).to_contain_text("Connected as A Listener.")
    with page.expect_response("**/api/songs"):
        dialog.get_by_role("button", name="Use this from now on").click()
    expect(page.locator("#song-list")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_role("button", name="Play songs with")).to_contain_text("Kitchen")
    songs = playable(page)
    page.get_by_role("button", name=re.compile(f"^{songs[0]}")).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(CURRENT)).to_contain_text(songs[0])
    assert spotify_state.playback
    page.locator("#like").click()
    expect(page.get_by_text("Also added to Liked Songs on Spotify.")).to_be_visible()
    page.get_by_role("button", name="Save as playlist").click()
    expect(page.get_by_role("link", name="Open the playlist")).to_be_visible()
    assert spotify_state.playlists[0].name == "10 happy songs"
    page.get_by_role("button", name="Music sources").click()
    dialog.get_by_role("button", name="Disconnect and delete data").click()
    expect(dialog).to_contain_text("Not connected.")


def test_spotify_refusal_is_shown(
    fake_spotify: Server, spotify_state: SpotifyState, page: Page
) -> None:
    spotify_state.consent = "no"
    page.get_by_role("button", name="Music sources").click()
    dialog = page.get_by_role("dialog")
    with page.context.expect_page():
        dialog.get_by_role("button", name="Connect").click()
    expect(dialog).to_contain_text("didn't allow access")
    dialog.get_by_label("Client ID").fill("short")
    with page.context.expect_page():
        dialog.get_by_role("button", name="Connect").click()
    expect(dialog).to_contain_text("That doesn't look like a Client ID")
