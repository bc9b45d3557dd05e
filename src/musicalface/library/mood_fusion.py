"""Mood fusion: one mood for a song from all evidence about it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np

from ..models.probabilities import log_shares, softmax
from ..mood import MOODS, EvidenceKind, Mood, MoodScores
from ..songs.catalog_schema import mood_columns

Source = Literal["person", "tag", "listeners", "lyrics", "sound"]
"""A kind of evidence as it is stored; `EvidenceKind` also has sound and lyrics together."""

SOUND_WEIGHT, LYRICS_WEIGHT = 1.0, 1.0
"""Exponents of the two probabilities in their product; fitted by `runs/sound_and_lyrics.py`."""

_ALONE: tuple[Source, ...] = ("person", "tag", "listeners")
"""Evidence that decides alone, the strongest first."""

_SPOKEN = {Mood.RELAXED: "calm"}


class Evidence(NamedTuple):
    """What one source says about a song; `words` is the text of a mood tag."""

    moods: MoodScores
    words: str = ""


EvidenceBySource = Mapping[Source, Evidence]


class SongMood(NamedTuple):
    """A song's mood and its evidence; None if unknown."""

    moods: MoodScores | None
    evidence: EvidenceKind | None

    @property
    def columns(self) -> tuple[object, ...]:
        """The values of the columns from `angry` to `evidence`."""
        return (*(mood_columns(self.moods) if self.moods else [None] * 8), self.evidence)


def manual_mood(mood: Mood) -> Evidence:
    """Returns a mood set by hand: its probability is 1."""
    return Evidence(MoodScores.of(each is mood for each in MOODS))


def fuse(evidence: EvidenceBySource) -> SongMood:
    """Returns the mood that the strongest evidence gives.

    The user's word comes first, then a mood tag, then listeners. Otherwise the probabilities of
    sound and lyrics are multiplied, each raised to its weight (a logarithmic opinion pool; Genest
    & Zidek, 1986).
    """
    for source in _ALONE:
        if source in evidence:
            return SongMood(evidence[source].moods, source)
    sound, lyrics = evidence.get("sound"), evidence.get("lyrics")
    if sound and lyrics:
        return SongMood(_product(sound.moods, lyrics.moods), "sound and lyrics")
    if sound:
        return SongMood(sound.moods, "sound")
    return SongMood(lyrics.moods, "lyrics") if lyrics else SongMood(None, None)


def explain(evidence: EvidenceBySource) -> str:
    """Returns why a song has its mood, for example "sounds calm; lyrics say sad"."""
    kind = fuse(evidence).evidence
    if kind == "person":
        return f"you marked it as {evidence['person'].moods.mood.value}"
    if kind == "tag":
        return f"tagged {evidence['tag'].words}"
    if kind == "listeners":
        return f"listeners tag it as {evidence['listeners'].moods.mood.value}"
    if kind == "lyrics":
        return f"{evidence['lyrics'].moods.mood.value} lyrics"
    if kind == "sound":
        return f"sounds {_spoken(evidence['sound'])}"
    if kind == "sound and lyrics":
        return f"sounds {_spoken(evidence['sound'])}; lyrics say {_spoken(evidence['lyrics'])}"
    return ""


def _spoken(evidence: Evidence) -> str:
    mood = evidence.moods.mood
    return _SPOKEN.get(mood, mood.value)


def _product(sound: MoodScores, lyrics: MoodScores) -> MoodScores:
    weights = (SOUND_WEIGHT, LYRICS_WEIGHT)
    logs = [
        weight * log_shares(list(moods.as_dict().values()))
        for weight, moods in zip(weights, (sound, lyrics), strict=True)
    ]
    return MoodScores.of(softmax(np.sum(logs, axis=0)))
