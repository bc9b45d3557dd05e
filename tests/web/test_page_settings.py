"""Settings, help, the installed app and while it is stopped, forced colours, and low windows."""

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from musicalface import stored_settings
from musicalface.web.server import AppServer, ServerConfig, run_app
from tests.web.browser import SONG, Open, portrait, take_screenshot, visit

COLOUR = "(element) => getComputedStyle(element).backgroundColor"
KEPT = """async () => {
  const names = await caches.keys();
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return requests.flat().map((request) => new URL(request.url).pathname);
}"""


def open_settings(page: Page) -> None:
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_role("dialog", name="Settings")).to_be_visible()


def test_settings_are_remembered_and_erased(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, color_scheme="light", player="")
    expect(page.locator("#offline-mark")).to_be_hidden()
    light = page.locator("body").evaluate("(body) => getComputedStyle(body).color")
    open_settings(page)
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("dialog").get_by_label("Volume").fill("0.25")
    with page.expect_response("**/api/settings"):
        page.get_by_role("switch", name="Stay offline").check()
    with page.expect_response("**/api/settings"):
        page.get_by_role("switch", name="Keep my history").check()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text("Cleared.")).to_be_visible()
    take_screenshot(page, "settings")
    visit(page, page.url)
    expect(page.locator("#offline-mark")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("() => document.documentElement.scrollWidth") == 360
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.locator("body").evaluate("(body) => getComputedStyle(body).color") != light
    kept = stored_settings.load()
    assert (kept.offline, kept.history, kept.reactions) == (True, True, None)
    open_settings(page)
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    expect(page.get_by_role("dialog").get_by_label("Volume")).to_have_value("0.25")
    expect(page.get_by_role("switch", name="Stay offline")).to_be_checked()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("Deleted.")).to_be_visible()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    assert page.evaluate("() => localStorage.length") == 0


def test_settings_say_what_failed(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium)
    open_settings(page)
    failure = '{"error": {"code": "system", "message": "The disk is full."}}'
    page.route("**/api/settings", lambda route: route.fulfill(status=500, body=failure))
    page.get_by_role("switch", name="Stay offline").click()
    alerts = page.get_by_role("dialog").get_by_role("alert")
    expect(alerts.filter(has_text="The disk is full.")).to_be_visible()
    expect(page.get_by_role("switch", name="Stay offline")).not_to_be_checked()


def test_help_opens_by_button_and_key(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium)
    help_sheet = page.get_by_role("dialog", name="Help")
    page.get_by_role("button", name="Help").click()
    expect(help_sheet).to_contain_text("Stop the camera")
    page.keyboard.press("Escape")
    expect(help_sheet).to_be_hidden()
    page.keyboard.press("?")
    expect(help_sheet).to_be_visible()
    expect(page.locator("dialog")).not_to_have_count(0)
    expect(page.locator("dl.shortcuts")).to_have_count(1)


def test_page_while_the_app_is_stopped(
    open_page: Open,
    chromium: Browser,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    unused_port: int,
) -> None:
    """The page from the browser's cache stands in only while nothing answers."""
    with run_app(ServerConfig(port=unused_port)) as first:
        page = open_page(chromium, address=first.address(), service_workers="allow")
        page.evaluate("async () => (await navigator.serviceWorker.ready).active.state")
        assert page.evaluate(KEPT) == ["/not-running"]
        address = page.url
    page.goto(address)
    expect(page.get_by_role("heading", name="MusicalFace isn’t running.")).to_be_visible()
    expect(page.get_by_text("musicalface app")).to_be_visible()
    take_screenshot(page, "not-running")
    with run_app(ServerConfig(port=unused_port)) as second:
        page.context.clear_cookies()
        page.get_by_role("link", name="Try again").click()
        expect(page.get_by_role("heading", name="MusicalFace is private.")).to_be_visible()
        take_screenshot(page, "private")
        visit(page, second.address())
        assert page.evaluate(KEPT) == ["/not-running"]


def test_forced_colours_keep_every_state_visible(
    open_page: Open, chromium: Browser, app: AppServer
) -> None:
    page = portrait(open_page(chromium, forced_colors="active", reduced_motion="reduce"))
    page.get_by_role("button", name="My mood is Sad").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("[aria-current]")).to_be_visible()
    page.locator("#auto-dj").check()
    highlight, canvas = system_colours(page)
    assert highlight != canvas
    on = page.get_by_role("button", name="My mood is Sad")
    off = page.get_by_role("button", name="My mood is Happy")
    assert [each.evaluate(COLOUR) == highlight for each in (on, off)] == [True, False]
    assert page.locator("#auto-dj + .switch-track").evaluate(COLOUR) == highlight
    rows = page.locator(f"{SONG} .song")
    assert page.locator("[aria-current] .song").evaluate(COLOUR) == highlight
    assert sum(row.evaluate(COLOUR) == highlight for row in rows.all()) == 1
    bars = "(bar) => getComputedStyle(bar, '::after').backgroundColor"
    colours = {bar.evaluate(bars) for bar in page.locator("#bars .bar").all()}
    assert highlight in colours
    assert canvas not in colours
    take_screenshot(page, "forced-colours")


def system_colours(page: Page) -> list[str]:
    """Highlight and Canvas, as computed."""
    colours: list[str] = page.evaluate("""() => ["Highlight", "Canvas"].map((name) => {
      const probe = document.createElement("i");
      probe.style.cssText = `forced-color-adjust: none; background: ${name}`;
      document.body.append(probe);
      const colour = getComputedStyle(probe).backgroundColor;
      probe.remove();
      return colour;
    })""")
    return colours


def test_player_bar_is_low_in_a_low_window(open_page: Open, chromium: Browser) -> None:
    """200 % zoom on a laptop, a phone on its side, 400 % zoom; Spotify's player is the tallest."""
    page = portrait(open_page(chromium, reduced_motion="reduce"))
    assert_low(page, 640, 360)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#seat iframe")).to_be_visible()
    assert_low(page, 640, 360)
    assert_low(page, 844, 390)
    page.set_viewport_size({"width": 320, "height": 180})
    position = "(bar) => getComputedStyle(bar).position"
    assert page.locator("#player").evaluate(position) == "relative"
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320
    take_screenshot(page, "zoom-400")


def assert_low(page: Page, width: int, height: int) -> None:
    """The bar stands at the bottom and takes at most a quarter of the height."""
    page.set_viewport_size({"width": width, "height": height})
    bar = page.get_by_role("region", name="Player").bounding_box()
    assert bar
    assert bar["height"] <= height / 4
    assert bar["y"] + bar["height"] == pytest.approx(height, abs=1)
    take_screenshot(page, f"low-{width}-{bar['height']:.0f}")


def test_manifest_and_its_icons(client: httpx.Client) -> None:
    page = client.get("/")
    assert "manifest-src 'self'; " in page.headers["content-security-policy"]
    (address,) = re.findall('<link rel="manifest" href="(.*?)"', page.text)
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = answer.json()
    assert {"id", "name", "short_name", "description", "start_url", "theme_color"} <= set(manifest)
    assert client.get(manifest["start_url"]).text == page.text
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        served = client.get(icon["src"])
        assert served.headers["content-type"] == icon["type"]
        assert served.text.startswith("<svg")
