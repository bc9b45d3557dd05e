"""Votes of the face on the song that plays: made sequences, and the page."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from playwright.sync_api import TimeoutError as TooLate

from musicalface.web.server import AppServer
from tests.web.browser import Open, take_screenshot, wait_for, wait_for_songs

NEUTRAL = {
    name: 0.9 if name == "neutral" else 0.01
    for name in ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
}
SMILE = {**NEUTRAL, "neutral": 0.1, "happy": 0.8}
FROWN = {**NEUTRAL, "neutral": 0.1, "angry": 0.5, "sad": 0.3}
PLAY, PAUSE, SONG = "play", "pause", "song"
# [steps, votes]: a step is (face or command, seconds); faces are read ten times a second.
SEQUENCES: dict[str, tuple[list[tuple[Any, float]], list[Any]]] = {
    "a smile of three seconds": ([(PLAY, 0), (NEUTRAL, 5), (SMILE, 3.2)], ["like"]),
    "a smile from the first moment": ([(PLAY, 0), (SMILE, 3.2)], ["like"]),
    "one vote for each song": ([(PLAY, 0), (SMILE, 9), (NEUTRAL, 2), (SMILE, 9)], ["like"]),
    "too short": ([(PLAY, 0), (SMILE, 2.5), (NEUTRAL, 1), (SMILE, 2.5)], []),
    "a reading that differs": ([(PLAY, 0), (SMILE, 2), (NEUTRAL, 0.2), (SMILE, 1.2)], ["like"]),
    "a face that leaves": ([(PLAY, 0), (SMILE, 2), (None, 1), (SMILE, 2)], []),
    "one reading without a face": (
        [(PLAY, 0), (SMILE, 2), (None, 0.1), ("wait", 1), (SMILE, 2)],
        [],
    ),
    "no readings": ([(PLAY, 0), (SMILE, 2), ("wait", 3), (SMILE, 2)], []),
    "after half a minute": ([(PLAY, 0), (NEUTRAL, 29), (SMILE, 5)], []),
    "a smile from before": ([(SMILE, 2), (PLAY, 0), (SMILE, 9)], []),
    "a smile that outlasts a song": ([(PLAY, 0), (SMILE, 4), (SONG, 0), (SMILE, 9)], ["like"]),
    "nothing plays": ([(SMILE, 9), (FROWN, 3), ("next", 0)], []),
    "a pause": ([(PLAY, 0), (NEUTRAL, 1), (PAUSE, 0), (SMILE, 5), (PLAY, 0), (SMILE, 5)], []),
    "a frown and next": ([(PLAY, 0), (NEUTRAL, 40), (FROWN, 1.5), ("next", 0)], ["against"]),
    "next much later": ([(PLAY, 0), (FROWN, 1.5), (NEUTRAL, 11), ("next", 0)], []),
    "a short frown": ([(PLAY, 0), (FROWN, 0.8), (NEUTRAL, 1), ("next", 0)], []),
    "a frown at another song": ([(PLAY, 0), (FROWN, 2), (SONG, 0), (NEUTRAL, 1), ("next", 0)], []),
    "only next": ([(PLAY, 0), (NEUTRAL, 5), ("next", 0)], []),
}
RUN = """async (steps) => {
  const { ReactionDetector } = await import("/static/js/reaction-detector.js");
  const detector = new ReactionDetector();
  const votes = [];
  let at = 1000;
  detector.startSong(at);
  for (const [what, seconds] of steps) {
    if (what === "play" || what === "pause") detector.setPlaying(what === "play", at);
    else if (what === "song") detector.startSong(at);
    else if (what === "next") { if (detector.next(at)) votes.push("against"); }
    else if (what === "wait") at += seconds;
    else for (const end = at + seconds; at < end - 1e-6;) {
      at += 0.1;
      if (detector.add(what, at)) votes.push("like");
    }
  }
  return votes;
}"""


class Face:
    """Answers the frames of the page's camera with a made reading."""

    def __init__(self, page: Page) -> None:
        self.expressions, self.answered = NEUTRAL, 0
        page.route_web_socket(re.compile("/api/sight"), self._connect)
        page.reload()
        page.wait_for_selector("html[data-ready]")
        self.page = page

    def _connect(self, socket: WebSocketRoute) -> None:
        socket.on_message(lambda _: self._answer(socket))

    def _answer(self, socket: WebSocketRoute) -> None:
        self.answered += 1
        sight = {
            "type": "sight",
            "faces": [{"number": 1, "box": [0.3, 0.2, 0.3, 0.5], "problem": None}],
            "scores": {"angry": 0.1, "happy": 0.1, "relaxed": 0.7, "sad": 0.1},
            "valence": 0.4,
            "arousal": -0.4,
            "sure": True,
            "expressions": self.expressions,
            "mood": "relaxed",
            "rest": False,
            "ms": {"decode": 1, "read": 1, "total": 2},
        }
        socket.send(json.dumps(sight))

    def show(self, expressions: dict[str, float], seconds: float) -> None:
        """Show an expression for at least so many seconds, and in at least five readings."""
        self.expressions = expressions
        until, answered = time.monotonic() + seconds, self.answered + 5
        while time.monotonic() < until or self.answered < answered:
            self.page.wait_for_timeout(50)


@pytest.fixture
def face(open_page: Open, camera_browser: Browser) -> Face:
    """A relaxed face before the camera, and the page that plays a song for it."""
    face = Face(open_page(camera_browser))
    face.page.get_by_role("button", name="Look at me").click()
    wait_for(face.page, "locked")
    wait_for_songs(face.page).get_by_role("button", name="Play", exact=True).click()
    expect(face.page.get_by_role("button", name="Pause")).to_be_visible()
    return face


def test_made_sequences(open_page: Open, chromium: Browser) -> None:
    page = open_page(chromium)
    found = {name: page.evaluate(RUN, steps) for name, (steps, _) in SEQUENCES.items()}
    assert found == {name: votes for name, (_, votes) in SEQUENCES.items()}


def try_often(attempt: Callable[[], None]) -> None:
    """Try up to three times, because a busy machine may leave gaps between the readings."""
    for _ in range(2):
        try:
            return attempt()
        except (AssertionError, TooLate):
            continue
    return attempt()


def play_next(face: Face) -> None:
    """Play the next song with a neutral face."""
    face.show(NEUTRAL, 0.7)
    face.page.get_by_role("button", name="Next song").click()
    expect(face.page.get_by_role("button", name="Pause")).to_be_visible()


def test_a_smile_and_a_frown_vote_if_the_person_agrees(face: Face, app: AppServer) -> None:
    page, votes = face.page, app.app.state.reaction_votes
    reaction = page.locator("#reaction")
    take_screenshot(page, "reaction-question")
    with page.expect_response("**/reaction-sender.js"):
        page.get_by_role("button", name="Let my face vote").click()
    expect(page.locator("#reactions-question")).to_be_hidden()

    def smile_and_undo() -> None:
        votes.forget()
        play_next(face)
        face.expressions = SMILE
        expect(reaction).to_contain_text("You smiled: more like this.", timeout=15_000)
        take_screenshot(page, "reaction")
        assert set(votes.current().artists.values()) == {2.0}
        with page.expect_response("**/api/reactions"):
            page.get_by_role("button", name="Undo").click(timeout=5000)

    def frown() -> None:
        votes.forget()
        play_next(face)
        face.show(FROWN, 1.6)
        page.get_by_role("button", name="Next song").click()
        expect(reaction).to_contain_text("You frowned: less like that.", timeout=5000)

    try_often(smile_and_undo)
    assert set(votes.current().artists.values()) == {1.0}
    try_often(frown)
    assert set(votes.current().artists.values()) == {0.5}
    page.get_by_role("button", name="History").click()
    with page.expect_response("**/api/settings"):
        page.get_by_role("switch", name="Let my face vote").uncheck(force=True)
    assert votes.current().artists == {}


def test_no_vote_unless_the_person_agrees(face: Face, app: AppServer) -> None:
    page = face.page
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.locator("#reactions-question")).to_be_hidden()
    requests: list[str] = []
    page.on("request", lambda each: requests.append(each.url))
    face.show(SMILE, 3.5)
    assert not [each for each in requests if "reaction" in each]
