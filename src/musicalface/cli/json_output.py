"""JSON output of the commands. The keys are documented in docs/json.md and must not change."""

from collections.abc import Sequence
from typing import Any

from ..face import Quality, Reading, deciding
from ..mood import Mood, MoodScores
from ..players import link
from ..songs import Pick

_DIGITS = 4
NO_MOOD: dict[str, Any] = {"moods": None, "mood": None, "sure": False}


def photo_document(path: str, readings: Sequence[Reading], picks: Sequence[Pick]) -> dict[str, Any]:
    """A photo: its faces, largest first; the mood of the face that decides; the songs."""
    decides = deciding(readings)
    return {
        "path": path,
        "faces": [face_document(reading) for reading in readings],
        "mood": decides.moods.mood.value if decides else None,
        "songs": [song_document(pick) for pick in picks],
    }


def face_document(reading: Reading) -> dict[str, Any]:
    """A face; box and landmarks are in pixels of the upright photo."""
    return {
        "box": [round(value) for value in reading.face.box],
        "landmarks": [[round(x, 1), round(y, 1)] for x, y in reading.face.landmarks],
        "score": round(reading.face.score, _DIGITS),
        "quality": quality_document(reading.quality),
        "expressions": rounded(reading.expressions) if reading.clear else None,
        **(moods_document(reading.moods) if reading.clear else NO_MOOD),
    }


def quality_document(quality: Quality) -> dict[str, Any]:
    """The measures of a face's quality, and the reason why it can't be read, or null."""
    return {
        "problem": quality.problem or None,
        "side": round(quality.side),
        "light": round(quality.light),
        "contrast": round(quality.contrast),
        "turn": round(quality.turn, 2),
    }


def moods_document(moods: MoodScores) -> dict[str, Any]:
    """Four mood probabilities, the most likely mood, and whether it is clear."""
    return {"moods": rounded(moods.as_dict()), "mood": moods.mood.value, "sure": moods.sure}


def songs_document(mood: Mood, picks: Sequence[Pick]) -> dict[str, Any]:
    """The songs that were picked for a mood."""
    return {"mood": mood.value, "songs": [song_document(pick) for pick in picks]}


def song_document(pick: Pick) -> dict[str, Any]:
    """A song and why it was picked; `spotify_id` and `deezer_id` are null if unknown."""
    song = pick.song
    return {
        "artist": song.artist,
        "title": song.title,
        "moods": rounded(song.moods.as_dict()),
        "mood": song.mood.value,
        "why": pick.why,
        "spotify_id": song.spotify_id or None,
        "deezer_id": song.deezer_id or None,
        "url": link(song),
    }


def rounded(probabilities: dict[str, float]) -> dict[str, float]:
    """Probabilities by name, rounded to four decimals."""
    return {name: round(value, _DIGITS) for name, value in probabilities.items()}
