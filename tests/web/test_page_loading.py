"""What the page loads before it is ready, and what later."""

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from musicalface.web.server import AppServer
from tests.web.browser import Open, portrait

LIMIT = 200_000
"""Bytes until the page is ready, uncompressed (docs/app.md has the measured number)."""


def test_page_is_light_until_it_is_ready(app: AppServer, chromium: Browser) -> None:
    answers: list[Response] = []
    with chromium.new_context() as context:
        page = context.new_page()
        page.on("response", lambda answer: answers.append(answer))
        page.goto(app.address())
        page.wait_for_selector("html[data-ready]")
        answers = [answer for answer in answers if answer.status == 200]
        sizes = {answer.url: int(answer.headers["content-length"]) for answer in answers}
        assert not [answer.url for answer in answers if "content-encoding" in answer.headers]
    assert len(sizes) > 20
    assert sum(sizes.values()) <= LIMIT, sorted(sizes.items(), key=lambda each: -each[1])


def blocked(page: Page, name: str) -> None:
    page.route(f"**/static/**/{name}", lambda route: route.abort())


@pytest.mark.parametrize("name", ["music-sources.js", "dialogs.css"])
def test_sheet_that_does_not_load_opens_at_the_next_press(
    open_page: Open, chromium: Browser, name: str
) -> None:
    page = open_page(chromium)
    blocked(page, name)
    sources = page.get_by_role("button", name="Music sources")
    sources.click()
    expect(page.locator("#server")).to_contain_text("isn’t running")
    page.unroute_all()
    expect(page.locator("#server")).to_be_hidden()  # the program answers
    sources.click()
    expect(page.get_by_role("dialog", name="Music sources")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sources).to_be_focused()


def test_player_that_does_not_load_says_so(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    blocked(page, "embed-player.js")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#player-error")).to_contain_text("isn’t running")
    page.unroute_all()
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#seat iframe")).to_be_visible()
