"""Somebody looks into the camera, in a real browser."""

import json

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from musicalface.face import Rest
from musicalface.face.read import expression_model
from musicalface.web.serve import Running
from tests.web.browser import SONG, Open, Traffic, look, titles, wait_for

COUNTED = """
window.asked = 0;
const devices = navigator.mediaDevices, open = devices?.getUserMedia.bind(devices);
if (devices) devices.getUserMedia = (wanted) => { window.asked += 1; return open(wanted); };
"""
HIDDEN = """
window.away = false;
Object.defineProperty(document, "hidden", { get: () => window.away });
"""
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
def page(open_page: Open, somebody: Browser) -> Page:
    return open_page(somebody)


def test_nothing_is_asked_of_the_camera_before_the_person_agrees(
    open_page: Open, somebody: Browser
) -> None:
    page = open_page(somebody, COUNTED)
    traffic = Traffic(page)
    wait_for(page, "consent")
    for words in ("reads your expression", "stays on this computer", "may be wrong", "Esc stops"):
        expect(page.get_by_text(words)).to_be_visible()
    assert page.evaluate("() => document.querySelector('video').srcObject") is None
    assert (page.evaluate("() => window.asked"), traffic.addresses) == (0, [])
    look(page)
    assert page.evaluate("() => window.asked") == 1
    assert [address.rpartition("/api/")[2] for address in traffic.addresses] == ["sight"]


def test_a_face_becomes_bars_a_box_a_dot_and_a_steady_mood(page: Page) -> None:
    traffic = Traffic(page)
    look(page)
    expect(page.get_by_role("heading", name="Happy", exact=True)).to_be_visible()
    happy = page.get_by_role("meter", name="Happy")
    assert int(happy.get_attribute("aria-valuenow") or 0) > 90
    assert page.get_by_role("meter").count() == 7
    assert float(page.locator("#dot").evaluate("dot => dot.style.getPropertyValue('--x')")) > 0.5
    expect(page.get_by_role("button", name="Happy is my mood")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator("html")).to_have_attribute("data-room", "happy")
    expect(page.get_by_role("status").filter(has_text="10 happy songs")).to_have_count(1)
    left, _, width, _ = json.loads(traffic.last)["faces"][0]["box"]
    mirrored = [1 - left - width, 1 - left]
    assert page.evaluate(DRAWN) == pytest.approx(mirrored, abs=0.02)


def test_songs_have_reasons_and_change_at_the_persons_word_only(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    traffic = Traffic(page)
    look(page)
    songs = titles(page)
    assert len(set(songs)) == 10
    assert all(page.locator(f"{SONG} .why").all_inner_texts())
    traffic.wait_for_answers(15)
    assert titles(page) == songs
    assert len([url for url in asked if url.endswith("/api/songs")]) == 1
    with page.expect_request("**/api/songs") as corrected:
        page.get_by_role("button", name="Sad is my mood").click()
    assert '"corrected":true' in (corrected.value.post_data or "")
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()
    songs = titles(page)
    traffic.wait_for_answers(15)
    expect(page.locator("#mood")).to_contain_text("You say")
    expect(page.get_by_role("heading", name="Sad", exact=True)).to_be_visible()
    expect(page.locator("#offer")).to_be_hidden()
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
    expect(page.locator("#offer")).to_be_hidden()  # they are kept until another mood comes
    page.get_by_role("button", name="Sad is my mood").click()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    page.get_by_role("button", name="Look at me").click()
    expect(page.get_by_text("You look happy now.", exact=True)).to_be_visible()
    page.get_by_role("button", name="New songs").click()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_focused()
    expect(page.locator("#offer")).to_be_hidden()


def test_a_face_at_rest_is_learnt_and_forgotten_and_a_smile_is_none(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(page)
    page.get_by_role("button", name="This is my resting face").click()
    expect(page.get_by_text("Hold still")).to_be_visible()
    expect(page.get_by_text("not at rest")).to_be_visible()
    expect(page.get_by_role("button", name="Forget my resting face")).to_be_hidden()
    # A face at rest is made of this one: its evidence is put in place of the smile's.
    head = expression_model(None).head()
    rest = Rest.of(np.array([head.resting], np.float32), head)
    monkeypatch.setattr("musicalface.web.gaze.Rest.of", lambda evidence, head: rest)
    page.get_by_role("button", name="This is my resting face").click()
    expect(page.get_by_text("This is your resting face now.")).to_be_visible()
    page.get_by_role("button", name="Forget my resting face").click()
    expect(page.get_by_role("button", name="Forget my resting face")).to_be_hidden()


def test_a_face_that_goes_and_comes_back_changes_no_songs(
    open_page: Open, passer_by: Browser
) -> None:
    page = look(open_page(passer_by))
    songs = titles(page)
    expect(page.get_by_text("No face to be seen")).to_be_visible()
    expect(page.get_by_role("meter", name="Happy")).to_have_attribute("aria-valuenow", "0")
    expect(page.get_by_role("heading", name="Nobody there")).to_be_visible()
    wait_for(page, "locked")
    assert titles(page) == songs
    expect(page.locator("#offer")).to_be_hidden()


def test_escape_stops_at_once_and_one_click_begins_again(app: Running, page: Page) -> None:
    look(page)
    traffic = Traffic(page)
    track = page.evaluate_handle("() => document.querySelector('video').srcObject.getTracks()[0]")
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    assert track.evaluate("track => track.readyState") == "ended"
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    page.wait_for_timeout(300)
    assert app.app.state.eyes.sockets == 0
    expect(page.locator(SONG)).to_have_count(10)
    page.get_by_role("button", name="Look at me").click()
    wait_for(page, "locked")
    page.get_by_role("button", name="Stop").click()
    wait_for(page, "stopped")
    assert len(traffic.addresses) == 1


def test_a_hidden_tab_sends_no_frames(open_page: Open, somebody: Browser) -> None:
    page = open_page(somebody, HIDDEN)
    traffic = Traffic(page)
    look(page)
    turn = "away => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }"
    page.evaluate(turn, True)
    page.wait_for_timeout(300)  # the frame that is on its way
    sent = traffic.sent
    page.wait_for_timeout(700)
    assert traffic.sent == sent
    page.evaluate(turn, False)
    traffic.wait_for_answers(5)
    wait_for(page, "locked")


def test_two_tabs_look_at_once(app: Running, page: Page) -> None:
    look(page)
    other = page.context.new_page()
    other.goto(f"http://127.0.0.1:{app.port}/")
    look(other)
    assert app.app.state.eyes.sockets == 2
    page.bring_to_front()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    wait_for(other, "locked")
