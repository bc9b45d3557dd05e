import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from musicalface.errors import LibraryError
from musicalface.library import Library, library_schema, open_library
from musicalface.mood import MOODS, Mood
from musicalface.songs import Preferences, SongStore, choose_songs, shift_songs
from musicalface.songs.candidates import MIXED_QUERY, MOST_CONFIDENT_QUERY, WITH_KEYS_QUERY
from tests.audio_files import mp3, wav
from tests.conftest import SONG


@pytest.fixture
def full(library: Library, music: Path) -> Library:
    """Songs of three moods, and one of unknown mood."""
    for number in range(12):
        mp3(music / f"sad{number}.mp3", f"Sad {number}", "Song", SONG.read_text())
    mp3(music / "happy.mp3", "Heard", "By Listeners")
    mp3(music / "angry.mp3", "Read", "By Words")
    wav(music / "unknown.wav")
    library.add([music])
    return library


def test_choose_songs_from_the_library(full: Library, music: Path) -> None:
    store: SongStore = full
    picks = choose_songs(store, Mood.SAD, seed=1)
    assert len({pick.song.artist for pick in picks}) == 10
    assert all(pick.song.file and pick.song.file.parent == music for pick in picks)
    assert choose_songs(store, Mood.SAD, seed=1) == picks
    (happy,) = choose_songs(store, Mood.HAPPY)
    assert (happy.song.title, happy.song.evidence) == ("By Listeners", "listeners")
    assert choose_songs(store, Mood.RELAXED) == []


def test_shift_songs_from_the_library(full: Library) -> None:
    picks = shift_songs(full, Mood.SAD, Mood.HAPPY, 5, seed=1)
    assert len(picks) == 5
    assert picks[-1].song.title == "By Listeners"


def test_liked_songs_come_first(full: Library) -> None:
    liked = Preferences(liked=frozenset({"sad3|song"}))
    assert choose_songs(full, Mood.SAD, 3, preferences=liked)[0].song.artist == "Sad 3"


def test_counts(full: Library, music: Path) -> None:
    assert full.counts() == dict(zip(MOODS, (1, 1, 0, 12), strict=True))
    assert len(full) == 15
    (folder,) = full.folders()
    assert (folder.path, folder.songs, folder.unknown, folder.unread) == (music, 15, 1, {})
    assert len(list(full.list_songs(Mood.SAD, limit=5))) == 5


def test_partially_read_list(home: Path, full: Library) -> None:
    with open_library() as library:
        songs = library.list_songs(Mood.SAD)
        assert next(songs).title == "Song"
    del songs


def test_songs_without_artists_can_be_chosen(library: Library, music: Path) -> None:
    for number in range(4):
        mp3(music / f"{number}.mp3", title=f"Song {number}", words=SONG.read_text())
    library.add([music])
    assert len(choose_songs(library, Mood.SAD)) == 4


@pytest.mark.parametrize(
    ("query", "values", "plan"),
    [
        (
            MOST_CONFIDENT_QUERY,
            ("sad", 0.5, 0.15, 9),
            "COVERING INDEX songs_by_mood (mood=? AND sureness>?)",
        ),
        (
            MIXED_QUERY,
            ("sad", "happy", 0.3, 0.75, 9),
            "COVERING INDEX songs_between (mood=? AND second=? AND second_sureness>?)",
        ),
        (WITH_KEYS_QUERY, ('["a|b"]', "sad", 0.5, 0.15), "INDEX songs_by_key (key=?)"),
    ],
)
def test_queries_use_the_indexes(
    full: Library, query: str, values: tuple[object, ...], plan: str
) -> None:
    step, *others = full._connection.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
    assert step["detail"] == f"SEARCH songs USING {plan}"
    assert not any("SORT" in other["detail"] or "B-TREE" in other["detail"] for other in others)


def test_missing_file_is_not_played(full: Library, music: Path) -> None:
    (music / "happy.mp3").unlink()
    assert choose_songs(full, Mood.HAPPY) == []


def _replace_file_by_link(music: Path, outside: Path) -> None:
    (music / "in" / "song.mp3").unlink()
    (music / "in" / "song.mp3").symlink_to(outside / "song.mp3")


def _replace_folder_by_link(music: Path, outside: Path) -> None:
    (music / "in").rename(music / "aside")
    (music / "in").symlink_to(outside)


def _replace_file_by_folder(music: Path, outside: Path) -> None:
    (music / "in" / "song.mp3").unlink()
    (music / "in" / "song.mp3").mkdir()


@pytest.mark.parametrize(
    "swap", [_replace_file_by_link, _replace_folder_by_link, _replace_file_by_folder]
)
def test_file_replaced_by_a_link_is_not_played(
    library: Library, music: Path, tmp_path: Path, swap: Callable[[Path, Path], None]
) -> None:
    song = mp3(music / "in" / "song.mp3", "Heard", "By Listeners")
    mp3(tmp_path / "outside" / "song.mp3", "Heard", "By Listeners")
    library.add([music])
    (candidate,) = library.most_confident(Mood.HAPPY, 9)
    assert library.file_of(candidate) == song
    swap(music, tmp_path / "outside")
    assert library.file_of(candidate) is None
    assert library.songs([candidate]) == []


@pytest.mark.parametrize("path", [b"../outside.mp3", b"/outside.mp3", b"a\x00b.mp3"])
def test_path_outside_the_folder_is_not_played(
    library: Library, music: Path, tmp_path: Path, path: bytes
) -> None:
    mp3(music / "song.mp3", "Heard", "By Listeners")
    mp3(tmp_path / "outside.mp3")
    library.add([music])
    forged = path.replace(b"/outside", f"{tmp_path}/outside".encode()) if path[:1] == b"/" else path
    library._connection.execute("UPDATE songs SET path = ?", (forged,))
    assert library.songs(library.most_confident(Mood.HAPPY, 9)) == []


def test_file_is_private(home: Path, library: Library, music: Path) -> None:
    library.add([music])
    files = [path for path in home.iterdir() if path.name.startswith("library.")]
    assert len(files) >= 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_library_of_format_1_is_converted(full: Library) -> None:
    songs = list(full.list_songs(None)), choose_songs(full, Mood.SAD, seed=1)
    for statement in (
        "DROP INDEX songs_by_mood",
        "DROP INDEX songs_between",
        "ALTER TABLE songs DROP COLUMN deezer_id",
        *(f"DROP TABLE {name}" for name in ("evidence", "listening", "exclusions", "settings")),
        "ALTER TABLE songs DROP COLUMN known",
        "CREATE INDEX songs_by_mood ON songs (mood)",
        "CREATE INDEX songs_between ON songs (mood)",
        "PRAGMA user_version = 1",
    ):
        full._connection.execute(statement)
    with open_library() as library:
        assert (list(library.list_songs(None)), choose_songs(library, Mood.SAD, seed=1)) == songs
        version = library._connection.execute("PRAGMA user_version").fetchone()[0]
        assert version == library_schema.FORMAT


def test_newer_library_format_is_rejected(home: Path, library: Library) -> None:
    library._connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError, match="newer MusicalFace"):
        open_library()


@pytest.mark.parametrize("content", [b"hello " * 500, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_damaged_library_is_reported_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=r"is damaged .* Move it away and add your folders"):
        open_library(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "change",
    ["angry = 'abc'", "artist = X'ff00'", "happy = NULL", "deezer_id = 'x'", "known = 'x'"],
)
def test_invalid_values(full: Library, change: str) -> None:
    full._connection.execute(f"UPDATE songs SET {change} WHERE mood IS NOT NULL")
    with pytest.raises(LibraryError, match="is damaged"):
        choose_songs(full, Mood.SAD)


@pytest.mark.parametrize("change", ["angry = 'abc'", "sad = X'ff'"])
def test_invalid_evidence(full: Library, music: Path, change: str) -> None:
    full._connection.execute(f"UPDATE evidence SET {change}")
    with pytest.raises(LibraryError, match="is damaged"):
        choose_songs(full, Mood.SAD)
    with pytest.raises(LibraryError, match="is damaged"):
        list(full.list_songs(Mood.SAD))
    with pytest.raises(LibraryError, match="is damaged"):
        full.set_mood(music / "sad1.mp3", Mood.HAPPY)


def test_other_database_is_rejected(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.execute("CREATE TABLE songs (x)")
        other.commit()
    with pytest.raises(LibraryError, match="is damaged"):
        open_library(tmp_path / "other.sqlite")


def test_unwritable_home(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="Can't open the library"):
        open_library(tmp_path / "file" / "library.sqlite")


def test_locked_database_is_waited_for_and_reported(full: Library, music: Path) -> None:
    full._connection.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(full.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="Another MusicalFace is scanning"):
            full.set_mood(music / "happy.mp3", Mood.SAD)
        assert len(full) == 15
