"""The page of `--play browser`: its songs, previews and covers over HTTP."""

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from musicalface import stored_settings
from musicalface.library.cover_art import read_cover_of
from musicalface.mood import MoodScores
from musicalface.players.page import BrowserPlayer, LocalPlayer
from musicalface.songs import Song
from tests.audio_files import frame, mp3_of
from tests.deezer.server import Server
from tests.deezer.state import DeezerState

MOODS = MoodScores.of((0.1, 0.7, 0.1, 0.1))
HALO = Song("Beyoncé", "Halo", MOODS, deezer_id=3135556)
HAPPY = Song("Pharrell Williams", "Happy", MOODS, spotify_id="b" * 22)


@pytest.fixture
def page(fake_deezer: Server, own_home: Path) -> Iterator[httpx.Client]:
    player = BrowserPlayer("2 happy songs")
    with player.page, httpx.Client(base_url=player.page.address, timeout=20) as client:
        player.play([HALO, HAPPY])
        yield client


def test_rows_have_sounds_and_links(page: httpx.Client, deezer_state: DeezerState) -> None:
    halo, happy = page.get("songs").json()["songs"]
    assert halo["sound"] == {"kind": "deezer", "address": "previews/0"}
    assert (halo["deezer_id"], halo["spotify_id"], halo["embed"]) == (3135556, None, None)
    assert halo["links"]["deezer"] == "https://www.deezer.com/track/3135556"
    assert happy["links"]["deezer"] == "https://www.deezer.com/search/Pharrell%20Williams%20Happy"
    assert happy["links"]["spotify"] == f"https://open.spotify.com/track/{'b' * 22}"
    assert happy["embed"] == f"https://open.spotify.com/embed/track/{'b' * 22}"
    assert deezer_state.calls == {}


def test_preview_and_cover_of_a_song(page: httpx.Client, deezer_state: DeezerState) -> None:
    deezer_state.add("Beyoncé", "Halo", id=3135556)
    found = page.post("previews/0").json()
    assert httpx.get(found["preview"]).headers["content-type"] == "audio/mpeg"
    assert found["preview"].startswith(page.get("").headers["content-security-policy"].split(
        "media-src ")[1].split(";")[0].split()[-1])  # fmt: skip
    assert found["cover"] == "covers/3135556"
    assert Image.open(io.BytesIO(page.get(found["cover"]).content)).format == "JPEG"


def test_errors(page: httpx.Client, deezer_state: DeezerState) -> None:
    deezer_state.add("Beyoncé", "Halo", id=3135556, has_preview=False)
    for path, status, code in (
        ("previews/0", 404, "no_preview"),
        ("previews/1", 404, "not_found"),
        ("previews/2", 404, "not_found"),
        ("previews/-1", 404, "not_found"),
        ("previews/99999999999", 404, "not_found"),
    ):
        answer = page.post(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert page.get("covers/7").status_code == 404
    assert page.get("previews/0").status_code == 405


def test_offline_sends_nothing(page: httpx.Client, deezer_state: DeezerState) -> None:
    stored_settings.change(offline=True)
    rows = page.get("songs").json()["songs"]
    assert [(row["sound"], row["embed"]) for row in rows] == [(None, None)] * 2
    answer = page.post("previews/0")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "off")
    assert deezer_state.calls == {}


def test_own_files_have_covers(own_home: Path, tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 300), "red").save(picture, "PNG")
    tag = b"\x00image/png\x00\x03\x00" + picture.getvalue()
    with_cover = mp3_of(tmp_path / "a" / "with.mp3", frame(b"APIC", tag))
    without = mp3_of(tmp_path / "b" / "without.mp3", b"")
    player = LocalPlayer("2 songs", read_cover_of)
    with player.page, httpx.Client(base_url=player.page.address) as client:
        player.play([Song("A", file.stem, MOODS, file=file) for file in (with_cover, without)])
        rows = client.get("songs").json()["songs"]
        assert rows[0]["sound"] == {"kind": "file", "address": "audio/0"}
        covers = [client.get(row["cover"]) for row in rows]
    assert [cover.status_code for cover in covers] == [200, 404]
    assert Image.open(io.BytesIO(covers[0].content)).size == (256, 256)
