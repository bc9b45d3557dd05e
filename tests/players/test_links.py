from dataclasses import replace

from musicalface.mood import MoodScores
from musicalface.players import link, open_in_browser
from musicalface.songs import Song

MOODS = MoodScores(0, 1, 0, 0)


def test_known_id_links_to_the_track() -> None:
    song = Song("A", "T", MOODS, spotify_id="4uLU6hMCjMI75M1A2tKUQC")
    assert link(song) == "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC"


def test_deezer_page_is_better_than_a_search() -> None:
    song = Song("A", "T", MOODS, deezer_id=3135556)
    assert link(song) == "https://www.deezer.com/track/3135556"
    both = replace(song, spotify_id="4uLU6hMCjMI75M1A2tKUQC")
    assert link(both) == "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC"


def test_unknown_id_links_to_an_escaped_search() -> None:
    song = Song("AC/DC", "What's Next? 100%", MOODS)
    assert link(song) == "https://open.spotify.com/search/AC%2FDC%20What%27s%20Next%3F%20100%25"


def test_open_in_browser_opens_the_link(opened_addresses: list[str]) -> None:
    assert open_in_browser(Song("A", "T", MOODS))
    assert opened_addresses == ["https://open.spotify.com/search/A%20T"]
