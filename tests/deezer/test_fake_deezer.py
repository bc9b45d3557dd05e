"""The fake Deezer server over HTTP: responses and rejected requests."""

import subprocess
from pathlib import Path

import httpx
import pytest

from .api import track_json
from .server import Server
from .shared import faults
from .state import DeezerState


def violated(fake_deezer: Server) -> str:
    """Returns and clears the only violation so far."""
    (sentence,) = fake_deezer.violations
    fake_deezer.violations.clear()
    return sentence


@pytest.mark.parametrize(
    ("path", "code", "sentence"),
    [
        ("/chart", 600, "GET /chart: there is no such call."),
        ("/track/x", 500, "track: id is 'x', not of type integer."),
        ("/track/0", 500, "track: id is out of bounds (0)."),
        ("/search/track", 500, "search: q is missing."),
        ("/search/track?q=a&order=RANKING", 500, "search: unknown order."),
        ("/search/track?q=a&limit=101", 500, "search: limit is out of bounds (101)."),
        ("/search/track?q=a&q=b", 500, "search: a parameter came twice."),
    ],
)
def test_requests_outside_the_contract_are_rejected(
    fake_deezer: Server, path: str, code: int, sentence: str
) -> None:
    answer = httpx.get(fake_deezer.address + path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (200, code)
    assert violated(fake_deezer) == sentence


def test_cookies_are_a_violation(fake_deezer: Server) -> None:
    httpx.get(f"{fake_deezer.address}/track/1", headers={"Cookie": "a=b"})
    assert violated(fake_deezer) == "/track/1: cookie was sent."


def test_track_by_id(fake_deezer: Server, deezer_state: DeezerState) -> None:
    track = deezer_state.add("Beyoncé", "Halo", seconds=261)
    answer = httpx.get(f"{fake_deezer.address}/track/{track.id}").json()
    assert (answer["title"], answer["duration"], answer["readable"]) == ("Halo", 261, True)
    assert httpx.get(f"{fake_deezer.address}/track/77").json()["error"]["code"] == 800


def test_search_is_paginated(fake_deezer: Server, deezer_state: DeezerState) -> None:
    for number in range(30):
        deezer_state.add("Singer", f"Song {number}")
    first = httpx.get(f"{fake_deezer.address}/search/track?q=song").json()
    assert (len(first["data"]), first["total"]) == (25, 30)
    assert len(httpx.get(first["next"]).json()["data"]) == 5


def test_quota_error_has_status_200_and_expires(
    fake_deezer: Server, deezer_state: DeezerState
) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    deezer_state.quota = 2
    answers = [httpx.get(f"{fake_deezer.address}/track/{track.id}").json() for _ in range(3)]
    assert ["error" in answer for answer in answers] == [False, False, True]
    assert answers[2]["error"]["code"] == 4
    deezer_state.advance(6)
    assert "error" not in httpx.get(f"{fake_deezer.address}/track/{track.id}").json()


def preview_of(fake_deezer: Server, deezer_state: DeezerState) -> str:
    track = deezer_state.tracks[0]
    return str(httpx.get(f"{fake_deezer.address}/track/{track.id}").json()["preview"])


def test_previews_are_mp3_and_support_ranges(
    fake_deezer: Server, deezer_state: DeezerState, tmp_path: Path
) -> None:
    deezer_state.add("Beyoncé", "Halo")
    address = preview_of(fake_deezer, deezer_state)
    whole = httpx.get(address)
    assert whole.headers["content-type"] == "audio/mpeg"
    assert whole.headers["access-control-allow-origin"] == "*"
    part = httpx.get(address, headers={"Range": "bytes=1000-1999"})
    assert part.status_code == 206
    assert part.content == whole.content[1000:2000]
    file = tmp_path / "preview.mp3"
    file.write_bytes(whole.content)
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]
    seconds = subprocess.run([*command, file], check=True, capture_output=True, text=True).stdout
    assert float(seconds) == pytest.approx(30, abs=0.2)


def test_preview_url_expires_after_15_minutes(
    fake_deezer: Server, deezer_state: DeezerState
) -> None:
    deezer_state.add("Beyoncé", "Halo")
    address = preview_of(fake_deezer, deezer_state)
    deezer_state.advance(14 * 60)
    assert httpx.head(address).status_code == 200
    deezer_state.advance(2 * 60)
    assert httpx.get(address).status_code == 403
    assert httpx.get(preview_of(fake_deezer, deezer_state)).status_code == 200


def test_signature_is_for_one_file_and_one_expiry(
    fake_deezer: Server, deezer_state: DeezerState
) -> None:
    deezer_state.add("Beyoncé", "Halo")
    other = deezer_state.add("Adele", "Hello")
    address = preview_of(fake_deezer, deezer_state)
    assert httpx.get(address.partition("?")[0]).status_code == 403
    assert httpx.get(address.replace("exp=1", "exp=2")).status_code == 403
    assert httpx.get(address.replace(deezer_state.tracks[0].name, other.name)).status_code == 403


def test_empty_preview(fake_deezer: Server, deezer_state: DeezerState) -> None:
    deezer_state.add("Beyoncé", "Halo", preview_is_empty=True)
    answer = httpx.get(preview_of(fake_deezer, deezer_state))
    assert (answer.status_code, answer.content) == (200, b"")


def test_covers_are_jpeg(fake_deezer: Server, deezer_state: DeezerState) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    answer = httpx.get(
        track_json(deezer_state, track, fake_deezer.address)["album"]["cover_medium"]
    )
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content[:2] == b"\xff\xd8"


def test_faults_of_previews_and_covers(fake_deezer: Server, deezer_state: DeezerState) -> None:
    deezer_state.add("Beyoncé", "Halo")
    address = preview_of(fake_deezer, deezer_state)
    for fault in (faults.drop(), faults.status(503), faults.plain_text("no sound")):
        deezer_state.fail(fault, on="preview")
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(address)
    assert httpx.get(address).status_code == 503
    assert httpx.get(address).headers["content-type"].startswith("text/plain")
    assert httpx.get(address).headers["content-type"] == "audio/mpeg"


def test_fault_for_one_call(fake_deezer: Server, deezer_state: DeezerState) -> None:
    track = deezer_state.add("Beyoncé", "Halo")
    deezer_state.fail(faults.status(503), on="search")
    assert httpx.get(f"{fake_deezer.address}/track/{track.id}").status_code == 200
    assert httpx.get(f"{fake_deezer.address}/search/track?q=halo").status_code == 503
    assert deezer_state.faults == []
