"""Everyone can use the page: axe finds nothing, keys are enough, and it fits a phone."""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from musicalface.mood import MOODS
from musicalface.songs import open_catalog, schema
from tests.web.browser import SONG, Open, look, portrait, take_picture, titles, wait_for
from tests.web.test_page_trouble import LOST

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
  return [names.join(" "), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2];
}"""
SMALL = """() => [...document.querySelectorAll("button, select, a.icon, [role=switch]")]
  .filter((each) => each.checkVisibility())
  .map((each) => [each.id || each.innerText || each.ariaLabel, (each.closest("label") ?? each)
    .getBoundingClientRect()])
  .filter(([, { width, height }]) => Math.min(width, height) < 43.5)
  .map(([name, { width, height }]) => `${name}: ${width} x ${height}`)"""
STILL = "() => document.getAnimations().every((one) => one.playState !== 'running')"
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def known_songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of songs that people know, and that Spotify has: screenshots show them."""
    path = tmp_path_factory.mktemp("known") / "catalog.sqlite"
    with open_catalog() as shipped, closing(schema.create(path)) as connection:
        for mood in MOODS:
            songs = shipped.songs(shipped.surest(mood, 4000))
            schema.insert(connection, [song for song in songs if song.spotify_id])
        schema.finish(connection, {})
    return path


class Inspector:
    """Looks at a state by day and by night: no violation, nothing too wide, and a picture."""

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
            take_picture(self.page, name)


@pytest.fixture
def inspector(
    open_page: Open, somebody: Browser, own_home: Path, known_songs: Path, size: str
) -> Inspector:
    shutil.copy(known_songs, own_home / "catalog.sqlite")
    page = open_page(somebody, reduced_motion="reduce", **SIZES[size])
    return Inspector(page, size)


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(inspector: Inspector) -> None:
    # Songs that people know may be called as buttons are.
    page = inspector.page
    inspector.check("consent")
    look(page)
    inspector.check("locked")
    page.get_by_role("button", name="Sad is my mood", exact=True).click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    inspector.check("corrected-and-playing")
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    inspector.check("stopped")
    for dialog in ("Music", "Evening"):
        page.get_by_role("banner").get_by_role("button", name=dialog).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        inspector.check(dialog.lower())
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Look at me", exact=True).click()
    expect(page.locator("#offer")).to_be_visible()
    inspector.check("offer")
    page.evaluate(LOST)
    wait_for(page, "trouble")
    inspector.check("trouble")
    portrait(page)
    inspector.check("photo")


def walk(page: Page, name: str) -> None:
    """Tab until something of this name has the focus, which is seen wherever it is."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found, is_seen = page.evaluate(FOCUS)
        assert is_seen, f"the focus is not seen on {found!r}"
        if name in found:
            return
    raise AssertionError(f"{name} is not reached")


def test_keys_are_enough_from_consent_to_a_playing_song(open_page: Open, somebody: Browser) -> None:
    page = open_page(somebody)
    walk(page, "Look at me")
    page.keyboard.press("Enter")
    wait_for(page, "locked")
    expect(page.locator(SONG)).to_have_count(10)
    title = page.locator("[data-playable=true] .title").first.inner_text()
    walk(page, title)
    page.keyboard.press("Enter")
    expect(page.locator("[aria-current]")).to_contain_text(title)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    walk(page, "Pause")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_focused()


def test_keys_choose_another_mood_and_open_dialogs(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    page.get_by_role("radio", name="Match my mood").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="10 songs from happy to angry")).to_be_visible()
    page.get_by_role("button", name="Relaxed is my mood").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="10 songs from relaxed to angry")).to_be_visible()
    page.get_by_role("button", name="Evening").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="This evening")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Evening")).to_be_focused()
    wait_for(page, "photo")


def test_a_phone_has_large_buttons(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, **SIZES["phone"])
    assert page.evaluate(SMALL) == []
    portrait(page)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert page.evaluate(SMALL) == []
    player = page.get_by_role("region", name="Player").bounding_box()
    assert player
    assert player["y"] + player["height"] == pytest.approx(740, abs=1)
    page.locator(SONG).last.scroll_into_view_if_needed()
    last = page.locator(SONG).last.bounding_box()
    assert last
    assert last["y"] + last["height"] <= player["y"] + 1


def test_dark_is_dark_and_light_is_light(open_page: Open, chromium: Browser) -> None:
    brightness = """() => {
      const pen = document.createElement("canvas").getContext("2d");
      pen.fillStyle = getComputedStyle(document.body).color;
      pen.fillRect(0, 0, 1, 1);
      return pen.getImageData(0, 0, 1, 1).data[0];
    }"""
    assert open_page(chromium, color_scheme="dark").evaluate(brightness) > 200
    assert open_page(chromium, color_scheme="light").evaluate(brightness) < 80


def test_nothing_moves_for_those_who_want_rest(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium, reduced_motion="reduce"))
    longest = """() => Math.max(0, ...document.getAnimations()
      .map((one) => one.effect.getTiming().duration))"""
    page.get_by_role("button", name="Sad is my mood").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    assert page.evaluate(longest) <= 1  # milliseconds
    assert len(titles(page)) == 10
