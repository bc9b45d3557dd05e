"""Fixtures and helpers for the app in a real browser whose camera plays a video."""

import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from musicalface import stored_settings
from musicalface.mood import MOODS, MoodScores
from musicalface.songs import Song, catalog_schema
from musicalface.web.server import AppServer
from tests.browser import Launch, wait_until
from tests.players.test_spotify_embed_player import Spotify
from tests.web import videos

_FAKE = "--use-fake-device-for-media-stream"
_AGREED = "--use-fake-ui-for-media-stream"
_FILE = "--use-file-for-fake-video-capture"
Open = Callable[..., Page]
SEEN = """try {
  localStorage["musicalface.camera"] ??= '{"seen": true}';
} catch {} // a frame without storage"""
"""The camera has been used in this browser, so that it reads at once."""
SONG = "#song-list li[data-at]"


@pytest.fixture(scope="session")
def camera_browser(launch: Launch, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """A browser with camera permission; its camera shows a happy face."""
    video = videos.face(tmp_path_factory.mktemp("camera"))
    return launch(_FAKE, _AGREED, f"{_FILE}={video}")


@pytest.fixture(scope="session")
def passing_face_browser(launch: Launch, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """A browser whose camera shows a happy face that disappears and returns."""
    video = videos.passing_face(tmp_path_factory.mktemp("camera"))
    return launch(_FAKE, _AGREED, f"{_FILE}={video}")


@pytest.fixture(scope="session")
def blocked_camera_browser(launch: Launch) -> Browser:
    """A browser with a camera but without permission to use it."""
    return launch(_FAKE)


@pytest.fixture
def spotify() -> Spotify:
    """Answers the page's requests to other hosts, and records them."""
    return Spotify()


@pytest.fixture
def made_up_songs(own_home: Path) -> None:
    """A small user catalog: 60 songs for each mood, all on Spotify."""
    own_home.mkdir(exist_ok=True)
    with closing(catalog_schema.create(own_home / "catalog.sqlite")) as connection:
        catalog_schema.insert(connection, _songs())
        catalog_schema.finish(connection, {})


def _songs() -> Iterator[Song]:
    for place, mood in enumerate(MOODS):
        scores = MoodScores.of([0.7 if each is mood else 0.1 for each in MOODS])
        for number in range(60):
            title = f"{mood.value.title()} Song {number:02}"  # no title is the beginning of another
            yield Song(
                f"Band {mood.value} {number}", title, scores, "listeners", f"{place}{number:021}"
            )


@pytest.fixture
def open_page(app: AppServer, spotify: Spotify, made_up_songs: None) -> Iterator[Open]:
    """Open the app in a browser; a script error or a CSP violation fails the test.

    Songs play with Spotify's embedded player, or with another `player`; "" is the default.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(
        browser: Browser,
        script: str = "",
        address: str = "",
        player: str = "browser",
        **options: Any,
    ) -> Page:
        stored_settings.change(player=player)
        # Requests that a service worker sends escape Playwright's routes.
        options.setdefault("service_workers", "block")
        context = browser.new_context(**options)
        contexts.append(context)
        context.route(re.compile("^https:"), spotify.answer)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda message: errors.extend(_csp_violations(message)))
        context.add_init_script(SEEN)
        if script:
            context.add_init_script(script)
        return visit(context.new_page(), address or app.address())

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def _csp_violations(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []


def visit(page: Page, address: str) -> Page:
    """Open the address and wait until the page's scripts are ready."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    return page


def wait_for(page: Page, state: str) -> None:
    """Wait until the page is in a state: consent, starting, watching, locked, photo and so on."""
    expect(page.locator("body")).to_have_attribute("data-state", state)


def look(page: Page) -> Page:
    """Start the camera, and wait for a mood and its songs."""
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "locked")
    return wait_for_songs(page)


def portrait(page: Page) -> Page:
    """Read the sample photo, and wait for its songs."""
    page.locator("[data-do=portrait]:visible").click()
    wait_for(page, "photo")
    return wait_for_songs(page)


def wait_for_songs(page: Page) -> Page:
    """Wait for ten songs, and until no request for songs is running."""
    expect(page.locator("#song-list")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(SONG)).to_have_count(10)
    return page


def choose_player(page: Page, name: str) -> None:
    """Choose in the player's sheet where songs play: the value of a player, "local" for example."""
    page.get_by_role("button", name="Play songs with").click()
    page.locator(f"#players [value={name}]").check()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()


def take_screenshot(page: Page, name: str) -> None:
    """Save a screenshot in the folder MUSICALFACE_SCREENSHOTS if it is set."""
    folder = os.environ.get("MUSICALFACE_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


def titles(page: Page) -> list[str]:
    """Return the titles in the list of songs."""
    return page.locator("#song-list .title").all_inner_texts()


class Traffic:
    """Counts the WebSocket messages that a page sends and receives."""

    def __init__(self, page: Page) -> None:
        self.page, self.addresses, self.last = page, list[str](), ""
        self.sent = self.received = self.closed = 0
        page.on("websocket", self._follow)

    def _follow(self, socket: Any) -> None:
        self.addresses.append(socket.url)
        socket.on("framesent", lambda _: self._count("sent"))
        socket.on("framereceived", self._receive)
        socket.on("close", lambda _: self._count("closed"))

    def _receive(self, answer: Any) -> None:
        self.last = answer
        self._count("received")

    def _count(self, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)

    def wait_for_answers(self, more: int) -> None:
        """Wait until this many more frames have been answered."""
        until = self.received + more
        wait_until(self.page, lambda: self.received >= until)

    def wait_until_silent(self, milliseconds: int) -> None:
        """Wait until the page has sent nothing for so long; frames may be on their way before."""
        sent = -1

        def is_silent() -> bool:
            nonlocal sent
            before, sent = sent, self.sent
            return before == sent

        wait_until(self.page, is_silent, lambda: self.page.wait_for_timeout(milliseconds))


@pytest.fixture
def unused_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
