"""A real browser for tests: Debian's Chromium, driven by Playwright."""

import os
import shutil
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

_FLAGS = (
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    # An iframe that moves to a process of its own may send its next request before Playwright
    # intercepts what that process sends.
    "--disable-site-isolation-trials",
)
Launch = Callable[..., Browser]
TIMEOUT = 30_000  # milliseconds, enough for a busy machine
expect.set_options(timeout=TIMEOUT)

_PAUSE = 100  # milliseconds between two looks
_RECORD = """selector => {
  const element = document.querySelector(selector), texts = [element.textContent];
  new MutationObserver(() => {
    if (element.textContent !== texts.at(-1)) texts.push(element.textContent);
  }).observe(element, { childList: true, characterData: true, subtree: true });
  return texts;
}"""


def wait_until(
    page: Page, condition: Callable[[], object], meanwhile: Callable[[], object] = lambda: None
) -> None:
    """Wait until a condition of this process is true; repeats `meanwhile` while it is not."""
    until = time.monotonic() + TIMEOUT / 1000
    while not condition():
        assert time.monotonic() < until, "the condition did not become true"
        meanwhile()
        page.wait_for_timeout(_PAUSE)


def expect_value(page: Page, read: Callable[[], object], expected: object) -> None:
    """Wait until what `read` returns equals the expected value: the page may still be at work."""
    until = time.monotonic() + TIMEOUT / 1000
    while (found := read()) != expected and time.monotonic() < until:
        page.wait_for_timeout(_PAUSE)
    assert found == expected


def record_texts(page: Page, selector: str) -> Callable[[], list[str]]:
    """Record each text of an element from now on, also one that is soon replaced.

    Returns a function that returns the texts, in order.
    """
    texts = page.evaluate_handle(_RECORD, selector)
    return texts.json_value


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run a test in a browser once more if it fails: pages, cameras and sound take real time.

    The summary lists each test that ran twice.
    """
    for item in items:
        if "launch" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The Playwright driver; only one per process is possible."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Iterator[Launch]:
    """A function that starts Chromium with flags; skips the test if Chromium is not installed."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("needs Chromium")
    # Chromium's sandbox doesn't work for root, for example in a container.
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
    """The Chromium that all tests without a camera share."""
    return launch()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A tab in a new profile; a script error on the page fails the test."""
    context = chromium.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
