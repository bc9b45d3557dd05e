"""Videos on the page: the browser decodes them, and songs follow the moods."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import videos
from tests.web.browser import SONG, Open, portrait, wait_for, wait_for_songs
from tests.web.test_page_library import check
from tests.web.test_page_photo import choose

CURVE = """async () => {
  const { MainFace, moodOf, runs, stretches } = await import("/static/js/mood-curve.js");
  const scores = (angry, happy, relaxed, sad) => ({ angry, happy, relaxed, sad });
  const points = [scores(0, 1, 0, 0), scores(0, 1, 0, 0), null, scores(0, 0, 0, 1)]
    .map((each, at) => ({ at, scores: each }));
  const face = (left, side, problem = null) => ({ box: [left, 0, side, side], problem });
  const [main, passing, moved] = [face(0, .2), face(.5, .4), face(.03, .2)];
  const following = new MainFace();
  const seen = [[[main], 0], [[passing, moved], 1], [[passing], 2], [[passing], 3]]
    .map(([faces, at]) => following.find(faces, at));
  return {
    stretches: stretches(points, 4, 4),
    runs: runs(points).map((run) => run.length),
    moods: [moodOf(scores(.4, .6, 0, 0)), moodOf(scores(.5, .5, 0, 0))],
    seen: [seen[0] === main, seen[1] === moved, seen[2], seen[3] === passing],
  };
}"""

STOP = """globalThis.readings = 0;
const send = globalThis.fetch;
globalThis.fetch = (address, options) => {
  if (address === "/api/read") readings += 1;
  if (readings === 2) document.querySelector("#curve-stop").click();
  return send(address, options);
};"""
"""Stops a video while its second picture is read."""


@pytest.fixture(scope="module")
def curve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of a happy face, and two without a face."""
    return videos.curve(tmp_path_factory.mktemp("curve") / "birthday.webm")


@pytest.fixture
def page(open_page: Open, chromium: Browser) -> Page:
    return open_page(chromium, reduced_motion="reduce")


def test_curve(page: Page) -> None:
    found = page.evaluate(CURVE)
    assert found["stretches"] == [[0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1]]
    assert found["runs"] == [2, 1]
    assert found["moods"] == [{"mood": "happy", "sure": True}, {"mood": "angry", "sure": False}]
    assert found["seen"] == [True, True, None, True]


def test_songs_follow_a_video(page: Page, curve: Path) -> None:
    sent: list[int] = []
    page.on("request", lambda each: sent.append(len(each.post_data_buffer or b"")))
    choose(page, curve)
    expect(page.locator("#curve").get_by_role("heading", name="birthday.webm")).to_be_visible()
    expect(page.get_by_role("heading", name="10 songs that follow the video")).to_be_visible()
    wait_for_songs(page)
    expect(page.get_by_role("img", name="Moods over 0:06: 100 % happy")).to_be_visible()
    expect(page.locator("#mood")).to_contain_text("They look mostly")
    expect(page.get_by_role("heading", name="Happy", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Stop reading")).to_be_hidden()
    expect(page.locator("#bars [data-highest=true]")).to_have_text("Happy")
    assert page.locator("#curve-chart path").first.get_attribute("d")
    assert curve.stat().st_size not in sent
    check(page, "video")
    page.get_by_role("button", name="Different songs").click()
    wait_for_songs(page)
    expect(page.get_by_role("heading", name="10 songs that follow the video")).to_be_visible()
    portrait(page)
    expect(page.locator("#curve")).to_be_hidden()
    expect(page.locator("#mood")).not_to_contain_text("mostly")


def test_stopped_video_keeps_what_was_read(open_page: Open, chromium: Browser, curve: Path) -> None:
    page = open_page(chromium, STOP)
    choose(page, curve)
    expect(page.locator("#curve-note")).to_have_text("Read up to 0:02.")
    wait_for_songs(page)
    assert page.evaluate("readings") == 2


def test_videos_that_cannot_be_read(page: Page, curve: Path, tmp_path: Path) -> None:
    empty = videos.empty_film(tmp_path / "empty.webm")
    cut, none = tmp_path / "cut.webm", tmp_path / "none.mp4"
    cut.write_bytes(curve.read_bytes()[:200])
    none.write_bytes(b"")
    words = page.locator("#picture-message-text")
    choose(page, empty)
    wait_for(page, "error")
    expect(words).to_have_text("No face found in this video. Try another one.")
    for file in (cut, none):
        choose(page, file)
        expect(words).to_have_text(
            "This browser can’t read this video. Choose an MP4 or WebM file."
        )
        wait_for(page, "error")
    portrait(page)
    expect(page.locator(SONG)).to_have_count(10)
