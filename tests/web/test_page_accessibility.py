"""Accessibility of the page: axe, the keyboard, touch targets, themes and reduced motion."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from musicalface.mood import MOODS
from musicalface.songs import catalog_schema, open_catalog
from tests.browser import expect_value, wait_until
from tests.web.browser import SONG, Open, look, portrait, take_screenshot, titles, wait_for
from tests.web.test_page_errors import LOST

SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}
RULES: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {"resultTypes": ["violations"], "iframes": False},
    "dark": {"runOnly": ["color-contrast"], "iframes": False},  # only colours differ
}
FOCUS = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const names = [document.activeElement.innerText, document.activeElement.ariaLabel];
  if (document.activeElement === document.body) return ["", true]; // after the last element
  return [names.join(" "), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
}"""
# A link within a sentence may be small (WCAG 2.5.8).
SMALL = """() => [...document.querySelectorAll("button:not(.link), select, a.icon, [role=switch]")]
  .filter((each) => each.checkVisibility())
  .map((each) => [each.id || each.innerText || each.ariaLabel, (each.closest("label") ?? each)
    .getBoundingClientRect()])
  .filter(([, { width, height }]) => Math.min(width, height) < 43.5)
  .map(([name, { width, height }]) => `${name}: ${width} x ${height}`)"""
STILL = "() => document.getAnimations().every((one) => one.playState !== 'running')"
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def known_songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of well-known songs that are on Spotify, for the screenshots."""
    path = tmp_path_factory.mktemp("known") / "catalog.sqlite"
    with open_catalog() as shipped, closing(catalog_schema.create(path)) as connection:
        for mood in MOODS:
            songs = shipped.songs(shipped.most_confident(mood, 4000))
            catalog_schema.insert(connection, [song for song in songs if song.spotify_id])
        catalog_schema.finish(connection, {})
    return path


class Inspector:
    """Checks a state in the light and the dark theme: axe, page width, and a screenshot."""

    def __init__(self, page: Page, size: str) -> None:
        self.page, self.size = page, size

    def check(self, state: str) -> None:
        for scheme in RULES:
            name = f"{state}-{self.size}-{scheme}"
            self.page.emulate_media(color_scheme=scheme)
            expect(self.page.locator("#song-list")).not_to_have_attribute("aria-busy", "true")
            self.page.wait_for_function(STILL)
            found = Axe().run(self.page, options=RULES[scheme])
            assert found.violations_count == 0, f"{name}: {found.generate_report()}"
            assert self.page.evaluate(WIDE) == 0, name
            take_screenshot(self.page, name)


@pytest.fixture
def inspector(
    open_page: Open, camera_browser: Browser, own_home: Path, known_songs: Path, size: str
) -> Inspector:
    shutil.copy(known_songs, own_home / "catalog.sqlite")
    page = open_page(camera_browser, reduced_motion="reduce", **SIZES[size])
    return Inspector(page, size)


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_violations(inspector: Inspector) -> None:
    # Real song titles may contain the names of buttons, so names are exact.
    page = inspector.page
    page.get_by_text("What happens to my picture?").click()
    inspector.check("consent")
    look(page)
    page.get_by_text("How we read it").click()
    inspector.check("locked")
    page.get_by_role("button", name="My mood is Sad", exact=True).click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    inspector.check("corrected-and-playing")
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    inspector.check("stopped")
    for dialog in ("Music", "Share", "History", "Settings"):
        page.get_by_role("banner").get_by_role("button", name=dialog).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        inspector.check(dialog.lower())
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
    open_players = page.get_by_role("button", name="Play songs with")
    if not open_players.is_visible():
        page.get_by_role("button", name="More controls").click()
        inspector.check("open-player")
    open_players.click()
    inspector.check("players")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.locator(".more").nth(1).click()
    inspector.check("details")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    inspector.check("help")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Look at me", exact=True).click()
    expect(page.locator("#new-songs")).to_be_visible()
    inspector.check("offer")
    page.evaluate(LOST)
    wait_for(page, "error")
    inspector.check("error")
    portrait(page)
    inspector.check("photo")


def walk(page: Page, name: str) -> None:
    """Tab to the element with this name; every focused element has a visible outline."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found, is_seen = page.evaluate(FOCUS)
        assert is_seen, f"no visible focus on {found!r}"
        if name in found:
            return
    raise AssertionError(f"{name} is not reached")


def test_keyboard_from_consent_to_playback(open_page: Open, camera_browser: Browser) -> None:
    page = open_page(camera_browser)
    walk(page, "Look at me")
    page.keyboard.press("Enter")
    wait_for(page, "locked")
    expect(page.locator(SONG)).to_have_count(10)
    title = page.locator("[data-playable=true] .title").first.inner_text()
    walk(page, f"{title}\n")  # the row: links have the title in another place
    page.keyboard.press("Enter")
    expect(page.locator("[aria-current]")).to_contain_text(title)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    walk(page, "Pause")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()


def test_keyboard_selects_moods_and_dialogs(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    page.get_by_role("combobox", name="Shift me toward").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name="10 songs from happy to angry")).to_be_visible()
    page.get_by_role("button", name="My mood is Relaxed").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="10 songs from relaxed to angry")).to_be_visible()
    page.get_by_role("button", name="History").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="History")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="History")).to_be_focused()
    wait_for(page, "photo")


def test_touch_targets_on_a_phone(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, **SIZES["phone"])
    expect_value(page, lambda: page.evaluate(SMALL), [])
    portrait(page)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect_value(page, lambda: page.evaluate(SMALL), [])
    player = page.get_by_role("region", name="Player")
    expect_value(page, lambda: bottom(player), pytest.approx(740, abs=1))
    page.locator(SONG).last.scroll_into_view_if_needed()
    wait_until(page, lambda: bottom(page.locator(SONG).last) <= 741 - height(player))


def bottom(element: Locator) -> float:
    """The lower edge of an element in the window, in pixels."""
    box = element.bounding_box()
    assert box
    return box["y"] + box["height"]


def height(element: Locator) -> float:
    box = element.bounding_box()
    assert box
    return box["height"]


@pytest.mark.parametrize("size", [(360, 640), (740, 360), (1280, 720)])
def test_what_matters_is_in_view(open_page: Open, chromium: Browser, size: tuple[int, int]) -> None:
    """The button that starts, and under the mood's name the buttons that correct it."""
    width, height = size
    viewport = {"viewport": {"width": width, "height": height}}
    is_phone = width < 1000
    page = open_page(chromium, **viewport, has_touch=is_phone, is_mobile=is_phone)
    assert bottom(page.locator("[data-do=look]:visible")) <= height
    page.get_by_text("What happens to my picture?").click()
    expect(page.get_by_text("or Esc")).to_be_visible(visible=not is_phone)
    assert bottom(page.locator("[data-do=look]:visible")) <= height
    portrait(page)
    player = page.get_by_role("region", name="Player")
    expect(player).to_be_visible()
    page.wait_for_function("() => !document.querySelector('#player').getAnimations().length")
    box = player.bounding_box()
    assert box
    assert bottom(page.locator("#mood-buttons")) <= box["y"]


def test_a_long_artist_widens_no_page(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium, viewport={"width": 768, "height": 1024}))
    artist = page.locator("#song-list .artist").first
    artist.evaluate("(name) => { name.textContent = 'An artist whose name fills its line'; }")
    expect(page.locator("#song-list .evidence").first).not_to_be_empty()
    assert page.evaluate(WIDE) == 0


def test_dark_and_light_themes(open_page: Open, chromium: Browser) -> None:
    brightness = """() => {
      const pen = document.createElement("canvas").getContext("2d");
      pen.fillStyle = getComputedStyle(document.body).color;
      pen.fillRect(0, 0, 1, 1);
      return pen.getImageData(0, 0, 1, 1).data[0];
    }"""
    dark, light = (open_page(chromium, color_scheme=each) for each in ("dark", "light"))
    wait_until(dark, lambda: dark.evaluate(brightness) > 200)
    wait_until(light, lambda: light.evaluate(brightness) < 80)


def test_reduced_motion(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium, reduced_motion="reduce"))
    longest = """() => Math.max(0, ...document.getAnimations()
      .map((one) => one.effect.getTiming().duration))"""
    page.get_by_role("button", name="My mood is Sad").click()
    expect(page.locator("#mood-buttons-label")).to_have_text("Change it:")
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    assert page.evaluate(longest) <= 1  # milliseconds
    assert len(titles(page)) == 10
