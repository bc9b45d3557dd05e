"""Export of a list of songs over real HTTP."""

from pathlib import Path

import httpx
import pytest

from musicalface.library import open_library
from musicalface.mood import Mood
from tests.audio_files import mp3
from tests.web.test_api import error_of

HELP = {"artist": "The Beatles", "title": "=Help!", "mood": "happy", "spotify_id": "0" * 22}


def test_playlist_and_table(client: httpx.Client) -> None:
    songs = {"songs": [HELP, {"artist": "A\nB", "title": "愛", "mood": "sad", "deezer_id": 7}]}
    playlist = client.post("/api/songs/files/m3u8", json=songs)
    assert playlist.headers["content-type"].startswith("audio/x-mpegurl")
    assert playlist.text.splitlines() == [
        "#EXTM3U",
        "#EXTINF:-1,The Beatles - =Help!",
        f"https://open.spotify.com/track/{'0' * 22}",
        "#EXTINF:-1,A B - 愛",
        "https://www.deezer.com/track/7",
    ]
    table = client.post("/api/songs/files/csv", json=songs).text.splitlines()
    assert table[1].startswith("The Beatles,'=Help!,happy,000")
    assert table[2].endswith(",7")


def test_own_files_have_their_path(client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    file = mp3(tmp_path / "music" / "A - B.mp3", artist="A", title="B")
    with open_library() as library:
        library.add([tmp_path / "music"])
        library.set_mood(file, Mood.HAPPY)
        (song,) = library.songs(library.most_confident(Mood.HAPPY, 5))
    document = {"artist": "A", "title": "B", "mood": "happy", "file_id": song.file_id}
    answer = client.post("/api/songs/files/m3u8", json={"songs": [document]})
    assert answer.text.splitlines()[-1] == str(file)
    gone = {"songs": [{**document, "file_id": 99}]}
    assert "open.spotify.com/search" in client.post("/api/songs/files/m3u8", json=gone).text


@pytest.mark.parametrize(
    "song",
    [{}, {**HELP, "mood": "bored"}, {**HELP, "spotify_id": "../x"}, {**HELP, "file_id": "a"}],
)
def test_invalid_songs(client: httpx.Client, song: dict[str, object]) -> None:
    assert error_of(client.post("/api/songs/files/csv", json={"songs": [song]}))[0] == 400
    assert error_of(client.post("/api/songs/files/csv", json={"songs": [HELP] * 101}))[0] == 400
    assert error_of(client.post("/api/songs/files/exe", json={"songs": []}))[0] == 404
