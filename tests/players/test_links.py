from musicalface.mood import MoodScores
from musicalface.players import link, open_in_browser
from musicalface.songs import Song

MOODS = MoodScores(0, 1, 0, 0)


def test_a_known_id_is_a_track() -> None:
    song = Song("A", "T", MOODS, spotify_id="4uLU6hMCjMI75M1A2tKUQC")
    assert link(song) == "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC"


def test_else_a_search_with_every_sign_escaped() -> None:
    song = Song("AC/DC", "What's Next? 100%", MOODS)
    assert link(song) == "https://open.spotify.com/search/AC%2FDC%20What%27s%20Next%3F%20100%25"


def test_the_browser_gets_the_link(opened: list[str]) -> None:
    assert open_in_browser(Song("A", "T", MOODS))
    assert opened == ["https://open.spotify.com/search/A%20T"]
