"""The sheet that shares and saves the songs."""

import json
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import Open, portrait, take_screenshot, titles

SHARING = """
navigator.canShare = () => true;
navigator.share = async (data) => {
  window.shared = { name: data.files[0].name, size: data.files[0].size, title: data.title };
  if (window.refusal) throw new DOMException("no", window.refusal);
};
"""


def open_share(page: Page) -> None:
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("dialog", name="Share")).to_be_visible()


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as saved:
        page.get_by_role("button", name=name).click()
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return path


def test_card_text_and_files(open_page: Open, chromium: Browser, tmp_path: Path) -> None:
    page = open_page(chromium, permissions=["clipboard-read", "clipboard-write"])
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_hidden()
    songs = titles(portrait(page))
    open_share(page)
    expect(page.get_by_role("img", name="Card: 10 happy songs")).to_be_visible()
    expect(page.get_by_role("button", name="Share…")).to_be_hidden()  # Chromium on Linux can't
    take_screenshot(page, "share")
    picture = Image.open(download(page, "Save card", tmp_path))
    assert (picture.format, picture.size) == ("PNG", (1080, 1350))
    assert len(picture.convert("RGB").resize((54, 67)).getcolors(9999) or []) > 200
    lines = download(page, "Save as M3U8", tmp_path).read_text().splitlines()
    assert [line.partition(" - ")[2] for line in lines[1::2]] == songs
    assert songs[9] in download(page, "Save as CSV", tmp_path).read_text()
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == "10 happy songs"
    assert [line.partition(". ")[2].partition(" – ")[0] for line in copied[1:]] == songs


def test_a_cancelled_share_is_silent(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium, script=SHARING))
    open_share(page)
    trouble = page.locator("#share-error")
    for refusal in ("", "AbortError", "DataError"):
        page.evaluate("(refusal) => { window.shared = null; window.refusal = refusal; }", refusal)
        page.get_by_role("button", name="Share…").click()
        page.wait_for_function("() => window.shared?.size > 10000")
        if refusal == "DataError":
            expect(trouble).to_contain_text("couldn’t share the card")
        else:
            expect(trouble).to_be_empty()
    shared = json.loads(page.evaluate("JSON.stringify(window.shared)"))
    assert (shared["name"], shared["title"]) == ("musicalface-happy.png", "10 happy songs")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.get_by_role("button", name="Copy as text").click()
    expect(trouble).to_contain_text("didn’t copy the list")
