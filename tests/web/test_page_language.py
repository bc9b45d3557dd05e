"""The page in a made-up language, whose sentences stand in ⟦brackets⟧."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from musicalface.players.page import BrowserPlayer
from musicalface.sentences import read_sentences, sentences
from tests.players.test_spotify_embed_player import SONGS
from tests.web.browser import Open, portrait

LANGUAGE = "qaa"  # reserved for private use
FROM_API = (
    ".song-list, #songs-title, #songs-reason, .now, #output-name, .choice, #live-region, .moment, "
    "#suggestion-path, code, kbd, script, noscript"
)
TEXTS = """(fromApi) => {
  const found = [];
  const shown = (element) => !element.closest(fromApi);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (shown(texts.currentNode.parentElement)) found.push(texts.currentNode.data);
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const each of document.querySelectorAll(`[${name}]`)) if (shown(each)) found.push(each.getAttribute(name));
  return found.join("\\n");
}"""  # noqa: E501
SHEETS = ("share", "history", "settings", "help", "sources")


def in_brackets(found: Any) -> Any:
    if isinstance(found, str):
        return f"⟦{found}⟧"
    return {name: in_brackets(each) for name, each in found.items()}


@pytest.fixture(autouse=True)
def made_up_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    language = in_brackets(read_sentences())
    language["page"]["language"] = LANGUAGE
    (tmp_path / f"{LANGUAGE}.json").write_text(json.dumps(language), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(sentences, "FOLDER", tmp_path)
        patch.setenv("MUSICALFACE_LANGUAGE", LANGUAGE)
        yield


def assert_translated(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", LANGUAGE)
    text = page.evaluate(TEXTS, FROM_API)
    while (rest := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = rest
    assert set(re.findall("[A-Za-z]{2,}", text)) <= {"MusicalFace", "Deezer", "Spotify", "Esc"}


def test_whole_page(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, player="")
    assert_translated(page)
    expect(page.get_by_role("heading", name="⟦Music that fits your face.⟧")).to_be_visible()
    portrait(page)
    expect(page.locator("#mood-before")).to_have_text("⟦This face looks⟧")
    expect(page.locator("#mood-name")).to_have_text("⟦Happy⟧")
    assert_translated(page)
    page.locator("#output").click()
    expect(page.get_by_role("dialog", name="⟦Play songs with⟧")).to_be_visible()
    assert_translated(page)
    page.keyboard.press("Escape")


@pytest.mark.parametrize("name", SHEETS)
def test_sheets(open_page: Open, chromium: Browser, name: str) -> None:
    page = portrait(open_page(chromium, player=""))
    page.locator(f"#open-{name}").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert_translated(page)


def test_pages_of_the_other_servers(tab: Page, chromium: Browser, open_page: Open) -> None:
    player = BrowserPlayer("4 happy songs")
    with player.page:
        player.play(SONGS)
        tab.goto(player.page.address)
        tab.wait_for_selector("#player:not([aria-busy])")
        expect(tab.locator("html")).to_have_attribute("lang", LANGUAGE)
        expect(tab.locator(".note")).to_contain_text("⟦You hear 30 seconds")
        tab.keyboard.press("?")
        expect(tab.get_by_role("dialog", name="⟦Keyboard shortcuts⟧")).to_be_visible()
    page = open_page(chromium)
    page.goto(f"{page.url}not-running")
    expect(page.locator("html")).to_have_attribute("lang", LANGUAGE)
    expect(page.get_by_role("heading", name="⟦MusicalFace isn’t running.⟧")).to_be_visible()
