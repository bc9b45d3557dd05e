"""The page with a camera, in a real browser."""

import json

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from musicalface.face import RestingFace
from musicalface.face.expression_classifier import load_expression_model
from musicalface.web.server import AppServer
from tests.browser import expect_value, record_texts, wait_until
from tests.web.browser import SONG, Open, Traffic, look, titles, wait_for

COUNTED = """
window.requests = 0;
const devices = navigator.mediaDevices, open = devices?.getUserMedia.bind(devices);
if (devices) devices.getUserMedia = (options) => { window.requests += 1; return open(options); };
"""
HIDDEN = """
window.away = false;
Object.defineProperty(document, "hidden", { get: () => window.away });
"""
DOT = "dot => dot.style.getPropertyValue('--x')"
DRAWN = """() => {
  const canvas = document.querySelector("#boxes");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let [left, right] = [width, 0];
  for (let at = 3; at < data.length; at += 4) {
    const across = (at >> 2) % width;
    if (data[at]) [left, right] = [Math.min(left, across), Math.max(right, across)];
  }
  return [left / width, right / width];
}"""


@pytest.fixture
def page(open_page: Open, camera_browser: Browser) -> Page:
    return open_page(camera_browser)


def test_camera_is_off_before_consent(open_page: Open, camera_browser: Browser) -> None:
    page = open_page(camera_browser, COUNTED)
    traffic = Traffic(page)
    wait_for(page, "consent")
    page.get_by_text("What happens to my picture?").click()
    for text in (
        "reads your expression",
        "stays on this computer",
        "can be wrong",
        "press Stop, or Esc",
    ):
        expect(page.get_by_text(text)).to_be_visible()
    assert page.evaluate("() => document.querySelector('video').srcObject") is None
    assert (page.evaluate("() => window.requests"), traffic.addresses) == (0, [])
    look(page)
    assert page.evaluate("() => window.requests") == 1
    expect_value(
        page, lambda: [each.rpartition("/api/")[2] for each in traffic.addresses], ["sight"]
    )


def test_face_updates_bars_box_dot_and_mood(page: Page) -> None:
    traffic, said = Traffic(page), record_texts(page, "[role=status]#live-region")
    look(page)
    page.get_by_text("How we read it").click()
    expect(page.get_by_role("heading", name="Happy", exact=True)).to_be_visible()
    happy = page.get_by_role("meter", name="Happy")
    wait_until(page, lambda: int(happy.get_attribute("aria-valuenow") or 0) > 90)
    expect(page.get_by_role("meter")).to_have_count(7)
    wait_until(page, lambda: float(page.locator("#dot").evaluate(DOT) or 0) > 0.5)
    expect(page.get_by_role("button", name="My mood is Happy")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("html")).to_have_attribute("data-background", "happy")
    assert "10 happy songs." in [text.strip() for text in said()]  # to screen readers
    wait_until(page, lambda: page.evaluate(DRAWN) == pytest.approx(mirrored(traffic), abs=0.02))


def mirrored(traffic: Traffic) -> list[float]:
    """The left and right edge of the last face, as shares of the mirrored picture."""
    for face in json.loads(traffic.last)["faces"]:
        left, _, width, _ = face["box"]
        return [1 - left - width, 1 - left]
    return [0, 0]


def test_songs_have_reasons_and_change_only_on_request(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    traffic = Traffic(page)
    look(page)
    songs = titles(page)
    assert len(set(songs)) == 10
    expect(page.locator("#songs-reason")).to_have_text("Listeners tag these as happy.")
    expect(page.locator(f"{SONG} .why").first).to_be_empty()  # the reason is said once
    traffic.wait_for_answers(15)
    assert titles(page) == songs
    assert len([url for url in requests if url.endswith("/api/songs")]) == 1
    with page.expect_request("**/api/songs") as corrected:
        page.get_by_role("button", name="My mood is Sad").click()
    assert '"corrected":true' in (corrected.value.post_data or "")
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    songs = titles(page)
    traffic.wait_for_answers(15)
    expect(page.locator("#mood")).to_contain_text("You picked")
    expect(page.get_by_role("heading", name="Sad", exact=True)).to_be_visible()
    expect(page.locator("#new-songs")).to_be_hidden()
    assert titles(page) == songs
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    page.get_by_role("button", name="Look at me").click()
    expect(page.get_by_text("You look happy now.", exact=True)).to_be_visible()
    assert titles(page) == songs
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_focused()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    look(page)
    expect(page.locator("#new-songs")).to_be_hidden()  # declined until another mood is detected
    page.get_by_role("button", name="My mood is Sad").click()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    page.get_by_role("button", name="Look at me").click()
    expect(page.get_by_text("You look happy now.", exact=True)).to_be_visible()
    page.get_by_role("button", name="New songs").click()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_focused()
    expect(page.locator("#new-songs")).to_be_hidden()


def test_resting_face_is_set_and_cleared_and_a_smile_is_rejected(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(page)
    words = record_texts(page, "#neutral-face-note")
    page.get_by_role("button", name="Set my neutral face").click()
    expect(page.get_by_text("You're smiling!")).to_be_visible()
    assert "Hold still for a moment." in words()
    expect(page.get_by_role("button", name="Clear my neutral face")).to_be_hidden()
    # Evidence of a face at rest replaces the evidence of the smile.
    head = load_expression_model(None).head()
    rest = RestingFace.from_log_likelihoods(np.array([head.resting], np.float32), head)
    monkeypatch.setattr(
        "musicalface.web.neutral_face.RestingFace.from_log_likelihoods",
        lambda evidence, head: rest,
    )
    page.get_by_role("button", name="Set my neutral face").click()
    expect(page.get_by_text("Neutral face set.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    expect(page.get_by_text("Relax your face, then press.")).to_be_visible()


def test_returning_face_keeps_the_songs(open_page: Open, passing_face_browser: Browser) -> None:
    page = look(open_page(passing_face_browser))
    songs = titles(page)
    page.get_by_text("How we read it").click()
    expect(page.locator("#hint")).to_have_text("Move into frame")
    expect(page.get_by_role("meter", name="Happy")).to_have_attribute("aria-valuenow", "0")
    expect(page.get_by_role("heading", name="I can’t see you")).to_be_visible()
    wait_for(page, "locked")
    assert titles(page) == songs
    expect(page.locator("#new-songs")).to_be_hidden()


def test_escape_stops_the_camera_and_a_click_restarts_it(app: AppServer, page: Page) -> None:
    look(page)
    traffic = Traffic(page)
    track = page.evaluate_handle("() => document.querySelector('video').srcObject.getTracks()[0]")
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    expect_value(page, lambda: track.evaluate("track => track.readyState"), "ended")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    expect_value(page, lambda: app.app.state.inference_pool.sockets, 0)
    expect(page.locator(SONG)).to_have_count(10)
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "locked")
    page.get_by_role("button", name="Stop").click()
    wait_for(page, "stopped")
    assert len(traffic.addresses) == 1


def test_hidden_tab_sends_no_frames(open_page: Open, camera_browser: Browser) -> None:
    page = open_page(camera_browser, HIDDEN)
    traffic = Traffic(page)
    look(page)
    turn = "away => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }"
    page.evaluate(turn, True)
    traffic.wait_until_silent(700)
    page.evaluate(turn, False)
    traffic.wait_for_answers(5)
    wait_for(page, "locked")


def test_two_tabs_use_the_camera(app: AppServer, page: Page) -> None:
    look(page)
    other = page.context.new_page()
    other.goto(f"http://127.0.0.1:{app.port}/")
    look(other)
    expect_value(page, lambda: app.app.state.inference_pool.sockets, 2)
    page.bring_to_front()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    wait_for(other, "locked")
