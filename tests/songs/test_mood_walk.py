from musicalface.mood import Mood, MoodScores
from musicalface.songs import Preferences, open_catalog, walk_songs

_HAPPY, _SAD = MoodScores(0, 1, 0, 0), MoodScores(0, 0, 0, 1)
_BETWEEN = MoodScores(0, 0, 0.5, 0.5)


def test_each_stretch_gets_a_song_of_its_mood() -> None:
    with open_catalog() as catalog:
        picks = walk_songs(catalog, [_HAPPY, _SAD, _BETWEEN, _HAPPY], seed=1)
        again = walk_songs(catalog, [_HAPPY, _SAD, _BETWEEN, _HAPPY], seed=1)
    assert picks == again
    assert [pick.stretch for pick in picks] == [0, 1, 2, 3]
    moods = [pick.song.mood for pick in picks]
    assert moods[:2] == [Mood.HAPPY, Mood.SAD]
    assert moods[3] == Mood.HAPPY
    between = picks[2].song.moods
    assert min(between.relaxed, between.sad) >= 0.3
    assert len({pick.song.artist for pick in picks}) == 4


def test_liked_songs_come_first() -> None:
    with open_catalog() as catalog:
        (first,) = walk_songs(catalog, [_SAD], seed=1)
        other = next(
            c
            for c in catalog.most_confident(Mood.SAD, 50)
            if c.artist not in first.song.artist.lower()
        )
        (liked,) = walk_songs(catalog, [_SAD], 1, Preferences(liked=frozenset({other.key})))
    assert liked.why.startswith("In your Liked Songs on Spotify")
