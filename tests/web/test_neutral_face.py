"""The neutral face of the app: what it changes, undo, keeping and erasing."""

from pathlib import Path

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, expect

from musicalface.face import kept_resting_face
from musicalface.face.expression_classifier import load_expression_model
from musicalface.mood import EXPRESSIONS, Expression
from musicalface.web.neutral_face import NeutralFace
from musicalface.web.server import AppServer
from tests.conftest import PORTRAIT
from tests.web.browser import Open, portrait, wait_for


def resting_evidence(sad: float) -> NDArray[np.float32]:
    """The evidence of an average neutral face that looks sadder by `sad` nats."""
    evidence = np.array([load_expression_model(None).head().resting], np.float32)
    evidence[:, EXPRESSIONS.index(Expression.SAD)] += sad
    return evidence


def test_moods_before_and_after() -> None:
    neutral = NeutralFace()
    assert neutral.measure(resting_evidence(4.0)) == {"before": "sad", "after": "relaxed"}
    first = neutral.current
    assert neutral.measure(resting_evidence(7.0)) == {"before": "sad", "after": "sad"}
    neutral.undo()
    assert neutral.current is first
    neutral.undo()
    assert neutral.current is None


def test_keep_and_erase(app: AppServer, client: httpx.Client, own_home: Path) -> None:
    refused = client.post("/api/neutral-face/keep")
    assert (refused.status_code, "Set it first" in refused.text) == (400, True)
    app.app.state.neutral_face.measure(resting_evidence(4.0))
    assert client.get("/api/neutral-face").json() == {"set": True, "kept": False}
    assert client.post("/api/neutral-face/keep").json() == {"set": True, "kept": True}
    assert client.post("/api/read", content=PORTRAIT.read_bytes()).json()["rest"] is True
    assert kept_resting_face.load() is not None
    assert client.delete("/api/neutral-face").json() == {"set": False, "kept": False}
    assert not (own_home / "neutral-face.json").exists()


def test_smiling_photo_sets_nothing(client: httpx.Client) -> None:
    answer = client.post("/api/neutral-face/photo", content=PORTRAIT.read_bytes())
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_neutral")
    answer = client.post("/api/neutral-face/photo", content=b"no photo")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "no_photo")
    assert client.get("/api/neutral-face").json()["set"] is False


def test_page_says_what_a_neutral_face_changes(
    open_page: Open, chromium: Browser, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network sees a sad face at rest in the sample photo."""
    monkeypatch.setattr(
        "musicalface.face.expression_classifier.log_likelihoods",
        lambda network, crops: np.repeat(resting_evidence(4.0), len(crops), axis=0),
    )
    page = portrait(open_page(chromium))
    expect(page.get_by_role("heading", name="Sad", exact=True)).to_be_visible()
    page.get_by_role("button", name="Set my neutral face").click()
    expect(page.get_by_text("Set: was sad, now relaxed.")).to_be_visible()
    expect(page.get_by_role("heading", name="Relaxed", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Sad", exact=True)).to_be_visible()
    page.get_by_role("button", name="Set my neutral face").click()
    page.get_by_role("button", name="Keep on this computer").click()
    expect(page.get_by_text("Kept on this computer")).to_be_visible()
    assert (own_home / "neutral-face.json").exists()
    page.get_by_role("button", name="Clear my neutral face").click()
    expect(page.get_by_role("heading", name="Sad", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Set my neutral face")).to_be_focused()
    assert not (own_home / "neutral-face.json").exists()
    wait_for(page, "photo")
