"""The app in a real browser, with a camera that sees a video."""

import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from musicalface.mood import MOODS, MoodScores
from musicalface.songs import Song, schema
from musicalface.web.serve import Running
from tests.browser import PATIENCE, Launch
from tests.players.test_browser_page import Spotify
from tests.web import videos

_FAKE = "--use-fake-device-for-media-stream"
_AGREED = "--use-fake-ui-for-media-stream"
_FILE = "--use-file-for-fake-video-capture"
Open = Callable[..., Page]
SONG = "#song-list li[data-at]"


@pytest.fixture(scope="session")
def somebody(launch: Launch, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """A browser whose camera sees a happy face, and may be used."""
    video = videos.face(tmp_path_factory.mktemp("camera"))
    return launch(_FAKE, _AGREED, f"{_FILE}={video}")


@pytest.fixture(scope="session")
def passer_by(launch: Launch, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """A browser whose camera sees a happy face that goes away and comes back."""
    video = videos.passing_face(tmp_path_factory.mktemp("camera"))
    return launch(_FAKE, _AGREED, f"{_FILE}={video}")


@pytest.fixture(scope="session")
def shy(launch: Launch) -> Browser:
    """A browser with a camera, and a person who does not allow it."""
    return launch(_FAKE)


@pytest.fixture
def spotify() -> Spotify:
    """All that the page asks of other computers."""
    return Spotify()


@pytest.fixture
def made_up_songs(own_home: Path) -> None:
    """A small catalog of the person's own: 60 songs of each mood, all on Spotify."""
    own_home.mkdir(exist_ok=True)
    with closing(schema.create(own_home / "catalog.sqlite")) as connection:
        schema.insert(connection, _songs())
        schema.finish(connection, {})


def _songs() -> Iterator[Song]:
    for place, mood in enumerate(MOODS):
        scores = MoodScores.of([0.7 if each is mood else 0.1 for each in MOODS])
        for number in range(60):
            title = f"{mood.value.title()} Song {number:02}"  # none begins as another does
            yield Song(
                f"Band {mood.value} {number}", title, scores, "listeners", f"{place}{number:021}"
            )


@pytest.fixture
def open_page(app: Running, spotify: Spotify, made_up_songs: None) -> Iterator[Open]:
    """Open the app in a browser; an error of a script, or against the policy, fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(browser: Browser, script: str = "", address: str = "", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        context.route(re.compile("^https:"), spotify.answer)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda message: errors.extend(_breach(message)))
        if script:
            context.add_init_script(script)
        return visited(context.new_page(), address or app.address())

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def _breach(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []


def visited(page: Page, address: str) -> Page:
    """The page, when its scripts have begun."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    return page


def wait_for(page: Page, state: str) -> None:
    """Until the page is in a state: consent, starting, watching, locked, photo and so on."""
    expect(page.locator("body")).to_have_attribute("data-state", state)


def look(page: Page) -> Page:
    """Agree, and wait for a mood and its songs."""
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "locked")
    return with_songs(page)


def portrait(page: Page) -> Page:
    """The sample portrait, and its songs."""
    page.locator("[data-do=portrait]:visible").click()
    wait_for(page, "photo")
    return with_songs(page)


def with_songs(page: Page) -> Page:
    """Once ten songs are there, and no others are on their way."""
    expect(page.locator("#song-list")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(SONG)).to_have_count(10)
    return page


def take_picture(page: Page, name: str) -> None:
    """Write a screenshot into the folder MUSICALFACE_SCREENSHOTS, where it is given."""
    folder = os.environ.get("MUSICALFACE_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


def titles(page: Page) -> list[str]:
    """Of the songs that are listed."""
    return page.locator("#song-list .title").all_inner_texts()


class Traffic:
    """What a page has sent over its sockets and heard from them."""

    def __init__(self, page: Page) -> None:
        self.page, self.addresses, self.last = page, list[str](), ""
        self.sent = self.heard = self.closed = 0
        page.on("websocket", self._follow)

    def _follow(self, socket: Any) -> None:
        self.addresses.append(socket.url)
        socket.on("framesent", lambda _: self._count("sent"))
        socket.on("framereceived", self._hear)
        socket.on("close", lambda _: self._count("closed"))

    def _hear(self, answer: Any) -> None:
        self.last = answer
        self._count("heard")

    def _count(self, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)

    def wait_for_answers(self, more: int) -> None:
        """Until so many more frames have been answered."""
        until, left = self.heard + more, PATIENCE // 50
        while self.heard < until:
            self.page.wait_for_timeout(50)
            left -= 1
            assert left, "the socket says nothing"


@pytest.fixture
def unused_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
