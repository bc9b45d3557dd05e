"""The library on the page: folders are found without typing, and songs get a mood."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from musicalface.library import folder_browser, open_library
from musicalface.mood import Mood
from tests.audio_files import mp3
from tests.conftest import SONG as WORDS
from tests.web.browser import SONG, Open, choose_player, take_screenshot, wait_for_songs
from tests.web.test_page_photo import DROP

FOLDER = "DataTransferItem.prototype.webkitGetAsEntry = () => ({ isDirectory: true });"
"""Makes each dropped file a folder; a script can't create one."""


@pytest.fixture
def music(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The music folder of a user, with a folder that holds a sad song and one without a mood."""
    music = tmp_path / "user" / "Music"
    mp3(music / "Soul" / "a.mp3", "The Singer", "A Song", WORDS.read_text())
    mp3(music / "Soul" / "b.mp3", "The Band", "No Words")
    (tmp_path / "user" / ".hidden").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setattr(folder_browser, "user_music_path", lambda: music)
    monkeypatch.setattr(folder_browser, "_MOUNTS", ())
    return music


def check(page: Page, name: str) -> None:
    """Run axe, and save a screenshot."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "iframes": False})
    assert found.violations_count == 0, found.generate_report()
    take_screenshot(page, name)


def test_folder_is_found_without_typing(music: Path, open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, reduced_motion="reduce")
    page.get_by_role("button", name="Music sources").click()
    expect(page.locator("#suggestion")).to_contain_text(str(music))
    page.get_by_role("button", name="Choose a folder…").click()
    browser = page.get_by_role("dialog", name="Choose a music folder")
    expect(browser.get_by_role("listitem")).to_have_text(["Music", "Home"])
    browser.get_by_role("button", name="Home").click()
    expect(browser.get_by_role("listitem")).to_have_text(["Music"])
    browser.get_by_role("button", name="Music").click()
    browser.get_by_role("button", name="Soul").click()
    expect(browser.get_by_role("heading", name=str(music / "Soul"))).to_be_focused()
    expect(browser.get_by_role("status")).to_contain_text("2 sound files here")
    check(page, "folder-browser")
    browser.get_by_role("button", name="Back").click()
    expect(browser.get_by_role("button", name="Soul")).to_be_visible()
    (music / "Soul").rename(music / "Funk")
    browser.get_by_role("button", name="Soul").click()
    expect(browser.get_by_role("alert")).to_contain_text("can't be opened")
    browser.get_by_role("button", name="Add this folder").click()
    expect(browser).to_be_hidden()
    expect(page.locator("#folders strong")).to_have_text(str(music))
    expect(page.locator("#folders span")).to_have_text("2 songs (1 not yet sorted by mood)")
    expect(page.locator("#suggestion")).to_be_hidden()
    page.get_by_role("button", name=f"Scan again {music}").click()
    expect(page.locator("#library-error")).to_be_empty()
    check(page, "music-sources")


def test_dropped_and_suggested_folders(music: Path, open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium, FOLDER)
    assert page.evaluate(DROP, ["Music", "", ""])
    browser = page.get_by_role("dialog", name="Choose a music folder")
    expect(browser).to_contain_text("Your browser doesn’t say where that folder is.")
    browser.get_by_role("button", name="Close").click()
    page.get_by_role("dialog", name="Music sources").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Music sources").click()
    page.locator("#suggestion").get_by_role("button", name="Add this folder").click()
    expect(page.locator("#folders strong")).to_have_text(str(music))


def test_songs_get_a_mood_where_the_library_has_none(
    music: Path, open_page: Open, chromium: Browser
) -> None:
    with open_library() as library:
        library.add([music])
    page = open_page(chromium, reduced_motion="reduce")
    page.locator("[data-do=portrait]:visible").click()
    wait_for_songs(page)
    choose_player(page, "local")
    trouble = page.locator("#songs-error")
    expect(trouble).to_contain_text("No happy songs in your library yet.")
    expect(trouble).not_to_contain_text("musicalface")
    expect(trouble.get_by_role("button", name="Try again")).to_have_count(0)
    trouble.get_by_role("button", name="Sort songs").click()
    sorter = page.get_by_role("dialog", name="Sort your songs")
    song = sorter.get_by_role("group", name="Mood of No Words")
    song.get_by_role("button", name="Angry").click()
    expect(song.get_by_role("button", name="Angry")).to_have_attribute("aria-pressed", "true")
    song.get_by_role("button", name="Happy").click()
    expect(song.get_by_role("button", name="Happy")).to_have_attribute("aria-pressed", "true")
    expect(song.get_by_role("button", name="Angry")).to_have_attribute("aria-pressed", "false")
    check(page, "song-sorter")
    sorter.get_by_label("Songs").select_option("sad")
    expect(sorter.get_by_role("listitem")).to_contain_text("A Song")
    sorter.get_by_role("button", name="Close").click()
    expect(page.locator(SONG)).to_have_count(1)
    expect(page.locator(SONG)).to_contain_text("No Words")
    with open_library() as library:
        assert [song.title for song in library.list_songs(Mood.HAPPY)] == ["No Words"]


def test_missing_mood_plays_from_deezer(music: Path, open_page: Open, chromium: Browser) -> None:
    with open_library() as library:
        library.add([music])
    page = open_page(chromium)
    page.locator("[data-do=portrait]:visible").click()
    wait_for_songs(page)
    choose_player(page, "local")
    page.get_by_role("button", name="Play happy songs from Deezer").click()
    wait_for_songs(page)
    expect(page.get_by_role("heading", name="10 happy songs")).to_be_visible()
    expect(page.locator("#songs-error")).to_be_empty()


def test_an_empty_library_offers_to_add_a_folder(
    music: Path, open_page: Open, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_OFFLINE", "1")
    page = open_page(chromium, player="")
    page.get_by_role("button", name="Or just pick a mood.").click()
    page.get_by_role("button", name="My mood is Sad").click()
    trouble = page.locator("#songs-error")
    expect(trouble).to_contain_text("No sad songs in your library yet.")
    expect(trouble.get_by_role("button")).to_have_text(["Add a folder"])
    trouble.get_by_role("button").click()
    sources = page.get_by_role("dialog", name="Music sources")
    sources.get_by_role("button", name="Add this folder").click()
    expect(page.locator(SONG)).to_have_count(1)
    expect(trouble).to_be_empty()
    sources.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="My mood is Angry").click()
    expect(trouble.get_by_role("button")).to_have_text(["Sort songs"])
