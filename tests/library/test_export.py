import csv
import os
from pathlib import Path

import pytest

from musicalface.errors import InputError
from musicalface.library import Library
from musicalface.library.export import playlist_path
from musicalface.mood import Mood
from tests.audio_files import mp3
from tests.conftest import SONG

WORDS = SONG.read_text()


def entries(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().split(b"\n") if line and not line.startswith(b"#")]


def test_playlists_have_relative_paths_that_lead_to_the_files(
    library: Library, music: Path
) -> None:
    names = ("one/a.mp3", "#b.mp3", "é.mp3", "line\nbreak.mp3")
    for number, name in enumerate(names):
        mp3(music / name, f"Artist {number}", f"Song\n{number}", WORDS)
    latin = mp3(music / "x.mp3", "L", "L", WORDS)
    latin.rename(os.fsdecode(os.fsencode(music) + b"/caf\xe9.mp3"))
    mp3(music / "unknown.mp3", "A", "B")
    library.add([music])
    folder = music / "Playlists"
    counts = library.export_playlists(folder)
    assert counts == {Mood.ANGRY: 0, Mood.HAPPY: 0, Mood.RELAXED: 0, Mood.SAD: 5}
    sad = playlist_path(folder, Mood.SAD)
    assert sad.read_bytes().startswith(b"#EXTM3U\n")
    assert b"#EXTINF:-1,Artist 0 - Song 0\n" in sad.read_bytes()
    listed = set(entries(sad))
    assert listed == {
        b"../one/a.mp3",
        b"../#b.mp3",
        "../é.mp3".encode(),
        b"../line%0Abreak.mp3",
        b"../caf\xe9.mp3",
    }
    assert all((folder / os.fsdecode(e)).is_file() for e in listed if b"%" not in e)
    assert entries(playlist_path(folder, Mood.HAPPY)) == []


def test_a_path_that_starts_with_a_number_sign_is_no_comment(library: Library, music: Path) -> None:
    mp3(music / "#1" / "a.mp3", "A", "B", WORDS)
    library.add([music])
    library.export_playlists(music)
    assert entries(playlist_path(music, Mood.SAD)) == [b"./#1/a.mp3"]


def test_playlists_are_refreshed_and_the_files_of_others_are_kept(
    library: Library, music: Path
) -> None:
    song = mp3(music / "a.mp3", "A", "B", WORDS)
    library.add([music])
    library.export_playlists(music)
    library.set_mood(song, Mood.HAPPY)
    library.export_playlists(music)
    assert entries(playlist_path(music, Mood.SAD)) == []
    assert entries(playlist_path(music, Mood.HAPPY)) == [b"a.mp3"]
    theirs = playlist_path(music, Mood.RELAXED)
    theirs.write_text("#EXTM3U\nmine.mp3\n")
    library.set_mood(song, Mood.SAD)
    with pytest.raises(InputError, match="wasn't written by MusicalFace"):
        library.export_playlists(music)
    assert theirs.read_text() == "#EXTM3U\nmine.mp3\n"
    assert entries(playlist_path(music, Mood.HAPPY)) == [b"a.mp3"]


def test_table(library: Library, music: Path, tmp_path: Path) -> None:
    mp3(music / "a.mp3", "=1+1", "B", WORDS)
    mp3(music / "unknown.mp3", "A", "C")
    library.add([music])
    assert library.export_table(tmp_path / "moods.csv") == 2
    with (tmp_path / "moods.csv").open(encoding="utf-8", newline="") as file:
        sad, unknown = csv.DictReader(file)
    assert (sad["artist"], sad["mood"], sad["evidence"]) == ("'=1+1", "sad", "lyrics")
    assert (sad["sure"], sad["why"]) == ("yes", "sad lyrics")
    assert -1 <= float(sad["valence"]) < 0
    assert -1 <= float(sad["arousal"]) < 0
    assert unknown["path"] == str(music / "unknown.mp3")
    assert (unknown["mood"], unknown["valence"]) == ("", "")
