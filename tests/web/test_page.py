"""The page without a camera: songs, history, shuffling and privacy."""

from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from musicalface.songs import History
from musicalface.web.server import AppServer
from tests.players.test_spotify_embed_player import Spotify
from tests.web.browser import SONG, Open, portrait, take_screenshot, titles, wait_for


def test_token_is_not_in_the_address_bar(
    app: AppServer, open_page: Open, chromium: Browser
) -> None:
    page = open_page(chromium)
    assert page.url == f"http://127.0.0.1:{app.port}/"
    assert page.evaluate("() => document.cookie") == ""


def test_history_lists_moods_and_heard_songs(
    open_page: Open, chromium: Browser, own_home: Path
) -> None:
    page = open_page(chromium)
    page.clock.install()
    page.get_by_role("button", name="History").click()
    expect(page.get_by_text("Nothing yet")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    first = titles(portrait(page))[0]
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    with page.expect_response(lambda each: "history" in each.url and each.request.method == "POST"):
        page.clock.fast_forward(10_000)
    page.get_by_role("button", name="My mood is Sad").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    page.get_by_role("button", name="History").click()
    dialog = page.get_by_role("dialog", name="History")
    moments = dialog.locator("#history-list li[data-mood]")
    expect(moments).to_have_count(2)
    expect(moments.first).to_contain_text("picked by you")
    expect(moments.last).to_contain_text("1 song")
    moments.last.locator("summary").click()
    expect(moments.last).to_contain_text(first)
    take_screenshot(page, "history-heard")
    with page.expect_response("**/api/settings"):
        dialog.get_by_role("switch", name="Keep my history").check(force=True)
    assert first in (own_home / "history.json").read_text("utf-8")
    dialog.get_by_role("button", name="Clear history").click()
    expect(moments).to_have_count(2)
    dialog.get_by_role("button", name="Press again to confirm").click()
    expect(moments).to_have_count(0)
    expect(dialog.get_by_text("Nothing yet")).to_be_visible()
    assert not (own_home / "history.json").exists()
    with History() as history:
        assert not history.recent()


def test_songs_toward_another_mood(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    menu = page.get_by_role("combobox", name="Shift me toward")
    assert menu.locator("option").all_inner_texts() == [
        "Shift me toward…", "Angry", "Relaxed", "Sad",
    ]  # fmt: skip
    with page.expect_response("**/api/songs") as answered:
        menu.select_option("relaxed")
    assert '"toward":"relaxed"' in (answered.value.request.post_data or "")
    moods = [song["mood"] for song in answered.value.json()["songs"]]
    counts = " → ".join(f"{moods.count(each)} {each}" for each in dict.fromkeys(moods))
    expect(page.locator("#mood-path")).to_have_text(counts)
    expect(page.get_by_role("heading", name="10 songs from happy to relaxed")).to_be_visible()
    page.get_by_role("button", name="My mood is Relaxed").click()  # arrived
    expect(page.get_by_role("heading", name="10 relaxed songs")).to_be_visible()
    expect(menu).to_have_value("")
    expect(page.locator("#mood-path")).to_be_hidden()


def test_shuffle_songs_of_the_same_mood(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    songs = titles(page)
    page.get_by_role("button", name="Different songs").click()
    expect(page.locator("#song-list")).not_to_contain_text(songs[0])
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    assert not set(titles(page)) & set(songs)


def record_song_requests(page: Page) -> list[str]:
    requests: list[str] = []
    page.on("request", lambda each: requests.append(each.url) if "/api/songs" in each.url else None)
    return requests


def test_mood_without_a_picture_plays_at_once(
    open_page: Open, blocked_camera_browser: Browser
) -> None:
    page = open_page(blocked_camera_browser)
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "error")
    requests = record_song_requests(page)
    page.get_by_role("button", name="My mood is Relaxed").click()
    expect(page.get_by_role("heading", name="10 relaxed songs")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#mood-note")).to_be_empty()  # no expression that could change
    page.get_by_role("button", name="History").click()
    expect(page.locator("#history-list li[data-mood]")).to_have_count(1)
    assert len(requests) == 1


def test_arrow_keys_are_debounced(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    requests = record_song_requests(page)
    page.clock.install()
    page.clock.pause_at(datetime.now() + timedelta(minutes=1))  # the presses may take long
    page.get_by_role("combobox", name="Shift me toward").focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.clock.resume()
    expect(page.get_by_role("heading", name="10 songs from happy to relaxed")).to_be_visible()
    assert len(requests) == 1


def test_failed_request_keeps_the_song_list(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    row = page.locator(SONG).nth(2)
    row.locator("button.song").click()
    expect(row).to_have_attribute("aria-current", "true")
    page.route("**/api/songs", lambda route: route.fulfill(status=500, body="{}"))
    page.get_by_role("button", name="Different songs").click()
    expect(page.locator("#songs-error")).not_to_be_empty()
    expect(row).to_have_attribute("aria-current", "true")
    row.locator("button.song").focus()
    page.unroute("**/api/songs")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#songs-error")).to_be_empty()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_focused()


def test_no_external_requests(open_page: Open, chromium: Browser, spotify: Spotify) -> None:
    page = open_page(chromium, player="")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.reload()
    page.wait_for_selector("html[data-ready]")
    wait_for(page, "consent")
    portrait(page)
    assert len(requests) > 20
    assert all(url.startswith((page.url, f"blob:{page.url}")) for url in requests)
    assert (spotify.requests, spotify.elsewhere) == ([], [])
    expect(page.locator(SONG).first).to_be_visible()
