"""BrowserPlayer in a real browser, with Spotify's player: a fake of its embed API."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from musicalface.errors import PlayerError
from musicalface.mood import MoodScores
from musicalface.players import Capability
from musicalface.players.page import BrowserPlayer
from musicalface.songs import Song
from tests.browser import TIMEOUT

MOODS = MoodScores.of((0.1, 0.7, 0.1, 0.1))
SONGS = [
    Song("Queen", "Don't Stop Me Now", MOODS, spotify_id="a" * 22),
    Song("Nobody <b>", "Unknown & Unheard", MOODS),
    Song("Pharrell Williams", "Happy", MOODS, spotify_id="b" * 22),
    Song("Bill Withers", "Lovely Day", MOODS, spotify_id="c" * 22),
]
# Behaves as Spotify's script: a controller creates an iframe, loads, plays and sends updates.
EMBED_API = """
class Controller {
  constructor(place, options) {
    this.listeners = {};
    this.frame = document.createElement("iframe");
    place.replaceWith(this.frame);
    this.loadUri(options.uri);
  }
  addListener(name, listener) { (this.listeners[name] ??= []).push(listener); }
  tell(state) {
    const data = { playingURI: this.uri, ...state };
    (this.listeners.playback_update ?? []).forEach((listener) => listener({ data }));
  }
  loadUri(uri) {
    this.paused = true;
    this.uri = uri;
    this.frame.src = "https://open.spotify.com/embed/track/" + uri.split(":")[2];
  }
  play() { this.paused = false; this.tell({ isPaused: false, position: 1000, duration: 30000 }); }
  pause() { this.paused = true; this.tell({ isPaused: true, position: 5000, duration: 30000 }); }
  togglePlay() { this.paused ? this.play() : this.pause(); }
}
window.onSpotifyIframeApiReady({
  createController(place, options, done) {
    window.controller = new Controller(place, options);
    done(window.controller);
  },
});
"""


class Spotify:
    """Answers requests to Spotify, and records them."""

    def __init__(self, has_api: bool = True) -> None:
        self.has_api = has_api
        self.requests: list[str] = []
        self.elsewhere: list[str] = []

    def answer(self, route: Route) -> None:
        url = route.request.url
        if not url.startswith("https://open.spotify.com/embed"):
            self.elsewhere.append(url)
            route.abort()
        elif "iframe-api" in url and self.has_api:
            route.fulfill(body=EMBED_API, content_type="text/javascript")
        elif "iframe-api" in url:
            route.abort()
        else:
            self.requests.append(url.rpartition("/")[2])
            route.fulfill(body="<p>Spotify's player</p>", content_type="text/html")


@pytest.fixture
def player() -> Iterator[BrowserPlayer]:
    player = BrowserPlayer("4 happy songs")
    with player.page:
        player.play(SONGS)
        yield player


@pytest.fixture
def spotify(tab: Page) -> Spotify:
    spotify = Spotify()
    tab.route(re.compile("^https:"), spotify.answer)
    return spotify


def visit(player: BrowserPlayer, tab: Page) -> None:
    tab.goto(player.page.address)
    tab.wait_for_selector("#player:not([aria-busy])")
    tab.get_by_label("Play songs with").select_option("spotify")


def start(player: BrowserPlayer, tab: Page) -> None:
    """Visit the page, and play the first song."""
    visit(player, tab)
    tab.get_by_role("button", name="Play", exact=True).click()
    expect(tab.get_by_role("button", name="Pause")).to_be_visible()
    expect(tab.locator("[aria-current]")).to_contain_text("Don't Stop Me Now")


def assert_requested(tab: Page, spotify: Spotify, tracks: str) -> None:
    """Wait for the requests to Spotify, and check that they are for these tracks (a to d)."""
    ids = [letter * 22 for letter in tracks]
    attempts = TIMEOUT // 20
    while len(spotify.requests) < len(ids) and attempts:
        tab.wait_for_timeout(20)
        attempts -= 1
    assert spotify.requests == ids


def test_embed_plays_the_songs_in_order(player: BrowserPlayer, tab: Page, spotify: Spotify) -> None:
    visit(player, tab)
    expect(tab.get_by_role("heading", name="4 happy songs")).to_be_visible()
    expect(tab.locator("#now-title")).to_have_text("Don't Stop Me Now")
    assert (spotify.requests, spotify.elsewhere) == ([], [])
    tab.get_by_role("button", name="Play", exact=True).click()
    assert_requested(tab, spotify, "a")
    expect(tab).to_have_title("Don't Stop Me Now · Queen")
    tab.get_by_role("button", name="Next").click()
    expect(tab.locator("[aria-current]")).to_contain_text("Happy")
    tab.get_by_role("button", name="Next").click()
    expect(tab.locator("[aria-current]")).to_contain_text("Lovely Day")
    expect(tab.get_by_role("button", name="Next")).to_be_disabled()
    tab.get_by_role("button", name="Previous").click()
    expect(tab.locator("[aria-current]")).to_contain_text("Happy")
    assert_requested(tab, spotify, "abcb")
    assert spotify.elsewhere == []


def test_ended_song_advances_exactly_once(
    player: BrowserPlayer, tab: Page, spotify: Spotify
) -> None:
    start(player, tab)
    first = f"playingURI: 'spotify:track:{'a' * 22}', isPaused: false, duration: 30000"
    for position in (5000, 30000, 30000, 30000):
        tab.evaluate(f"controller.tell({{{first}, position: {position}}})")
    expect(tab.locator("[aria-current]")).to_contain_text("Happy")
    assert_requested(tab, spotify, "ab")


@pytest.mark.parametrize(
    "last",
    [
        "{isPaused: true, position: 29600}",  # the last update comes before the end
        "{isPaused: true, position: 0}",
        "{isPaused: false, position: 10, playingURI: 'spotify:track:other'}",  # Spotify's choice
    ],
)
def test_end_of_song_events(player: BrowserPlayer, tab: Page, spotify: Spotify, last: str) -> None:
    start(player, tab)
    tab.evaluate("controller.tell({isPaused: false, position: 28700, duration: 30000})")
    tab.evaluate(f"controller.tell({{duration: 30000, ...{last}}})")
    expect(tab.locator("[aria-current]")).to_contain_text("Happy")
    assert_requested(tab, spotify, "ab")


@pytest.mark.parametrize(
    "state",
    [
        "{isPaused: true, position: 20000}",
        "{isPaused: true, position: 0}",  # the person went back to the beginning
        "{isPaused: true, isBuffering: true, position: 29500}",
        "{isPaused: false, position: 10, playingURI: 'spotify:track:other'}",
    ],
)
def test_events_that_are_not_an_end(
    player: BrowserPlayer, tab: Page, spotify: Spotify, state: str
) -> None:
    start(player, tab)
    tab.evaluate("controller.tell({isPaused: false, position: 12000, duration: 30000})")
    tab.evaluate(f"controller.tell({{duration: 30000, ...{state}}})")
    tab.get_by_role("button", name="Next").click()
    expect(tab.locator("[aria-current]")).to_contain_text("Happy")
    assert_requested(tab, spotify, "ab")


def test_play_after_the_last_song_replays_it(
    player: BrowserPlayer, tab: Page, spotify: Spotify
) -> None:
    visit(player, tab)
    tab.get_by_role("button", name="Lovely Day Bill").click()
    expect(tab.get_by_role("button", name="Pause")).to_be_visible()
    tab.evaluate("controller.tell({isPaused: true, position: 29900, duration: 30000})")
    expect(tab.get_by_role("button", name="Play", exact=True)).to_be_visible()
    tab.get_by_role("button", name="Play", exact=True).click()
    expect(tab.get_by_role("button", name="Pause")).to_be_visible()


def test_song_without_an_id_is_a_link(player: BrowserPlayer, tab: Page, spotify: Spotify) -> None:
    visit(player, tab)
    row = tab.get_by_role("listitem").filter(has_text="Unknown & Unheard")
    expect(row).to_contain_text("Nobody <b>")
    expect(row.get_by_role("button")).to_have_count(1)
    row.get_by_role("button", name="About Unknown & Unheard").click()
    href = "https://open.spotify.com/search/Nobody%20%3Cb%3E%20Unknown%20%26%20Unheard"
    expect(row.get_by_role("link", name="Spotify")).to_have_attribute("href", href)
    expect(tab.get_by_text("30 seconds of each song")).to_be_visible()


def test_without_the_script_a_plain_iframe_is_used(
    player: BrowserPlayer, tab: Page, spotify: Spotify
) -> None:
    spotify.has_api = False
    visit(player, tab)
    tab.get_by_role("button", name="Play", exact=True).click()
    expect(tab.get_by_text("Press play in Spotify’s player.")).to_be_visible()
    expect(tab.locator("iframe")).to_have_attribute(
        "src", f"https://open.spotify.com/embed/track/{'a' * 22}"
    )
    tab.get_by_role("button", name="Lovely Day Bill").click()
    expect(tab.locator("iframe")).to_have_attribute(
        "src", f"https://open.spotify.com/embed/track/{'c' * 22}"
    )


def test_keyboard_controls(player: BrowserPlayer, tab: Page, spotify: Spotify) -> None:
    start(player, tab)
    tab.keyboard.press("n")
    expect(tab.locator("[aria-current]")).to_contain_text("Happy")
    tab.keyboard.press("p")
    expect(tab.locator("[aria-current]")).to_contain_text("Don't Stop Me Now")
    expect(tab.get_by_role("button", name="Pause")).to_be_visible()
    tab.keyboard.press("Space")
    expect(tab.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_open_page_receives_player_commands(
    player: BrowserPlayer, tab: Page, spotify: Spotify
) -> None:
    start(player, tab)
    player.next()
    expect(tab.locator("[aria-current]")).to_contain_text("Happy")
    player.pause()
    expect(tab.get_by_role("button", name="Play", exact=True)).to_be_visible()
    player.queue(Song("Adele", "Hello", MOODS, spotify_id="d" * 22))
    expect(tab.get_by_role("listitem")).to_have_count(5)
    expect(tab.locator("[aria-current]")).to_contain_text("Happy")
    player.play([Song("Adele", "Hello", MOODS, spotify_id="d" * 22)])
    expect(tab.get_by_role("listitem")).to_have_count(1)
    expect(tab.locator("[aria-current]")).to_contain_text("Hello")
    assert_requested(tab, spotify, "abd")


def test_page_reports_a_stopped_server(tab: Page, spotify: Spotify) -> None:
    player = BrowserPlayer("1 happy song")
    with player.page:
        player.play(SONGS[:1])
        visit(player, tab)
        expect(tab.locator("#now-title")).to_be_visible()
    expect(tab.locator("#player-error")).to_contain_text("MusicalFace isn’t running")


def test_host_and_secret_are_checked(player: BrowserPlayer) -> None:
    address = player.page.address
    origin = address[: address.index("/", 8)]
    page = httpx.get(address)
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    assert httpx.get(f"{origin}/").status_code == 404
    assert httpx.get(f"{origin}/guess/songs").status_code == 404
    for host in ("evil.example", "localhost:1", origin.removeprefix("http://") + "0"):
        assert httpx.get(address, headers={"Host": host}).status_code == 421
    for path in ("../page.js", "server.py", "%2e%2e/links.py", "audio/0", "static/page.js"):
        assert httpx.get(address + path).status_code == 404
    assert httpx.post(f"{address}songs").status_code == 405


def test_the_page_listens_on_loopback_only(player: BrowserPlayer) -> None:
    assert player.page.address.startswith("http://127.0.0.1:")


def test_unsupported_capabilities(player: BrowserPlayer) -> None:
    assert player.capabilities == {
        Capability.PLAY,
        Capability.QUEUE,
        Capability.PAUSE,
        Capability.NEXT,
    }
    with pytest.raises(PlayerError, match="browser can't like a song"):
        player.like(SONGS[0])
    with pytest.raises(PlayerError, match="save a playlist"):
        player.save("x", SONGS)
