"""The page before and beside the camera."""

from playwright.sync_api import Browser, Page, expect

from musicalface.songs import History
from musicalface.web.serve import Running
from tests.players.test_browser_page import Spotify
from tests.web.browser import SONG, Open, portrait, titles, wait_for


def test_the_token_is_not_in_the_address_bar(
    app: Running, open_page: Open, chromium: Browser
) -> None:
    page = open_page(chromium)
    assert page.url == f"http://127.0.0.1:{app.port}/"
    assert page.evaluate("() => document.cookie") == ""


def test_the_evening_is_listed_and_forgotten(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium)
    page.get_by_role("button", name="Evening").click()
    expect(page.get_by_text("Nothing yet")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    portrait(page)
    first = titles(page)
    page.get_by_role("button", name="Sad is my mood").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    page.get_by_role("button", name="Evening").click()
    dialog = page.get_by_role("dialog")
    moments = dialog.locator("#evening-list > li")
    expect(moments).to_have_count(2)
    expect(moments.first).to_contain_text("Sad")
    expect(moments.first).to_contain_text("your word")
    moments.last.locator("summary").click()
    expect(moments.last).to_contain_text(first[0])
    with History() as history:
        assert len(history.lately()) == 20
    dialog.get_by_role("button", name="Forget it all").click()
    expect(moments).to_have_count(2)
    dialog.get_by_role("button", name="press once more").click()
    expect(moments).to_have_count(0)
    expect(dialog.get_by_text("Nothing yet")).to_be_visible()
    with History() as history:
        assert not history.lately()


def test_songs_may_lead_to_another_mood(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    with page.expect_request("**/api/songs") as asked:
        page.locator("#wish label", has_text="Relaxed").click()
    assert '"toward":"relaxed"' in (asked.value.post_data or "")
    expect(page.get_by_role("heading", name="10 songs from happy to relaxed")).to_be_visible()
    expect(page.get_by_role("radio", name="Take me to Relaxed")).to_be_checked()
    page.locator("#wish label", has_text="Match").click()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()


def test_ten_others_of_the_same_mood(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    songs = titles(page)
    page.get_by_role("button", name="Ten others").click()
    expect(page.locator("#song-list")).not_to_contain_text(songs[0])
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    assert not set(titles(page)) & set(songs)


def asks_for_songs(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url) if "/api/songs" in each.url else None)
    return asked


def test_a_mood_that_is_pressed_without_a_picture_brings_ten_songs_once(
    open_page: Open, shy: Browser
) -> None:
    page = open_page(shy)
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "trouble")
    asked = asks_for_songs(page)
    page.get_by_role("button", name="Relaxed is my mood").click()
    expect(page.get_by_role("heading", name="10 relaxed songs")).to_be_visible()
    page.get_by_role("button", name="Evening").click()
    expect(page.locator("#evening-list > li")).to_have_count(1)
    assert len(asked) == 1


def test_arrow_keys_pass_over_wishes_on_their_way(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    asked = asks_for_songs(page)
    page.get_by_role("radio", name="Match my mood").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="10 songs from happy to relaxed")).to_be_visible()
    assert len(asked) == 1


def test_songs_that_do_not_come_leave_the_list_as_it_was(
    open_page: Open, chromium: Browser
) -> None:
    page = portrait(open_page(chromium))
    row = page.locator(SONG).nth(2)
    row.get_by_role("button").click()
    expect(row).to_have_attribute("aria-current", "true")
    page.route("**/api/songs", lambda route: route.fulfill(status=500, body="{}"))
    page.get_by_role("button", name="Ten others").click()
    expect(page.locator("#songs-trouble")).not_to_be_empty()
    expect(row).to_have_attribute("aria-current", "true")
    row.get_by_role("button").focus()
    page.unroute("**/api/songs")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#songs-trouble")).to_be_empty()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_focused()


def test_nothing_is_asked_of_other_computers(
    open_page: Open, chromium: Browser, spotify: Spotify
) -> None:
    page = open_page(chromium)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_selector("html[data-ready]")
    wait_for(page, "consent")
    portrait(page)
    assert len(asked) > 20
    assert all(url.startswith((page.url, f"blob:{page.url}")) for url in asked)
    assert (spotify.asked, spotify.elsewhere) == ([], [])
    expect(page.locator(SONG).first).to_be_visible()
