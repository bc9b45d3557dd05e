"""The JSON documents; their keys are documented in docs/json.md and stay."""

from collections.abc import Sequence
from typing import Any

from ..face import Reading
from ..mood import Mood, MoodScores
from ..players import link
from ..songs import Pick

_DIGITS = 4


def photo_document(path: str, readings: Sequence[Reading], picks: Sequence[Pick]) -> dict[str, Any]:
    """One photo: its faces, the largest first, the mood of that one, and its songs."""
    return {
        "path": path,
        "faces": [face_document(reading) for reading in readings],
        "mood": readings[0].moods.mood.value if readings else None,
        "songs": [song_document(pick) for pick in picks],
    }


def face_document(reading: Reading) -> dict[str, Any]:
    """One face; box and landmarks in pixels of the upright photo."""
    return {
        "box": [round(value) for value in reading.face.box],
        "landmarks": [[round(x, 1), round(y, 1)] for x, y in reading.face.landmarks],
        "score": round(reading.face.score, _DIGITS),
        "expressions": _rounded(reading.expressions),
        **moods_document(reading.moods),
    }


def moods_document(moods: MoodScores) -> dict[str, Any]:
    """Four probabilities, the likeliest, and whether it is a clear winner."""
    return {"moods": _rounded(moods.as_dict()), "mood": moods.mood.value, "sure": moods.sure}


def songs_document(mood: Mood, picks: Sequence[Pick]) -> dict[str, Any]:
    """Songs for a mood that was asked for."""
    return {"mood": mood.value, "songs": [song_document(pick) for pick in picks]}


def song_document(pick: Pick) -> dict[str, Any]:
    """One song and why it was chosen; `spotify_id` is null where it is not known."""
    song = pick.song
    return {
        "artist": song.artist,
        "title": song.title,
        "moods": _rounded(song.moods.as_dict()),
        "mood": song.mood.value,
        "why": pick.why,
        "spotify_id": song.spotify_id or None,
        "url": link(song),
    }


def _rounded(probabilities: dict[str, float]) -> dict[str, float]:
    return {name: round(value, _DIGITS) for name, value in probabilities.items()}
