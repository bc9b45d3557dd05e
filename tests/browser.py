"""A real browser for tests: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

_FLAGS = ("--autoplay-policy=no-user-gesture-required", "--mute-audio")
Launch = Callable[..., Browser]
PATIENCE = 20_000  # milliseconds: a machine that is busy
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """There can be one only."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Iterator[Launch]:
    """Start a Chromium with these flags; skipped where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("needs Chromium")
    # Root needs no sandbox to be told apart from, as in a container.
    always = [*_FLAGS, *(["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else [])]
    browsers: list[Browser] = []

    def launch(*flags: str) -> Browser:
        browsers.append(playwright.chromium.launch(executable_path=path, args=[*always, *flags]))
        return browsers[-1]

    yield launch
    for browser in browsers:
        browser.close()


@pytest.fixture(scope="session")
def chromium(launch: Launch) -> Browser:
    """One Chromium for all tests that need no camera."""
    return launch()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A tab in a profile of its own; an error in the page's script fails the test."""
    context = chromium.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
