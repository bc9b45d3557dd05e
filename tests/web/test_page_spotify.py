"""The person's Spotify from the page, against the stand-in."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.players.spotify_client import log_in
from tests.spotify import faults
from tests.spotify.server import Server
from tests.spotify.world import World
from tests.web.browser import Open, portrait, titles
from tests.web.test_page_players import CURRENT, playable

ROUND = 5000  # milliseconds between two looks of the page at what plays


@pytest.fixture
def page(open_page: Open, chromium: Browser) -> Page:
    return portrait(open_page(chromium))


@pytest.fixture
def listener(standin: Server, world: World, open_page: Open, chromium: Browser) -> Page:
    """A page whose ten happy songs play in the kitchen, with a clock that can be put forward."""
    log_in(world)
    world.add_device("Kitchen", is_active=True)
    page = open_page(chromium)
    page.clock.install()
    portrait(page)
    with page.expect_response("**/api/songs"):
        page.get_by_label("Play with").select_option("spotify")
    expect(page.locator("#song-list")).to_have_attribute("aria-busy", "false")
    for row in page.locator("#song-list li").all():
        link = row.get_by_role("link").get_attribute("href") or ""
        title, artist = row.locator(".title").inner_text(), row.locator(".artist").inner_text()
        world.add_track(title, artist, id=link.rpartition("/")[2])
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    looked_again(page)
    return page


def looked_again(page: Page) -> None:
    with page.expect_response("**/api/spotify/playing"):
        page.clock.fast_forward(ROUND)


def test_the_page_follows_what_plays_on_spotify(listener: Page, world: World) -> None:
    songs = titles(listener)
    assert world.playback
    assert len(world.playback.uris) == 10
    expect(listener.locator(CURRENT)).to_contain_text(songs[0])
    world.playback.position = 3
    looked_again(listener)
    expect(listener.locator(CURRENT)).to_contain_text(songs[3])
    world.playback.is_playing = False
    world.playback.seconds = 20
    looked_again(listener)
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    listener.get_by_role("button", name="Play", exact=True).click()
    expect(listener.get_by_role("button", name="Pause")).to_be_visible()
    assert world.playback.is_playing


def test_what_the_person_plays_on_spotify_goes_on(listener: Page, world: World) -> None:
    other = world.add_track("My Own Choice", "Somebody")
    assert world.playback
    ours, world.playback.uris = world.playback.uris, [other.uri]
    looked_again(listener)
    expect(listener.locator("#player-trouble")).to_contain_text("Something else plays")
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    looked_again(listener)
    assert world.playback.uris == [other.uri]
    world.playback.uris, world.playback.position = ours, 2
    looked_again(listener)
    expect(listener.locator("#player-trouble")).to_be_empty()
    expect(listener.locator(CURRENT)).to_contain_text(titles(listener)[2])
    world.playback.uris, world.playback.position = [other.uri], 0
    looked_again(listener)
    listener.get_by_role("button", name="Play", exact=True).click()
    expect(listener.get_by_role("button", name="Pause")).to_be_visible()
    assert world.playback.uris == ours[2:]


def test_silence_that_somebody_has_chosen_stays(listener: Page, world: World) -> None:
    assert world.playback
    world.playback.is_playing, world.playback.seconds = False, 20
    looked_again(listener)
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    world.playback = None  # after a while, and so for Spotify nothing plays
    plays = world.calls["play"]
    looked_again(listener)
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert world.calls["play"] == plays == 1


def test_spotify_that_is_closed_starts_nothing_elsewhere(listener: Page, world: World) -> None:
    world.playback = None
    looked_again(listener)
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert world.calls["play"] == 1


def test_the_cover_stays_when_a_song_pauses(listener: Page, world: World) -> None:
    cover = listener.locator("#now-cover")
    covers = [track.cover for track in world.tracks]
    expect(cover).to_have_attribute("src", covers[0])
    assert world.playback
    world.playback.position = 1
    looked_again(listener)
    expect(cover).to_have_attribute("src", covers[1])
    listener.get_by_role("button", name="Pause").click()
    expect(listener.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(cover).to_be_visible()


def test_a_sentence_of_spotify_goes_when_it_is_over(listener: Page, world: World) -> None:
    world.fail(faults.status(503), on="pause", times=3)
    listener.get_by_role("button", name="Pause").click()
    expect(listener.locator("#player-trouble")).to_contain_text("trouble of its own")
    world.faults.clear()
    looked_again(listener)
    expect(listener.locator("#player-trouble")).to_be_empty()


def test_a_song_under_another_id_is_the_song(listener: Page, world: World) -> None:
    second = titles(listener)[1]
    assert world.playback
    world.playback.uris[1] = world.add_track(second.upper(), "Somebody").uri
    world.playback.position = 1
    looked_again(listener)
    expect(listener.locator(CURRENT)).to_contain_text(second)
    expect(listener.locator("#player-trouble")).to_be_empty()
    expect(listener.get_by_role("button", name="Pause")).to_be_visible()


def test_commands_reach_spotify_one_after_the_other(listener: Page, world: World) -> None:
    for _ in range(2):
        listener.get_by_role("button", name="Next song").click()
    with listener.expect_response("**/api/spotify/play"):
        listener.get_by_role("button", name="Next song").click()
    expect(listener.locator("#play")).not_to_have_attribute("aria-busy", "true")
    looked_again(listener)
    expect(listener.locator(CURRENT)).to_contain_text(titles(listener)[3])
    assert world.playback
    assert len(world.playback.uris) == 7


def test_one_device_of_several_is_asked_for(
    standin: Server, world: World, open_page: Open, chromium: Browser
) -> None:
    log_in(world)
    world.add_device("Kitchen")
    world.add_device("Bedroom")
    page = portrait(open_page(chromium))
    with page.expect_response("**/api/songs"):
        page.get_by_label("Play with").select_option("spotify")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#player-trouble")).to_contain_text("choose one beside the player")
    page.get_by_label("Device").select_option("Bedroom")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert world.playback
    assert world.playback.device.name == "Bedroom"


@pytest.mark.parametrize("end", ["nothing", "rests", "goes on", "nobody looks"])
def test_after_the_last_song_dj_mode_goes_on(listener: Page, world: World, end: str) -> None:
    songs = titles(listener)
    listener.get_by_role("switch", name="DJ mode").check(force=True)
    assert world.playback
    world.playback.position = 9
    looked_again(listener)
    expect(listener.locator(CURRENT)).to_contain_text(songs[-1])
    if end == "nobody looks":
        listener.keyboard.press("Escape")
    if end.startswith("no"):
        world.playback = None
    elif end == "rests":
        world.playback.position, world.playback.is_playing = 0, False
    else:
        world.playback.uris = [world.add_track("Spotify's Own Choice", "Somebody").uri] * 10
    with listener.expect_response("**/api/spotify/play"):
        looked_again(listener)
    assert set(titles(listener)).isdisjoint(songs)
    expect(listener.locator(CURRENT)).to_contain_text(titles(listener)[0])


def test_spotify_is_connected_and_plays(standin: Server, world: World, page: Page) -> None:
    world.add_device("Kitchen", is_active=True)
    world.add_device("Bedroom")
    page.get_by_label("Play with").select_option("spotify")  # not ready: the way there opens
    dialog = page.get_by_role("dialog", name="Music sources")
    expect(dialog.locator("code")).to_have_text("http://127.0.0.1/callback")
    expect(dialog).to_contain_text("You are not logged in")
    with page.context.expect_page() as agreed:
        dialog.get_by_role("button", name="Connect").click()
    expect(agreed.value.locator("body")).to_contain_text("MusicalFace")
    agreed.value.close()
    expect(dialog).to_contain_text("Connected as A Listener.")
    dialog.get_by_role("button", name="Close").click()
    with page.expect_response("**/api/songs"):
        page.get_by_label("Play with").select_option("spotify")
    expect(page.locator("#song-list")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_label("Device")).to_contain_text("Bedroom")
    songs = playable(page)
    page.get_by_role("button", name=re.compile(songs[0])).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(CURRENT)).to_contain_text(songs[0])
    assert world.playback
    page.get_by_role("button", name="Like on Spotify").click()
    expect(page.get_by_text("is among your liked songs")).to_be_visible()
    page.get_by_role("button", name="Save as a playlist").click()
    expect(page.get_by_role("link", name="open the playlist")).to_be_visible()
    assert world.playlists[0].name == "10 happy songs"
    page.get_by_role("button", name="Music sources").click()
    dialog.get_by_role("button", name="Log out and forget").click()
    expect(dialog).to_contain_text("Not connected.")


def test_what_spotify_refuses_is_a_sentence(standin: Server, world: World, page: Page) -> None:
    world.consent = "no"
    page.get_by_role("button", name="Music sources").click()
    dialog = page.get_by_role("dialog")
    with page.context.expect_page():
        dialog.get_by_role("button", name="Connect").click()
    expect(dialog).to_contain_text("did not agree")
    dialog.get_by_label("Client ID").fill("short")
    with page.context.expect_page():
        dialog.get_by_role("button", name="Connect").click()
    expect(dialog).to_contain_text("A Client ID is 32 letters and digits")
