"""The page of `--play browser` in a real browser, with Deezer's previews from the fake server."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from musicalface.players.deezer import client as deezer_client
from musicalface.players.page import BrowserPlayer
from tests.deezer.server import Server
from tests.deezer.shared import faults
from tests.deezer.state import DeezerState
from tests.players.test_spotify_embed_player import SONGS
from tests.web.browser import take_screenshot

PLAYS = "() => document.querySelector('audio[src]')?.currentTime > 0.1"


def test_previews_play_and_a_failure_offers_spotify(
    tab: Page,
    own_home: Path,
    fake_deezer: Server,
    deezer_state: DeezerState,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        deezer_client, "RETRY_DELAYS", dict.fromkeys(deezer_client.RETRY_DELAYS, ())
    )
    for song in (SONGS[0], SONGS[2]):
        deezer_state.add(song.artist, song.title, seconds=210)
    player = BrowserPlayer("4 happy songs")
    with player.page:
        player.play(SONGS)
        tab.goto(player.page.address)
        tab.wait_for_selector("#player:not([aria-busy])")
        assert deezer_state.calls.total() == 0
        tab.get_by_role("button", name="Play", exact=True).click()
        tab.wait_for_function(PLAYS)
        expect(tab.locator("#now-cover img")).to_be_visible()
        expect(tab.locator("#player-about")).to_contain_text("30-second preview")
        take_screenshot(tab, "command-line-page")
        tab.keyboard.press("?")
        expect(tab.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
        tab.keyboard.press("Escape")
        expect(tab.get_by_role("dialog")).to_be_hidden()
        tab.keyboard.press("n")  # Deezer does not have the second song
        expect(tab.locator("[aria-current]")).to_contain_text("Happy")
        expect(tab.locator("[data-missing]")).to_contain_text("Unknown & Unheard")
        tab.wait_for_function(PLAYS)
        deezer_state.fail(faults.drop(), times=9)
        tab.keyboard.press("n")
        expect(tab.get_by_role("button", name="Retry")).to_be_visible()
        expect(tab.locator("#now-title")).to_have_text("Lovely Day")
        tab.get_by_role("button", name="Use Spotify’s player").click()
        expect(tab.get_by_label("Play songs with")).to_have_value("spotify")
