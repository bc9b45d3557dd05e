"""Auto-DJ: after each song, the songs follow the mood."""

import re

from playwright.sync_api import Browser, Page, Route, expect

from musicalface.web.server import AppServer
from tests.browser import expect_value, wait_until
from tests.web.browser import Open, look, titles, wait_for
from tests.web.test_page_players import CURRENT, embed, end_song, playable


def play_sad_songs_while_happy(page: Page) -> None:
    """Play sad songs, then detect a happy face: the mood no longer matches the songs."""
    look(page)
    page.get_by_role("button", name="My mood is Sad").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    page.get_by_role("button", name="Look at me").click()
    expect(page.get_by_text("You look happy now.", exact=True)).to_be_visible()


def held_request(app: AppServer, page: Page) -> Route:
    """End the song, and return the Auto-DJ's request for songs before it is answered."""
    requests: list[Route] = []
    page.route("**/api/songs", lambda each: each.continue_() if requests else requests.append(each))
    end_song(embed(app, page))
    wait_until(page, lambda: requests)
    return requests[0]


def test_songs_change_after_a_song_only_in_auto_dj(
    app: AppServer, open_page: Open, camera_browser: Browser
) -> None:
    page = open_page(camera_browser)
    play_sad_songs_while_happy(page)
    songs = titles(page)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    end_song(embed(app, page))
    expect(page.locator(CURRENT)).to_contain_text(playable(page)[1])
    assert titles(page) == songs
    page.get_by_role("switch", name="Auto-DJ").check(force=True)
    expect(
        page.locator("#new-songs-text", has_text="Happy songs next, after this one.")
    ).to_be_visible()
    assert titles(page) == songs
    end_song(embed(app, page))
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    expect(page.locator(CURRENT)).to_contain_text(playable(page)[0])
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#new-songs")).to_be_hidden()


def test_auto_dj_goes_on_at_once_or_not_at_all(open_page: Open, camera_browser: Browser) -> None:
    page = open_page(camera_browser)
    play_sad_songs_while_happy(page)
    plays = page.locator(CURRENT).inner_text()
    page.get_by_role("switch", name="Auto-DJ").check(force=True)
    page.get_by_role("button", name="Now", exact=True).click()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    expect(page.locator(CURRENT)).to_contain_text(playable(page)[0])
    assert plays not in titles(page)
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    page.get_by_role("button", name="My mood is Sad").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    page.get_by_role("button", name="Look at me").click()
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_focused()
    expect(page.locator("#new-songs")).to_be_hidden()


def test_shuffle_during_auto_dj_request_wins(
    app: AppServer, open_page: Open, camera_browser: Browser
) -> None:
    page = open_page(camera_browser)
    play_sad_songs_while_happy(page)
    page.get_by_role("switch", name="Auto-DJ").check(force=True)
    request = held_request(app, page)
    page.get_by_role("button", name="My mood is Angry").click()
    expect(page.get_by_role("heading", name="10 angry songs")).to_be_visible()
    request.continue_()
    expect(page.locator(CURRENT)).to_contain_text(playable(page)[0])
    embed(app, page)
    expect(page.get_by_role("heading", name="10 angry songs")).to_be_visible()


def test_song_clicked_during_auto_dj_request_wins(
    app: AppServer, open_page: Open, camera_browser: Browser
) -> None:
    page = open_page(camera_browser)
    play_sad_songs_while_happy(page)
    page.get_by_role("switch", name="Auto-DJ").check(force=True)
    request = held_request(app, page)
    pressed = playable(page)[4]
    page.get_by_role("button", name=re.compile(f"^{pressed}")).click()
    plays = embed(app, page).evaluate("() => controller.uri")
    request.continue_()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    expect_value(page, lambda: embed(app, page).evaluate("() => controller.uri"), plays)
