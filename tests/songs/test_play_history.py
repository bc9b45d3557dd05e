import sqlite3
import stat
from pathlib import Path

import pytest

from musicalface.identity import song_key
from musicalface.mood import MoodScores
from musicalface.songs import History, Song

DAY = 24 * 3600.0


def song(number: int) -> Song:
    return Song(f"Artist {number}", "Title", MoodScores(0, 1, 0, 0))


def key(number: int) -> str:
    return song_key(f"Artist {number}", "Title")


def test_songs_are_recent_for_a_week(tmp_path: Path) -> None:
    with History(tmp_path / "h.sqlite") as history:
        history.add([song(1)], now=0)
        history.add([song(2)], now=5 * DAY)
        assert history.recent(now=6 * DAY) == {key(1), key(2)}
        assert history.recent(now=8 * DAY) == {key(2)}
        history.add([song(1)], now=8 * DAY)
    with History(tmp_path / "h.sqlite") as again:
        assert again.recent(now=13 * DAY) == {key(1)}


def test_older_entries_are_deleted(tmp_path: Path) -> None:
    with History(tmp_path / "h.sqlite") as history:
        history.add(map(song, range(50)), now=0)
        history.add([song(99)], now=30 * DAY)
        assert history.recent(now=31 * DAY) == {key(99)}
        assert history.recent(now=DAY) == frozenset()


def test_songs_of_two_writers_are_kept(tmp_path: Path) -> None:
    with History(tmp_path / "h.sqlite") as history:
        history.add([song(1)], now=1000.5)
        history.add([song(2)], now=1000.0)  # its clock was read before the first was stored
        assert len(history.recent(1001)) == 2


def test_file_is_private(tmp_path: Path) -> None:
    with History(tmp_path / "new" / "h.sqlite") as history:
        history.add([song(1)])
    assert stat.S_IMODE((tmp_path / "new" / "h.sqlite").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"hello " * 500, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_damaged_history_is_set_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "h.sqlite"
    path.write_bytes(content)
    with History(path) as history:
        assert history.recent() == frozenset()
        history.add([song(1)])
        assert history.recent() == {key(1)}
    assert (tmp_path / "h.sqlite.damaged").read_bytes() == content


def test_unwritable_history_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with History(tmp_path / "file" / "h.sqlite") as history:
        history.add([song(1)])
        assert history.recent() == frozenset()


def test_locked_history_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.songs.play_history._BUSY_TIMEOUT", 0.05)
    with History(tmp_path / "h.sqlite") as history:
        other = sqlite3.connect(tmp_path / "h.sqlite", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        history.add([song(1)])
        assert history.recent() == frozenset()
        other.execute("ROLLBACK")
        other.close()
        history.add([song(1)])
        assert history.recent() == {key(1)}
