"""Liked songs: the file, its limits, import and export, and their weight in the choice."""

import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface.errors import InputError
from musicalface.identity import song_key
from musicalface.mood import Mood
from musicalface.selection import SongRequest, song_selector
from musicalface.songs import Catalog, History, Preferences, Song, choose_songs, likes, open_catalog
from musicalface.songs.likes_files import LikesFormat, read_likes, write_likes
from musicalface.songs.sampling import distinct_artists

DAY = 24 * 3600.0


def like(number: int) -> likes.Like:
    return likes.new_like(f"Artist {number}", f"Title {number}", at=number)


def test_likes_are_private_and_newest_first(own_home: Path) -> None:
    assert likes.load() == []
    likes.add([like(1), like(3)])
    likes.add([like(2)])
    assert [each.at for each in likes.load()] == [3, 2, 1]
    assert stat.S_IMODE((own_home / "likes.json").stat().st_mode) == 0o600
    likes.remove([("ARTIST 3", "Title 3 (Live)")])  # another spelling of the same song
    assert likes.liked_keys() == {like(1).key, like(2).key}
    likes.clear()
    assert list(own_home.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"[]", b'{"likes": 5}', b'{"likes": [{"artist": 1}]}'])
def test_a_damaged_file_is_put_aside(own_home: Path, content: bytes) -> None:
    likes.add([like(1)])
    (own_home / "likes.json").write_bytes(content)
    assert likes.liked_keys() == frozenset()
    assert (own_home / "likes.json.damaged").read_bytes() == content
    assert "couldn't be read" in likes.problem()
    likes.add([like(2)])
    assert likes.load() == [like(2)]
    likes.clear()
    assert likes.problem() == ""


def test_a_link_is_not_followed(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_bytes(write_likes([like(1)], "json"))
    own_home.mkdir()
    (own_home / "likes.json").symlink_to(tmp_path / "other.json")
    assert likes.liked_keys() == frozenset()
    with pytest.raises(OSError, match="link"):
        likes.add([like(2)])


def test_number_of_likes_is_limited(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likes, "MAX_LIKES", 2)
    likes.add([like(1), like(2)])
    with pytest.raises(InputError, match="most"):
        likes.add([like(3)])
    assert len(likes.load()) == 2


@pytest.mark.parametrize("at", [4e9, float("inf"), -1, True, "yesterday", None])
def test_an_impossible_time_becomes_the_present(at: object) -> None:
    """The clock may have been ahead when the song was liked."""
    assert abs(likes.new_like("A", "T", at).at - time.time()) < 60


@pytest.mark.parametrize("form", ["json", "csv"])
def test_export_and_import(form: LikesFormat) -> None:
    every = [like(2), like(1), likes.new_like("=Sum(1)", "'Tis “Été”, 愛", 0)]
    assert read_likes(write_likes(every, form)) == every


def test_csv_of_other_programs() -> None:
    table = 'title,artist,rating\n"One, Two",Ann,5\n,Bob,1\n'.encode("utf-16")
    assert [(each.artist, each.title) for each in read_likes(table)] == [("Ann", "One, Two")]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"a,b\n1,2\n", b'{"songs": []}'])
def test_other_files_are_rejected(content: bytes) -> None:
    with pytest.raises(InputError, match="has no liked songs"):
        read_likes(content)


@pytest.fixture
def catalog(home: Path) -> Iterator[Catalog]:
    with open_catalog() as opened:
        yield opened


def favourites(catalog: Catalog, mood: Mood, count: int) -> list[Song]:
    """Songs that are rarely chosen otherwise: from far down the ranking."""
    found = distinct_artists(catalog.most_confident(mood, 4000)[1500:], count)
    return catalog.songs(found)


def test_favourites_are_chosen_more_often_but_not_alone(catalog: Catalog) -> None:
    keys = frozenset(song_key(s.artist, s.title) for s in favourites(catalog, Mood.HAPPY, 20))
    preferences = Preferences(favourites=keys)
    shares = []
    for seed in range(40):
        picks = choose_songs(catalog, Mood.HAPPY, seed=seed, preferences=preferences)
        liked = [pick for pick in picks if pick.why.startswith("Liked by you, ")]
        shares.append(len(liked))
        assert all(song_key(each.song.artist, each.song.title) in keys for each in liked)
    assert 1.5 < sum(shares) / 40 < 6


def test_a_favourite_comes_again_after_a_day(own_home: Path, catalog: Catalog) -> None:
    (song,) = favourites(catalog, Mood.SAD, 1)
    likes.add([likes.new_like(song.artist, song.title)])
    with History() as history:
        history.add([song], now=time.time() - 2 * DAY)

    def chosen(times: int, seed: int | None = None) -> bool:
        request = SongRequest(100, seed=seed)
        with song_selector(request, None) as select:
            return any(song == pick.song for _ in range(times) for pick in select(Mood.SAD))

    assert not chosen(1, seed=1)  # a seed ignores likes
    assert chosen(60)  # each of these is likely to have it
    with History() as history:
        assert song_key(song.artist, song.title) in history.recent(seconds=DAY)
