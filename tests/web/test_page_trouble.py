"""What goes wrong is a sentence, and the page goes on when it can."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from musicalface.web.serve import Place, Running, running
from tests.web.browser import SONG, Open, Traffic, look, portrait, titles, visited, wait_for
from tests.web.test_serve import started

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


def camera_trouble(page: Page, sentence: str) -> None:
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "trouble")
    expect(page.locator("#curtain-words")).to_contain_text(sentence)
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


def test_a_camera_that_is_refused(open_page: Open, shy: Browser) -> None:
    camera_trouble(open_page(shy), "The camera is not allowed here")


def test_a_computer_without_a_camera(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, permissions=["camera"])
    camera_trouble(page, "No camera was found")
    portrait(page)


def test_a_camera_that_another_program_has(open_page: Open, chromium: Browser) -> None:
    camera_trouble(open_page(chromium, BUSY), "Another program is using the camera")


def test_a_camera_that_is_refused_when_a_photo_is_there_already(
    open_page: Open, chromium: Browser
) -> None:
    page = open_page(chromium, UNDECIDED)
    page.get_by_role("button", name="Look at me").click()
    page.wait_for_function("() => window.refuse")
    portrait(page)
    page.evaluate("() => refuse()")
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    wait_for(page, "photo")
    expect(page.get_by_role("img", name="The photo that is read")).to_be_visible()


def test_a_browser_without_sockets(open_page: Open, somebody: Browser) -> None:
    page = open_page(somebody, "delete window.WebSocket;")
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "trouble")
    assert page.evaluate("() => document.querySelector('video').srcObject") is None


def test_a_camera_that_is_lost(open_page: Open, somebody: Browser) -> None:
    page = look(open_page(somebody))
    songs = titles(page)
    page.evaluate(LOST)
    wait_for(page, "trouble")
    expect(page.locator("#curtain-words")).to_contain_text("The camera is gone")
    assert titles(page) == songs
    page.get_by_role("button", name="Try again").click()
    wait_for(page, "locked")


def test_too_many_tabs(open_page: Open, somebody: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.web.sight.MOST_SOCKETS", 0)
    page = open_page(somebody)
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "trouble")
    expect(page.locator("#curtain-words")).to_contain_text("too many tabs")
    monkeypatch.undo()
    page.get_by_role("button", name="Try again").click()
    wait_for(page, "locked")


def test_models_that_still_load(app: Running, open_page: Open, somebody: Browser) -> None:
    loaded = app.app.state.eyes._ready
    loaded.wait(20)
    loaded.clear()
    page = open_page(somebody)
    page.get_by_role("button", name="Look at me").click()
    expect(page.get_by_role("heading", name="Waking up")).to_be_visible()
    expect(page.get_by_text("The networks are loading.").first).to_be_visible()
    wait_for(page, "starting")
    loaded.set()
    wait_for(page, "locked")


def test_songs_that_cannot_be_chosen(own_home: Path, open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium)
    catalog = own_home / "catalog.sqlite"
    whole = catalog.read_bytes()
    catalog.write_bytes(b"damaged" * 1000)
    page.get_by_role("button", name="Use the sample portrait").click()
    expect(page.locator("#songs-trouble")).to_contain_text("is damaged")
    catalog.write_bytes(whole)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(SONG)).to_have_count(10)
    expect(page.locator("#songs-trouble")).to_be_empty()


def test_a_server_that_comes_back_is_found_by_itself(
    open_page: Open, somebody: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musicalface.web.serve.secrets.token_urlsafe", lambda size: "same")
    with running(Place()) as first:
        page = look(open_page(somebody, address=first.address()))
        songs = titles(page)
    expect(page.get_by_role("alert")).to_contain_text("has stopped answering")
    traffic = Traffic(page)
    with running(Place(port=first.port)):
        expect(page.locator("#server")).to_be_hidden()
        traffic.wait_for_answers(5)
        wait_for(page, "locked")
        assert titles(page) == songs


def test_an_app_that_was_killed_and_started_again(
    open_page: Open, somebody: Browser, unused_port: int
) -> None:
    """Its token is another one: the printed address, once opened, lets all tabs in again."""
    words = ("app", "--no-browser", "--port", str(unused_port))
    with started(*words) as (process, address):
        page = look(open_page(somebody, address=address))
        songs = titles(page)
        process.kill()
        expect(page.locator("#server")).to_contain_text("has stopped answering")
    traffic = Traffic(page)
    with started(*words) as (_, address):
        expect(page.locator("#server")).to_contain_text("open the address")
        visited(page.context.new_page(), address).close()
        expect(page.locator("#server")).to_be_hidden()
        traffic.wait_for_answers(5)
        wait_for(page, "locked")
        assert titles(page) == songs


def test_looking_where_one_is_not_allowed_any_more_waits_for_the_printed_address(
    app: Running, open_page: Open, somebody: Browser
) -> None:
    page = open_page(somebody)
    page.context.clear_cookies()
    page.get_by_role("button", name="Look at me").click()
    expect(page.locator("#server")).to_contain_text("open the address")
    visited(page.context.new_page(), app.address()).close()
    expect(page.locator("#server")).to_be_hidden()
    wait_for(page, "locked")
