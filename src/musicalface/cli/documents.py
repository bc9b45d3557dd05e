"""The JSON documents; their keys are documented in docs/json.md and stay."""

from collections.abc import Sequence
from typing import Any

from ..face import Quality, Reading
from ..mood import Mood, MoodScores
from ..players import link
from ..songs import Pick

_DIGITS = 4
_UNREAD = {"moods": None, "mood": None, "sure": False}


def photo_document(path: str, readings: Sequence[Reading], picks: Sequence[Pick]) -> dict[str, Any]:
    """One photo: its faces, the largest first, the mood of the largest clear one, and its songs."""
    clear = [reading for reading in readings if reading.clear]
    return {
        "path": path,
        "faces": [face_document(reading) for reading in readings],
        "mood": clear[0].moods.mood.value if clear else None,
        "songs": [song_document(pick) for pick in picks],
    }


def face_document(reading: Reading) -> dict[str, Any]:
    """One face; box and landmarks in pixels of the upright photo."""
    return {
        "box": [round(value) for value in reading.face.box],
        "landmarks": [[round(x, 1), round(y, 1)] for x, y in reading.face.landmarks],
        "score": round(reading.face.score, _DIGITS),
        "quality": quality_document(reading.quality),
        "expressions": _rounded(reading.expressions) if reading.clear else None,
        **(moods_document(reading.moods) if reading.clear else _UNREAD),
    }


def quality_document(quality: Quality) -> dict[str, Any]:
    """What a reading rests on, and why there is none, if there is none."""
    return {
        "problem": quality.problem or None,
        "side": round(quality.side),
        "light": round(quality.light),
        "contrast": round(quality.contrast),
        "turn": round(quality.turn, 2),
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
