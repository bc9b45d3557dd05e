"""Photos on the page: chosen, dropped, and the sample photo."""

import base64
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from musicalface.web.server import AppServer
from tests.browser import expect_value
from tests.conftest import PORTRAIT
from tests.web.browser import SONG, Open, Traffic, look, portrait, wait_for

DROP = """([name, kind, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type: kind }));
  const happen = (what) => document.querySelector("main").dispatchEvent(
    new DragEvent(what, { dataTransfer, bubbles: true, cancelable: true }));
  happen("dragenter");
  const welcome = !document.querySelector("#drop").hidden;
  happen("drop");
  return welcome && document.querySelector("#drop").hidden;
}"""


@pytest.fixture
def page(open_page: Open, chromium: Browser) -> Page:
    return open_page(chromium)


def choose(page: Page, photo: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("[data-do=photo]:visible").click()
    chooser.value.set_files(photo)


def drop(page: Page, photo: Path, kind: str) -> None:
    content = base64.b64encode(photo.read_bytes()).decode()
    assert page.evaluate(DROP, [photo.name, kind, content])


def test_sample_portrait_needs_no_camera(page: Page) -> None:
    traffic = Traffic(page)
    portrait(page)
    expect(page.get_by_role("heading", name="Happy", exact=True)).to_be_visible()
    expect(page.locator("#mood")).to_contain_text("This face looks")
    expect(page.get_by_role("img", name="Selected photo")).to_be_visible()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    assert page.locator("#photo").evaluate("photo => photo.src").startswith("blob:")
    page.get_by_role("button", name="My mood is Relaxed").click()
    expect(page.get_by_role("heading", name="10 relaxed songs")).to_be_visible()
    assert traffic.addresses == []


def test_photo_can_be_chosen_or_dropped(page: Page, two_faces: Path) -> None:
    choose(page, PORTRAIT)
    wait_for(page, "photo")
    expect(page.locator(SONG)).to_have_count(10)
    with page.expect_response("**/api/read") as answered:
        drop(page, two_faces, "image/png")
    assert len(answered.value.json()["faces"]) == 2
    wait_for(page, "photo")
    expect(page.get_by_role("heading", name="Happy", exact=True)).to_be_visible()


def test_unreadable_photos(page: Page, tmp_path: Path) -> None:
    gray, text = tmp_path / "gray.png", tmp_path / "notes.txt"
    Image.new("RGB", (200, 200), "gray").save(gray)
    text.write_text("no photo")
    choose(page, gray)
    wait_for(page, "error")
    expect(page.locator("#picture-message-text")).to_have_text(
        "No face found in this photo. Try another one."
    )
    drop(page, text, "text/plain")
    expect(page.locator("#picture-message-text")).to_contain_text("isn't a photo")
    expect(page.get_by_role("button", name="Look at me")).to_be_hidden()  # nor "Try again"
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose another photo").click()
    chooser.value.set_files(PORTRAIT)
    wait_for(page, "photo")
    expect(page.get_by_role("heading", name="Happy", exact=True)).to_be_visible()


def test_face_that_cannot_be_read_says_why(page: Page, tmp_path: Path) -> None:
    small = tmp_path / "small.png"
    with Image.open(PORTRAIT) as photo:
        photo.resize((94, 94)).save(small)
    choose(page, small)
    wait_for(page, "photo")
    expect(page.get_by_role("heading", name="We can’t read this face")).to_be_visible()
    expect(page.locator("#mood-note")).to_contain_text("It’s too small. Try another photo")
    page.get_by_role("button", name="My mood is Sad").click()
    expect(page.get_by_role("heading", name="10 sad songs")).to_be_visible()


def test_expression_with_another_name_than_its_mood_is_named(page: Page) -> None:
    def surprise(route: Route) -> None:
        answer = route.fetch().json()
        shares = dict.fromkeys(answer["expressions"], 0.05) | {"surprise": 0.7}
        route.fulfill(json=answer | {"expressions": shares, "mood": "relaxed"})

    page.route("**/api/read", surprise)
    portrait(page)
    expect(page.get_by_role("heading", name="Relaxed", exact=True)).to_be_visible()
    expect(page.locator("#mood-note")).to_have_text("Mostly surprised: played as relaxed.")


def test_too_large_photos(page: Page, tmp_path: Path) -> None:
    bytes_, pixels = tmp_path / "bytes.jpg", tmp_path / "pixels.png"
    with bytes_.open("wb") as file:
        file.truncate(51_000_000)
    choose(page, bytes_)
    wait_for(page, "error")
    expect(page.locator("#picture-message-text")).to_contain_text("larger than 50 MB")
    Image.new("1", (20_000, 10_001)).save(pixels)
    choose(page, pixels)
    expect(page.locator("#picture-message-text")).to_contain_text("100 megapixels")
    wait_for(page, "error")
    portrait(page)


def test_too_large_photo_stops_the_camera(
    app: AppServer, open_page: Open, camera_browser: Browser, tmp_path: Path
) -> None:
    page = look(open_page(camera_browser))
    with (tmp_path / "large.jpg").open("wb") as file:
        file.truncate(51_000_000)
    choose(page, tmp_path / "large.jpg")
    wait_for(page, "error")
    expect_value(page, lambda: app.app.state.inference_pool.sockets, 0)
    expect(page.locator("#picture-message-text")).to_contain_text("larger than 50 MB")


def test_escape_closes_the_photo(page: Page) -> None:
    portrait(page)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    plays = page.locator("[aria-current] .title").inner_text()
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    expect(page.get_by_role("img", name="Selected photo")).to_be_hidden()
    expect(page.get_by_role("heading", name=plays, exact=True)).to_be_visible()
    expect(page.locator("#picture-message-text")).to_contain_text("No photo")
    expect(page.locator(SONG)).to_have_count(10)
