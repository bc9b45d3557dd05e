from pathlib import Path

import pytest

from musicalface.errors import InputError
from musicalface.library import Library
from musicalface.library.listing import ListedSong
from musicalface.mood import Mood
from musicalface.songs import choose_songs
from tests.audio_files import mp3, wav
from tests.conftest import SONG


def happy(library: Library) -> list[str]:
    return sorted(song.file.name for song in library.list_songs(Mood.HAPPY))


def evidence_and_mood(song: ListedSong) -> tuple[str | None, Mood | None]:
    return song.evidence, song.moods.mood if song.moods else None


def test_manual_mood_takes_precedence(library: Library, music: Path) -> None:
    song = mp3(music / "a.mp3", "Heard", "By Listeners")
    library.add([music])
    assert evidence_and_mood(library.set_mood(song, Mood.SAD)) == ("person", Mood.SAD)
    (pick,) = choose_songs(library, Mood.SAD)
    assert (pick.song.file, pick.why) == (song, "You marked it as sad")
    assert evidence_and_mood(library.set_mood(song, Mood.ANGRY)) == ("person", Mood.ANGRY)
    assert evidence_and_mood(library.set_mood(song, None)) == ("listeners", Mood.HAPPY)


def test_unset_restores_the_lyrics_mood(library: Library, music: Path) -> None:
    song = mp3(music / "a.mp3", "A", "B", SONG.read_text())
    library.add([music])
    library.set_mood(song, Mood.HAPPY)
    assert evidence_and_mood(library.set_mood(song, None)) == ("lyrics", Mood.SAD)
    library.rescan(force=True)
    assert happy(library) == []


def test_manual_mood_survives_rescan_retag_and_rename(library: Library, music: Path) -> None:
    song = mp3(music / "a.mp3", "A", "B", SONG.read_text())
    library.add([music])
    library.set_mood(song, Mood.HAPPY)
    library.rescan(force=True)
    assert happy(library) == ["a.mp3"]
    mp3(song, "a", "B (feat. C)")
    library.rescan()
    assert happy(library) == ["a.mp3"]
    song.rename(music / "z.mp3")
    library.rescan()
    assert happy(library) == ["z.mp3"]
    (music / "z.mp3").rename(music.parent / "z.mp3")
    library.rescan()
    mp3(music / "again.mp3", "A", "B")
    library.rescan()
    assert happy(library) == ["again.mp3"]


def test_unnamed_song_is_identified_by_its_file(library: Library, music: Path) -> None:
    for name in ("one/track.wav", "two/track.wav"):
        wav(music / name)
    library.add([music])
    library.set_mood(music / "one" / "track.wav", Mood.HAPPY)
    library.rescan(force=True)
    (song,) = library.list_songs(Mood.HAPPY)
    assert song.file == music / "one" / "track.wav"
    library.set_mood(song.file, None)
    library.rescan(force=True)
    assert happy(library) == []


def test_manual_mood_applies_to_all_files_of_the_song(
    library: Library, music: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    song = mp3(music / "a.mp3", "A", "B")
    mp3(music / "live.mp3", "The A", "B (live)")
    mp3(other / "c.mp3", "A", "B")
    library.add([music, other])
    library.set_mood(song, Mood.HAPPY)
    assert happy(library) == ["a.mp3", "c.mp3", "live.mp3"]
    library.remove(music)
    library.rescan(force=True)
    assert happy(library) == ["c.mp3"]
    library.set_mood(other / "c.mp3", None)
    assert happy(library) == []


def test_invalid_files_for_set_mood(library: Library, music: Path, tmp_path: Path) -> None:
    song = mp3(music / "a.mp3", "A", "B")
    library.add([music])
    with pytest.raises(InputError, match="isn't in a folder of your library"):
        library.set_mood(tmp_path / "x.mp3", Mood.SAD)
    with pytest.raises(InputError, match="isn't in your library"):
        library.set_mood(music / "x.mp3", Mood.SAD)
    library.set_mood(song, Mood.HAPPY)
    song.unlink()
    library.set_mood(song, None)
    assert happy(library) == []
    song.write_bytes(b"")
    library.rescan()
    with pytest.raises(InputError, match=r"can't be read \(empty\)"):
        library.set_mood(song, Mood.SAD)


def test_set_mood_rejects_folders_and_links(library: Library, music: Path) -> None:
    mp3(music / "a.mp3")
    library.add([music])
    (music / "link.mp3").symlink_to(music / "a.mp3")
    for name, reason in (("", r"is a folder\. Choose a song in it"), ("link.mp3", "is a link")):
        with pytest.raises(InputError, match=reason):
            library.set_mood(music / name, Mood.HAPPY)


def test_relative_path_is_accepted(
    library: Library, music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mp3(music / "a.mp3", "A", "B")
    library.add([music])
    monkeypatch.chdir(music)
    assert library.set_mood(Path("a.mp3"), Mood.HAPPY).file == music / "a.mp3"
