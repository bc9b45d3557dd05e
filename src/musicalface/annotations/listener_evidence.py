"""Listeners' annotations of songs; a song without any gets the mean of its artist's other songs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..models.probabilities import softmax
from ..mood import MOODS
from .fusion import MoodEvidence, fuse
from .sources import AnnotationSource, artist_of

MAX_ODDS = 12**0.5
"""Highest odds of a mood against another; a label that is right in four of five songs has 12."""

LABEL_TAGS = 10
"""The number of tags that a label or a point stands for, in `times_known`."""

_WEIGHT, _PSEUDO_COUNT = 0.75, 4.0  # chosen on songs of which the listeners were left out
Shares = NDArray[np.float64]


@dataclass(frozen=True)
class ListenerEvidence:
    """What listeners say of songs, by `song_key`, and of artists, by its artist part."""

    songs: MoodEvidence = field(default_factory=dict)
    artists: MoodEvidence = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)  # see `times_known`

    @classmethod
    def of(cls, sources: Sequence[AnnotationSource]) -> "ListenerEvidence":
        """Returns the evidence of sources; see `fuse` and `artist_evidence`."""
        songs = fuse(sources)
        return cls(songs, artist_evidence(songs), times_known(sources))


def times_known(sources: Sequence[AnnotationSource]) -> Mapping[str, int]:
    """Returns how often each song was labelled: its tags, and LABEL_TAGS for another label."""
    times: dict[str, int] = defaultdict(int)
    for source in sources:
        for key, counts in source.counts.items():
            times[key] += sum(counts)
        for key in (*source.moods, *source.points):
            times[key] += LABEL_TAGS
    return dict(times)


def artist_evidence(evidence: MoodEvidence) -> MoodEvidence:
    """Returns log-likelihoods (4,) by artist, of the artist's songs that have evidence."""
    probabilities = {key: softmax(logs).astype(float) for key, logs in evidence.items()}
    means = artist_means(probabilities, _PSEUDO_COUNT)
    return {artist: _weak(mean) for artist, mean in means.items()}


def artist_means(probabilities: Mapping[str, Shares], pseudo_count: float) -> Mapping[str, Shares]:
    """Returns each artist's mean of the probabilities (4,) of songs and of uniform ones.

    `pseudo_count` is the number of uniform ones.
    """
    songs_by_artist: dict[str, list[Shares]] = defaultdict(list)
    for key, shares in probabilities.items():
        songs_by_artist[artist_of(key)].append(shares)
    return {
        artist: (np.sum(songs, 0) + pseudo_count / len(MOODS)) / (len(songs) + pseudo_count)
        for artist, songs in songs_by_artist.items()
    }


def _weak(probabilities: Shares) -> NDArray[np.float64]:
    logs = _WEIGHT * np.log(probabilities)
    return np.asarray(np.maximum(logs - logs.max(), -np.log(MAX_ODDS)))
