"""The hearts of songs on the page."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from musicalface.songs import likes
from tests.players.spotify_client import log_in
from tests.spotify.server import Server
from tests.spotify.state import SpotifyState
from tests.web.browser import SONG, Open, portrait, take_screenshot, titles


def test_a_heart_fills_at_once_and_is_kept(open_page: Open, chromium: Browser) -> None:
    page = portrait(open_page(chromium))
    first, second = titles(page)[:2]
    row = page.locator(SONG).first.get_by_role("button", name=f"Like {first}")
    bar = page.get_by_role("region", name="Player").get_by_role("button", name=f"Like {first}")
    with page.expect_response("**/api/likes"):
        bar.click()
    for heart in (row, bar):
        expect(heart).to_have_attribute("aria-pressed", "true")
    assert [like.title for like in likes.load()] == [first]
    with page.expect_response("**/api/likes"):
        row.click()
    expect(bar).to_have_attribute("aria-pressed", "false")
    assert likes.load() == []
    page.route("**/api/likes", lambda route: route.fulfill(status=500, body="{}"))
    other = page.get_by_role("button", name=f"Like {second}")
    other.click()
    expect(page.locator("#player-error")).to_contain_text("Reload the page")
    expect(other).to_have_attribute("aria-pressed", "false")


def test_a_heart_also_likes_on_a_connected_spotify(
    fake_spotify: Server, spotify_state: SpotifyState, open_page: Open, chromium: Browser
) -> None:
    log_in(spotify_state)
    page = portrait(open_page(chromium))
    heart = page.locator(SONG).first.locator(".heart")
    heart.click()
    expect(page.get_by_text("Also added to Liked Songs on Spotify.")).to_be_visible()
    assert len(spotify_state.liked) == len(likes.load()) == 1
    heart.click()
    expect(page.get_by_text("It stays in Liked Songs on Spotify.")).to_be_visible()
    assert len(spotify_state.liked) == 1
    assert likes.load() == []


def test_liked_songs_are_listed_exported_and_imported(
    open_page: Open, chromium: Browser, tmp_path: Path
) -> None:
    likes.add([likes.new_like("Can", "Vitamin C")])
    page = portrait(open_page(chromium))
    first = titles(page)[0]
    page.get_by_role("button", name=f"Like {first}").first.click()
    expect(page.locator("#like")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="History").click()
    panel = page.get_by_role("region", name="Liked songs")
    panel.get_by_text("2 songs").click()
    expect(panel.get_by_role("listitem")).to_contain_text([first, "Vitamin C"])
    take_screenshot(page, "likes")
    with page.expect_download() as saved:
        panel.get_by_role("button", name="Export CSV").click()
    saved.value.save_as(tmp_path / "likes.csv")
    panel.get_by_role("button", name="Clear liked songs").click()
    panel.get_by_role("button", name="Press again to confirm").click()
    expect(panel).to_contain_text("No liked songs yet")
    expect(page.locator("#like")).to_have_attribute("aria-pressed", "false")
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG")
    page.set_input_files("#likes-file", tmp_path / "photo.csv")
    expect(panel.get_by_role("alert")).to_contain_text("has no liked songs")
    page.set_input_files("#likes-file", tmp_path / "likes.csv")
    expect(panel.get_by_role("status")).to_contain_text("2 songs added.")
    expect(page.locator("#like")).to_have_attribute("aria-pressed", "true")
