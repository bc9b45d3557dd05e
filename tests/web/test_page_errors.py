"""Errors on the page: each shows a sentence, and the page recovers when it can."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from musicalface.web.server import AppServer, ServerConfig, run_app
from tests.web.browser import SONG, Open, look, portrait, titles, visit, wait_for
from tests.web.test_server import start_app

BUSY = """
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia =
  () => Promise.reject(new DOMException("", "NotReadableError"));
"""
UNDECIDED = """
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia =
  () => new Promise((_, reject) => {
    window.refuse = () => reject(new DOMException("", "NotAllowedError"));
  });
"""
LOST = """() => document.querySelector("video").srcObject.getTracks()[0]
  .dispatchEvent(new Event("ended"))"""


def assert_camera_error(page: Page, sentence: str) -> None:
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "error")
    expect(page.locator("#picture-message-text")).to_contain_text(sentence)
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def test_camera_permission_denied(open_page: Open, blocked_camera_browser: Browser) -> None:
    page = open_page(blocked_camera_browser)
    assert_camera_error(page, "Camera access is blocked")
    expect(page.get_by_text("Set Camera to Allow.")).to_be_visible()


def test_no_camera_on_the_page(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, permissions=["camera"])
    assert_camera_error(page, "No camera found")
    portrait(page)


def test_camera_in_use(open_page: Open, chromium: Browser) -> None:
    assert_camera_error(open_page(chromium, BUSY), "Another program is using the camera")


def test_camera_denied_while_a_photo_is_shown(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, UNDECIDED)
    page.get_by_role("button", name="Look at me").click()
    page.wait_for_function("() => window.refuse")
    portrait(page)
    page.evaluate("() => refuse()")
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    wait_for(page, "photo")
    expect(page.get_by_role("img", name="Selected photo")).to_be_visible()


def test_browser_without_websockets(open_page: Open, camera_browser: Browser) -> None:
    page = open_page(camera_browser, "delete window.WebSocket;")
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "error")
    page.wait_for_function("() => !document.querySelector('video').srcObject")


def test_camera_disconnected(open_page: Open, camera_browser: Browser) -> None:
    page = look(open_page(camera_browser))
    songs = titles(page)
    page.evaluate(LOST)
    wait_for(page, "error")
    expect(page.locator("#picture-message-text")).to_contain_text("The camera was disconnected")
    assert titles(page) == songs
    page.get_by_role("button", name="Try again").click()
    wait_for(page, "locked")


def test_too_many_tabs(
    open_page: Open, camera_browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(camera_browser)
    with monkeypatch.context() as patch:
        patch.setattr("musicalface.web.camera_websocket.MAX_SOCKETS", 0)
        page.get_by_role("button", name="Look at me").click()
        wait_for(page, "error")
        expect(page.locator("#picture-message-text")).to_contain_text("too many tabs")
    page.get_by_role("button", name="Try again").click()
    wait_for(page, "locked")


def test_models_still_loading(app: AppServer, open_page: Open, camera_browser: Browser) -> None:
    loaded = app.app.state.inference_pool._ready
    assert loaded.wait(60)
    loaded.clear()
    page = open_page(camera_browser)
    page.get_by_role("button", name="Look at me").click()
    expect(page.get_by_role("heading", name="Getting ready")).to_be_visible()
    expect(page.locator("#picture-message-text")).to_have_text("Getting ready…")
    wait_for(page, "starting")
    loaded.set()
    wait_for(page, "locked")


def test_song_request_fails(own_home: Path, open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium)
    catalog = own_home / "catalog.sqlite"
    whole = catalog.read_bytes()
    catalog.write_bytes(b"damaged" * 1000)
    page.get_by_role("button", name="Try a sample photo").click()
    expect(page.locator("#songs-error")).to_contain_text("is damaged")
    catalog.write_bytes(whole)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(SONG)).to_have_count(10)
    expect(page.locator("#songs-error")).to_be_empty()


def test_page_reconnects_to_a_restarted_server(
    open_page: Open, camera_browser: Browser, monkeypatch: pytest.MonkeyPatch, unused_port: int
) -> None:
    monkeypatch.setattr("musicalface.web.server.secrets.token_urlsafe", lambda size: "same")
    with run_app(ServerConfig(port=unused_port)) as first:
        page = look(open_page(camera_browser, address=first.address()))
        songs = titles(page)
    expect(page.get_by_role("alert")).to_contain_text("isn’t running")
    wait_for(page, "stopped")
    assert page.evaluate("() => document.querySelector('video').srcObject") is None
    expect(page.locator("html")).to_have_attribute("data-background", "")
    with run_app(ServerConfig(port=unused_port)):
        expect(page.locator("#server")).to_be_hidden()
        expect(page.get_by_role("button", name="Look at me")).to_be_visible()
        wait_for(page, "stopped")  # only the person starts the camera
        assert titles(page) == songs


def test_restarted_app_admits_the_page_again(
    open_page: Open, chromium: Browser, unused_port: int
) -> None:
    """A restart changes the token, but page and app know each other."""
    words = ("app", "--no-browser", "--port", str(unused_port))
    with start_app(*words) as (process, address):
        page = portrait(open_page(chromium, address=address))
        songs = titles(page)
        process.kill()
        page.get_by_role("button", name="Different songs").click()
        expect(page.locator("#server")).to_contain_text("isn’t running")
        expect(page.locator("html")).to_have_attribute(
            "data-background", ""
        )  # gray: nothing is read
    with start_app(*words):
        expect(page.locator("#server")).to_be_hidden()
        expect(page.locator("#song-list")).not_to_contain_text(songs[0])


def test_expired_session_asks_for_the_printed_address(
    app: AppServer, open_page: Open, camera_browser: Browser
) -> None:
    page = open_page(
        camera_browser, "Object.defineProperty(crypto, 'subtle', { value: undefined });"
    )
    page.context.clear_cookies()
    page.get_by_role("button", name="Look at me").click()
    expect(page.locator("#server")).to_contain_text("session has expired")
    wait_for(page, "stopped")
    visit(page.context.new_page(), app.address()).close()
    expect(page.locator("#server")).to_be_hidden()
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "locked")
