"""Votes of a face: their factors, limits, and weight in the choice of songs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface.mood import Mood
from musicalface.songs import Catalog, Preferences, choose_songs, open_catalog, shift_songs
from musicalface.songs import reactions as module
from musicalface.songs.reactions import ReactionVotes


@pytest.fixture
def catalog(home: Path) -> Iterator[Catalog]:
    with open_catalog() as opened:
        yield opened


def test_votes_multiply_within_limits() -> None:
    votes = ReactionVotes()
    votes.add("The Beatles", "listeners", True)
    votes.add("Beatles", "lyrics", False)
    votes.add("beatles feat. Ann", "", True)
    assert votes.current().artists == {"beatles": 2.0}
    assert votes.current().factor("beatles", "listeners") == 2.5
    assert votes.current().factor("others", "lyrics") == 0.8
    for _ in range(20):
        votes.add("Nobody", "sound", False)
    assert votes.current().factor("nobody", "sound") == 1 / 16
    votes.forget()
    assert votes.current() == module.NO_REACTIONS


def test_number_of_artists_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ARTISTS", 2)
    votes = ReactionVotes()
    for artist in ("a", "b", "a", "c"):
        votes.add(artist, "", True)
    assert votes.current().artists == {"a": 4.0, "c": 2.0}


def share(catalog: Catalog, artist: str, preferences: Preferences) -> int:
    picks = [
        pick
        for seed in range(60)
        for pick in choose_songs(catalog, Mood.HAPPY, seed=seed, preferences=preferences)
    ]
    return sum(pick.song.artist == artist for pick in picks)


def test_a_smile_and_a_frown_change_the_choice(catalog: Catalog) -> None:
    artist = choose_songs(catalog, Mood.HAPPY, seed=1)[0].song.artist
    votes = ReactionVotes()
    shares = [share(catalog, artist, Preferences())]
    for likes in (True, False):
        votes.forget()
        for _ in range(3):
            votes.add(artist, "", likes)
        shares.append(share(catalog, artist, Preferences(reactions=votes.current())))
    assert shares[1] > shares[0] >= shares[2]
    assert shares[1] > shares[2]


def test_evidence_changes_the_choice(catalog: Catalog) -> None:
    votes = ReactionVotes()
    for _ in range(9):
        votes.add("Nobody", "listeners", False)
        votes.add("Nobody", "lyrics", True)

    def listeners(preferences: Preferences) -> int:
        return sum(
            pick.song.evidence == "listeners"
            for seed in range(20)
            for pick in shift_songs(catalog, Mood.SAD, Mood.ANGRY, 10, seed, preferences)
        )

    assert listeners(Preferences(reactions=votes.current())) < listeners(Preferences())
