import json
import re
from pathlib import Path

import pytest

from musicalface.mood import MOODS
from tests.conftest import SONG, Run


@pytest.mark.parametrize("mood", MOODS)
def test_ten_songs_without_a_face(run: Run, mood: str) -> None:
    result = run("songs", mood.upper())
    assert result.status == 0
    assert len(re.findall(r"https://(?:open.spotify|www.deezer).com/track/", result.out)) >= 5
    assert result.out.count("https://") == 10
    assert f"10 {mood} songs" in result.out
    assert "Why these songs? Listeners tag them as" in result.out


def test_songs_as_json(run: Run) -> None:
    document = json.loads(run("songs", "sad", "--json", "--songs", 2, "--seed", 3).out)
    assert document["mood"] == "sad"
    assert [song["mood"] for song in document["songs"]] == ["sad", "sad"]


def chosen(run: Run, *arguments: object) -> set[tuple[str, str]]:
    document = json.loads(run("songs", "relaxed", "--json", *arguments).out)
    return {(song["artist"], song["title"]) for song in document["songs"]}


def test_no_song_repeats_within_a_week(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path))
    picks = [chosen(run) for _ in range(5)]
    assert len(set.union(*picks)) == 50


def test_seed_does_not_touch_the_history(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path))
    first = chosen(run, "--seed", 4)
    chosen(run)
    assert chosen(run, "--seed", 4) == first
    (tmp_path / "history.sqlite").unlink()
    chosen(run, "--seed", 4)
    assert not (tmp_path / "history.sqlite").exists()


def test_toward_another_mood(run: Run) -> None:
    result = run("songs", "sad", "--toward", "Relaxed", "--seed", 1)
    assert "10 songs from sad to relaxed" in result.out
    same = run("songs", "sad", "--toward", "sad", "--seed", 1).out
    assert same == run("songs", "sad", "--seed", 1).out
    assert run("songs", "sad", "--toward", "bored").status == 2


def test_unknown_mood(run: Run) -> None:
    result = run("songs", "bored")
    assert result.status == 2
    assert result.err.startswith("musicalface: There is no mood 'bored'")


def test_lyrics_command(run: Run) -> None:
    document = json.loads(run("lyrics", SONG, "--model", "lstm2018", "--json").out)
    assert document["scored"] is True
    assert list(document["moods"]) == list(MOODS)
    assert document["mood"] == "sad"
    assert "sad" in run("lyrics", SONG).out


def test_non_english_text_is_not_scored(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "chanson.txt"
    path.write_text("Je marche seul dans la rue et je pense encore à toi ce soir " * 4)
    result = run("lyrics", path)
    assert result.status == 0
    assert result.out == (
        "Not scored: the text seems to be in French, and only English is scored.\n"
    )
    document = json.loads(run("lyrics", path, "--json").out)
    assert (document["moods"], document["language"]) == (None, "French")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_lyrics_in_other_encodings(run: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "song.lrc"
    lines = SONG.read_text().split("\n")
    path.write_bytes("\n".join(f"[00:01.00]{line} é" for line in lines).encode(encoding))
    assert "sad" in run("lyrics", path).out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "can't be read"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02" * 100, "isn't text"),
        (b"la " * 2_000_000, "larger than 4 MB"),
    ],
)
def test_unreadable_texts(run: Run, tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "song.txt"
    if content:
        path.write_bytes(content)
    result = run("lyrics", path)
    assert result.status == 2
    assert message in result.err
