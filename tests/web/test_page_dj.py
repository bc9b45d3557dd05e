"""Songs that follow the mood after each song, in DJ mode and no other."""

from playwright.sync_api import Browser, Page, Route, expect

from musicalface.web.serve import Running
from tests.web.browser import Open, look, titles, wait_for
from tests.web.test_page_players import CURRENT, embed, end_song, playable


def playing_sad_songs_to_somebody_happy(page: Page) -> None:
    """The person says sad, plays a song, stops and looks again: songs and mood differ now."""
    look(page)
    page.get_by_role("button", name="Sad is my mood").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    page.get_by_role("button", name="Look at me").click()
    expect(page.get_by_text("You look happy now.", exact=True)).to_be_visible()


def held_request(app: Running, page: Page) -> Route:
    """The song ends, and what DJ mode asks for is not answered yet."""
    asked: list[Route] = []
    page.route("**/api/songs", lambda each: each.continue_() if asked else asked.append(each))
    end_song(embed(app, page))
    while not asked:
        page.wait_for_timeout(20)
    return asked[0]


def test_songs_change_after_a_song_in_dj_mode_only(
    app: Running, open_page: Open, somebody: Browser
) -> None:
    page = open_page(somebody)
    playing_sad_songs_to_somebody_happy(page)
    songs = titles(page)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    end_song(embed(app, page))
    expect(page.locator(CURRENT)).to_contain_text(playable(page)[1])
    assert titles(page) == songs
    page.get_by_role("switch", name="DJ mode").check(force=True)
    assert titles(page) == songs
    end_song(embed(app, page))
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    expect(page.locator(CURRENT)).to_contain_text(playable(page)[0])
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#offer")).to_be_hidden()


def test_others_that_are_asked_for_while_dj_mode_chooses_are_what_plays(
    app: Running, open_page: Open, somebody: Browser
) -> None:
    page = open_page(somebody)
    playing_sad_songs_to_somebody_happy(page)
    page.get_by_role("switch", name="DJ mode").check(force=True)
    asked = held_request(app, page)
    page.get_by_role("button", name="Angry is my mood").click()
    expect(page.get_by_role("heading", name="10 angry songs")).to_be_visible()
    asked.continue_()
    expect(page.locator(CURRENT)).to_contain_text(playable(page)[0])
    embed(app, page)
    expect(page.get_by_role("heading", name="10 angry songs")).to_be_visible()


def test_a_song_that_is_pressed_while_dj_mode_chooses_is_the_one_that_plays(
    app: Running, open_page: Open, somebody: Browser
) -> None:
    page = open_page(somebody)
    playing_sad_songs_to_somebody_happy(page)
    page.get_by_role("switch", name="DJ mode").check(force=True)
    asked = held_request(app, page)
    pressed = playable(page)[4]
    page.get_by_role("button", name=pressed).click()
    plays = embed(app, page).evaluate("() => controller.uri")
    asked.continue_()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    assert embed(app, page).evaluate("() => controller.uri") == plays
