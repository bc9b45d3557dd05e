import json
from pathlib import Path

import pytest

from musicalface.mood import MOODS
from tests.conftest import SONG, Run


@pytest.mark.parametrize("mood", MOODS)
def test_ten_songs_without_a_face(run: Run, mood: str) -> None:
    told = run("songs", mood.upper())
    assert told.status == 0
    assert told.out.count("https://open.spotify.com/") == 10
    assert f"10 {mood} songs" in told.out


def test_songs_as_json(run: Run) -> None:
    document = json.loads(run("songs", "sad", "--json", "--songs", 2, "--seed", 3).out)
    assert document["mood"] == "sad"
    assert [song["mood"] for song in document["songs"]] == ["sad", "sad"]


def test_an_unknown_mood(run: Run) -> None:
    told = run("songs", "bored")
    assert told.status == 2
    assert told.err.startswith("musicalface: There is no mood 'bored'")


def test_the_mood_of_a_text(run: Run) -> None:
    document = json.loads(run("lyrics", SONG, "--model", "lstm2018", "--json").out)
    assert document["scored"] is True
    assert list(document["moods"]) == list(MOODS)
    assert document["mood"] == "sad"
    assert "sad" in run("lyrics", SONG).out


def test_what_is_not_english_is_not_scored(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "chanson.txt"
    path.write_text("Je marche seul dans la rue et je pense encore à toi ce soir " * 4)
    told = run("lyrics", path)
    assert told.status == 0
    assert told.out.startswith("not scored")
    assert json.loads(run("lyrics", path, "--json").out)["moods"] is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe\x00x", "no text in UTF-8"),
        (b"la " * 2_000_000, "too long"),
    ],
)
def test_bad_texts(run: Run, tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "song.txt"
    if content:
        path.write_bytes(content)
    told = run("lyrics", path)
    assert told.status == 2
    assert message in told.err
