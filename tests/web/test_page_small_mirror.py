"""The small mirror: in view while the camera's picture is scrolled away, and only then."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import Open, look, portrait, take_screenshot, wait_for

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "has_touch": True,
    "is_mobile": True,
}
SIZES = [(390, 844), (360, 640), (844, 390), (768, 1024), (1440, 900)]
PLAYING = "() => !document.querySelector('#small-video').paused"
MOVING = "() => document.querySelector('#small-mirror').getAnimations({ subtree: true }).length"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
EMPTY = "() => document.querySelector('#small-video').srcObject === null"
COVERED = """() => {
  const line = document.querySelector("#small-mirror").getBoundingClientRect();
  return document.activeElement.getBoundingClientRect().top < line.bottom;
}"""


def scroll_to_songs(page: Page) -> None:
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")


def scroll_to_top(page: Page) -> None:
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")


def test_mirror_stands_beside_the_mood(open_page: Open, camera_browser: Browser) -> None:
    page = look(open_page(camera_browser, **PHONE))
    mirror, video = page.locator("#small-mirror"), page.locator("#small-video")
    expect(mirror).to_be_hidden()
    assert page.evaluate(EMPTY)
    scroll_to_songs(page)
    expect(mirror.get_by_text("Happy", exact=True)).to_be_in_viewport()
    expect(video).to_be_in_viewport()
    expect(video).to_have_attribute("data-mirrored", "")
    page.wait_for_function(PLAYING)
    assert page.get_by_role("heading", name="Happy", exact=True).count() == 1
    scroll_to_top(page)
    expect(mirror).to_be_hidden()
    assert page.evaluate(EMPTY)
    scroll_to_songs(page)
    expect(mirror).to_be_visible()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    expect(mirror).to_be_hidden()
    assert page.evaluate(EMPTY)
    portrait(page)
    scroll_to_songs(page)
    expect(page.locator("#picture-frame")).not_to_be_in_viewport()
    expect(mirror).to_be_hidden()


def test_focus_is_never_under_the_mirror(open_page: Open, camera_browser: Browser) -> None:
    page = look(open_page(camera_browser, **PHONE))
    scroll_to_songs(page)
    expect(page.locator("#small-mirror")).to_be_visible()
    page.locator("#song-list button").last.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(COVERED)
        assert page.evaluate("() => !document.activeElement.closest('#small-mirror')")


def test_axe_and_looks(open_page: Open, camera_browser: Browser) -> None:
    page = look(open_page(camera_browser, reduced_motion="reduce", **PHONE))
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        scroll_to_songs(page)
        if width < 1000:  # on a desktop there may be nothing to scroll
            expect(page.locator("#small-mirror")).to_be_in_viewport()
        assert page.evaluate(MOVING) == 0
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"resultTypes": ["violations"], "iframes": False})
            assert found.violations_count == 0, found.generate_report()
            take_screenshot(page, f"small-mirror-{width}-{scheme}")
