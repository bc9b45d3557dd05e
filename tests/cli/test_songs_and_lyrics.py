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


def chosen(run: Run, *arguments: object) -> set[tuple[str, str]]:
    document = json.loads(run("songs", "relaxed", "--json", *arguments).out)
    return {(song["artist"], song["title"]) for song in document["songs"]}


def test_no_song_comes_twice_in_a_week(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path))
    asked = [chosen(run) for _ in range(5)]
    assert len(set.union(*asked)) == 50


def test_a_seed_leaves_the_history_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path))
    first = chosen(run, "--seed", 4)
    chosen(run)
    assert chosen(run, "--seed", 4) == first
    (tmp_path / "history.sqlite").unlink()
    chosen(run, "--seed", 4)
    assert not (tmp_path / "history.sqlite").exists()


def test_a_walk_to_another_mood(run: Run) -> None:
    told = run("songs", "sad", "--toward", "Relaxed", "--seed", 1)
    assert "10 songs from sad to relaxed" in told.out
    same = run("songs", "sad", "--toward", "sad", "--seed", 1).out
    assert same == run("songs", "sad", "--seed", 1).out
    assert run("songs", "sad", "--toward", "bored").status == 2


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
