"""Photos beside the camera: chosen, dropped, and the sample portrait."""

import base64
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

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


def test_the_sample_portrait_needs_no_camera(page: Page) -> None:
    traffic = Traffic(page)
    portrait(page)
    expect(page.get_by_role("heading", name="Happy", exact=True)).to_be_visible()
    expect(page.locator("#mood")).to_contain_text("The photo looks")
    expect(page.get_by_role("img", name="The photo that is read")).to_be_visible()
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    assert page.locator("#photo").evaluate("photo => photo.src").startswith("blob:")
    page.get_by_role("button", name="Relaxed is my mood").click()
    expect(page.get_by_role("heading", name="10 relaxed songs")).to_be_visible()
    assert traffic.addresses == []


def test_a_photo_is_chosen_or_dropped(page: Page, two_faces: Path) -> None:
    choose(page, PORTRAIT)
    wait_for(page, "photo")
    expect(page.locator(SONG)).to_have_count(10)
    with page.expect_response("**/api/read") as answered:
        drop(page, two_faces, "image/png")
    assert len(answered.value.json()["faces"]) == 2
    wait_for(page, "photo")
    expect(page.get_by_role("heading", name="Happy", exact=True)).to_be_visible()


def test_photos_that_cannot_be_read(page: Page, tmp_path: Path) -> None:
    gray, text = tmp_path / "gray.png", tmp_path / "notes.txt"
    Image.new("RGB", (200, 200), "gray").save(gray)
    text.write_text("no photo")
    choose(page, gray)
    wait_for(page, "trouble")
    expect(page.locator("#curtain-words")).to_have_text(
        "There is no face in this photo: try another."
    )
    drop(page, text, "text/plain")
    expect(page.locator("#curtain-words")).to_contain_text("is not a picture")
    portrait(page)


def test_photos_that_are_too_large(page: Page, tmp_path: Path) -> None:
    bytes_, pixels = tmp_path / "bytes.jpg", tmp_path / "pixels.png"
    with bytes_.open("wb") as file:
        file.truncate(51_000_000)
    choose(page, bytes_)
    wait_for(page, "trouble")
    expect(page.locator("#curtain-words")).to_contain_text("more than 50 megabytes")
    Image.new("1", (20_000, 10_001)).save(pixels)
    choose(page, pixels)
    expect(page.locator("#curtain-words")).to_contain_text("100 megapixels")
    wait_for(page, "trouble")
    portrait(page)


def test_a_photo_that_is_too_large_ends_the_camera(
    open_page: Open, somebody: Browser, tmp_path: Path
) -> None:
    page = look(open_page(somebody))
    with (tmp_path / "large.jpg").open("wb") as file:
        file.truncate(51_000_000)
    choose(page, tmp_path / "large.jpg")
    wait_for(page, "trouble")
    page.wait_for_timeout(500)  # of frames, if there were any
    expect(page.locator("#curtain-words")).to_contain_text("more than 50 megabytes")


def test_a_photo_is_put_away_by_escape(page: Page) -> None:
    portrait(page)
    page.keyboard.press("Escape")
    wait_for(page, "stopped")
    expect(page.get_by_role("img", name="The photo that is read")).to_be_hidden()
    expect(page.locator(SONG)).to_have_count(10)
