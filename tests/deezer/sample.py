"""Sample state for manual tests: fifty songs, and the numbered ones of the shipped catalog."""

from musicalface.songs import open_catalog

from .shared import SONGS
from .state import DeezerState


def sample_world() -> DeezerState:
    """Fifty songs, one unavailable, one without a preview."""
    state = DeezerState()
    for line in SONGS.strip().splitlines():
        artists, title, album = line.split("|")
        state.add(artists.partition(";")[0], title, album=album, seconds=180 + len(line))
    state.tracks[0].readable = False
    state.tracks[0].alternative = state.add("Adele", "Hello", album="25").id
    state.tracks[1].has_preview = False
    return state


def add_catalog(state: DeezerState) -> None:
    """Adds the songs of the catalog that have a Deezer id, as the app asks for them."""
    with open_catalog() as catalog:
        for song in catalog:
            if song.deezer_id:
                state.add(song.artist, song.title, id=song.deezer_id)
