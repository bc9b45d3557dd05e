"""Deezer's previews in the page, against the fake Deezer server."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from musicalface.players.deezer import client as deezer_client
from tests.browser import expect_value
from tests.deezer.server import Server
from tests.deezer.shared import faults
from tests.deezer.state import DeezerState
from tests.web.browser import SONG, Open, portrait, take_screenshot, titles
from tests.web.test_page_players import CURRENT

ARTWORK = "start => navigator.mediaSession.metadata?.artwork[0]?.src.startsWith(start)"
COVERS_LOADED = f"""() => {{
    const covers = [...document.querySelectorAll("{SONG} .tile img")];
    return covers.length === 10 && covers.every((cover) => cover.naturalWidth > 0);
}}"""
PLAYS = "() => document.querySelector('audio[src]')?.currentTime > 0.1"


@pytest.fixture
def page(
    own_home: Path,
    open_page: Open,
    chromium: Browser,
    fake_deezer: Server,
    deezer_state: DeezerState,
    monkeypatch: pytest.MonkeyPatch,
) -> Page:
    """The page of a person without any account; the songs have Deezer ids, as in the catalog."""
    delays = dict.fromkeys(deezer_client.RETRY_DELAYS, (0.01,))
    monkeypatch.setattr(deezer_client, "RETRY_DELAYS", delays)
    with closing(sqlite3.connect(own_home / "catalog.sqlite", isolation_level=None)) as catalog:
        catalog.execute("UPDATE songs SET deezer_id = 5000 + id")
    page = open_page(chromium, player="")
    with page.expect_response("**/api/songs") as songs:
        portrait(page)
    for song in songs.value.json()["songs"]:
        deezer_state.add(song["artist"], song["title"], id=song["deezer_id"], seconds=187)
    assert deezer_state.calls.total() == 0  # nothing is sent before the first play
    return page


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()


def test_previews_covers_and_the_offline_switch(page: Page, deezer_state: DeezerState) -> None:
    songs = titles(page)
    covers: list[str] = []
    page.on("request", lambda each: covers.append(each.url) if "/covers/" in each.url else None)
    expect(page.locator("#player-about")).to_contain_text("30-second preview")
    play(page)
    page.wait_for_function(PLAYS)
    expect(page.locator("#now-title")).to_have_text(songs[0])
    expect(page.locator("#now-cover img")).to_be_visible()
    page.wait_for_function(ARTWORK, arg="blob:")
    expect(page.locator("#total")).to_have_text(re.compile("^0:[0-3]"))
    link = page.locator("#player-about").get_by_role("link")
    expect(link).to_have_attribute("href", re.compile("^https://www.deezer.com/track/"))
    page.evaluate("() => { document.querySelector('audio').currentTime = 29; }")
    expect(page.locator(CURRENT)).to_contain_text(songs[1])  # after the end of the first
    page.wait_for_function(PLAYS)
    ids = [track.id for track in deezer_state.tracks[:2]]
    expect_value(page, lambda: deezer_state.requests, [("track", {"id": each}) for each in ids])
    page.get_by_role("button", name="Next song").click()
    expect(page.locator(CURRENT)).to_contain_text(songs[2])
    page.wait_for_function(PLAYS)
    page.get_by_role("button", name="Show covers").click()
    expect(page.locator(f"{SONG} .length", has_text="3:07")).to_have_count(10)
    page.wait_for_function(COVERS_LOADED)
    assert len(covers) == len(set(covers))  # one request for row, player and lock screen
    page.get_by_role("button", name="Play songs with").click()
    sheet = page.get_by_role("dialog", name="Play songs with")
    expect(sheet).to_contain_text("30 seconds of each song, no account")
    sheet.get_by_role("switch", name="Stay offline").check(force=True)
    expect(sheet.locator("[value=deezer]")).to_be_disabled()
    sheet.get_by_role("button", name="Close").click()
    requests = len(deezer_state.requests)
    page.get_by_role("button", name="Music sources").click()
    expect(page.get_by_role("dialog")).to_contain_text("No folders yet")
    assert len(deezer_state.requests) == requests


def test_song_without_a_preview_is_skipped_and_says_why(
    page: Page, deezer_state: DeezerState
) -> None:
    songs = titles(page)
    deezer_state.tracks[0].has_preview = False
    play(page)
    expect(page.locator(CURRENT)).to_contain_text(songs[1])
    page.wait_for_function(PLAYS)
    row = page.locator(SONG).first
    expect(row).to_have_attribute("data-missing", "")
    expect(row.locator(".why")).to_contain_text("preview")
    for service in ("deezer.com", "spotify.com"):
        expect(row.locator(f"a[href*='{service}']")).to_be_visible()
    take_screenshot(page, "player-missing-preview")


def test_deezer_that_fails_offers_ways_out(page: Page, deezer_state: DeezerState) -> None:
    title = titles(page)[0]
    deezer_state.fail(faults.drop(), times=9)
    play(page)
    expect(page.locator("#player-error")).not_to_be_empty()
    expect(page.locator("#now-title")).to_have_text(title)
    expect(page.get_by_role("button", name="Use Spotify previews")).to_be_visible()
    take_screenshot(page, "player-error")
    deezer_state.faults.clear()
    page.get_by_role("button", name="Retry").click()
    page.wait_for_function(PLAYS)
    expect(page.locator("#player-error")).to_be_empty()
    expect(page.locator(CURRENT)).to_contain_text(title)
