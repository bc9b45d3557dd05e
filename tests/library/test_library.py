import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.errors import LibraryError
from musicalface.library import Library, open_library
from musicalface.mood import MOODS, Mood
from musicalface.songs import Songbook, Taste, choose_songs, shift_songs
from musicalface.songs.drawing import AMONG, BETWEEN, SUREST
from tests.audio import mp3, wav
from tests.conftest import SONG


@pytest.fixture
def full(library: Library, music: Path) -> Library:
    """Songs of three moods, and one that nobody knows."""
    for number in range(12):
        mp3(music / f"sad{number}.mp3", f"Sad {number}", "Song", SONG.read_text())
    mp3(music / "happy.mp3", "Heard", "By Listeners")
    mp3(music / "angry.mp3", "Read", "By Words")
    wav(music / "unknown.wav")
    library.add([music])
    return library


def test_songs_are_chosen_as_from_a_catalog(full: Library, music: Path) -> None:
    songbook: Songbook = full
    picks = choose_songs(songbook, Mood.SAD, seed=1)
    assert len({pick.song.artist for pick in picks}) == 10
    assert all(pick.song.file and pick.song.file.parent == music for pick in picks)
    assert choose_songs(songbook, Mood.SAD, seed=1) == picks
    (happy,) = choose_songs(songbook, Mood.HAPPY)
    assert (happy.song.title, happy.song.evidence) == ("By Listeners", "listeners")
    assert choose_songs(songbook, Mood.RELAXED) == []


def test_a_walk_leads_from_a_mood_to_another(full: Library) -> None:
    picks = shift_songs(full, Mood.SAD, Mood.HAPPY, 5, seed=1)
    assert len(picks) == 5
    assert picks[-1].song.title == "By Listeners"


def test_liked_songs_come_first(full: Library) -> None:
    liked = Taste(liked=frozenset({"sad3|song"}))
    assert choose_songs(full, Mood.SAD, 3, taste=liked)[0].song.artist == "Sad 3"


def test_counts(full: Library, music: Path) -> None:
    assert full.counts() == dict(zip(MOODS, (1, 1, 0, 12), strict=True))
    assert len(full) == 15
    (folder,) = full.folders()
    assert (folder.path, folder.songs, folder.unknown, folder.unread) == (music, 15, 1, {})
    assert len(list(full.listed(Mood.SAD, limit=5))) == 5


def test_a_list_of_which_the_rest_is_not_wanted(home: Path, full: Library) -> None:
    with open_library() as library:
        songs = library.listed(Mood.SAD)
        assert next(songs).title == "Song"
    del songs


def test_songs_without_artists_are_chosen_too(library: Library, music: Path) -> None:
    for number in range(4):
        mp3(music / f"{number}.mp3", title=f"Song {number}", words=SONG.read_text())
    library.add([music])
    assert len(choose_songs(library, Mood.SAD)) == 4


@pytest.mark.parametrize(
    ("query", "values", "plan"),
    [
        (SUREST, ("sad", 0.5, 0.15, 9), "COVERING INDEX songs_by_mood (mood=? AND sureness>?)"),
        (
            BETWEEN,
            ("sad", "happy", 0.3, 0.75, 9),
            "COVERING INDEX songs_between (mood=? AND second=? AND second_sureness>?)",
        ),
        (AMONG, ('["a|b"]', "sad", 0.5, 0.15), "INDEX songs_by_key (key=?)"),
    ],
)
def test_the_indexes_answer(
    full: Library, query: str, values: tuple[object, ...], plan: str
) -> None:
    step, *others = full._connection.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
    assert step["detail"] == f"SEARCH songs USING {plan}"
    assert not any("SORT" in other["detail"] or "B-TREE" in other["detail"] for other in others)


def test_a_file_that_has_gone_is_not_played(full: Library, music: Path) -> None:
    (music / "happy.mp3").unlink()
    assert choose_songs(full, Mood.HAPPY) == []


def _file(music: Path, outside: Path) -> None:
    (music / "in" / "song.mp3").unlink()
    (music / "in" / "song.mp3").symlink_to(outside / "song.mp3")


def _folder(music: Path, outside: Path) -> None:
    (music / "in").rename(music / "aside")
    (music / "in").symlink_to(outside)


def _nothing_regular(music: Path, outside: Path) -> None:
    (music / "in" / "song.mp3").unlink()
    (music / "in" / "song.mp3").mkdir()


@pytest.mark.parametrize("swap", [_file, _folder, _nothing_regular])
def test_a_file_that_became_a_link_is_not_played(
    library: Library, music: Path, tmp_path: Path, swap: Callable[[Path, Path], None]
) -> None:
    song = mp3(music / "in" / "song.mp3", "Heard", "By Listeners")
    mp3(tmp_path / "outside" / "song.mp3", "Heard", "By Listeners")
    library.add([music])
    (candidate,) = library.surest(Mood.HAPPY, 9)
    assert library.file_of(candidate) == song
    swap(music, tmp_path / "outside")
    assert library.file_of(candidate) is None
    assert library.songs([candidate]) == []


@pytest.mark.parametrize("path", [b"../outside.mp3", b"/outside.mp3", b"a\x00b.mp3"])
def test_a_row_that_leads_out_is_not_played(
    library: Library, music: Path, tmp_path: Path, path: bytes
) -> None:
    mp3(music / "song.mp3", "Heard", "By Listeners")
    mp3(tmp_path / "outside.mp3")
    library.add([music])
    forged = path.replace(b"/outside", f"{tmp_path}/outside".encode()) if path[:1] == b"/" else path
    library._connection.execute("UPDATE songs SET path = ?", (forged,))
    assert library.songs(library.surest(Mood.HAPPY, 9)) == []


def test_the_file_is_the_persons_alone(home: Path, library: Library, music: Path) -> None:
    library.add([music])
    files = [path for path in home.iterdir() if path.name.startswith("library.")]
    assert len(files) >= 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_newer_library_is_refused(home: Path, library: Library) -> None:
    library._connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="newer MusicalFace"):
        open_library()


@pytest.mark.parametrize("content", [b"hello " * 500, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_library_is_told_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=r"is damaged .* move it away and add your folders"):
        open_library(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("change", ["angry = 'abc'", "artist = X'ff00'", "happy = NULL"])
def test_values_that_cannot_be(full: Library, change: str) -> None:
    full._connection.execute(f"UPDATE songs SET {change} WHERE mood IS NOT NULL")
    with pytest.raises(LibraryError, match="is damaged"):
        choose_songs(full, Mood.SAD)


def test_another_database_is_no_library(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.execute("CREATE TABLE songs (x)")
        other.commit()
    with pytest.raises(LibraryError, match="is damaged"):
        open_library(tmp_path / "other.sqlite")


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot be opened"):
        open_library(tmp_path / "file" / "library.sqlite")


def test_another_program_that_writes_is_waited_for_and_then_told(
    full: Library, music: Path
) -> None:
    full._connection.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(full.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="Another musicalface is scanning"):
            full.set_mood(music / "happy.mp3", Mood.SAD)
        assert len(full) == 15
