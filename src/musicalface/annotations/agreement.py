"""Agreement of annotation sources with each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..mood import MOODS, Mood
from .sources import AnnotationSource

CHANCE = 1 / len(MOODS)
"""The agreement of labels that have nothing to do with each other."""

_ALMOST_CHANCE, _ENOUGH_SONGS = 0.4, 20
_MAX_QUOTE = 200
_PRIOR_HITS, _PRIOR_TRIES = 4.0, 6.0  # accuracy of a single source: 2/3


@dataclass(frozen=True)
class Agreement:
    """Number of labels that a source shares with other sources, and its estimated accuracy."""

    shared: int
    accuracy: float


def source_agreements(sources: Sequence[AnnotationSource]) -> dict[str, Agreement]:
    """Returns how well each source agrees with the others, by source name."""
    labels_by_source = {source.name: source.labels for source in sources}
    return {
        name: _agreement(labels, [o for other, o in labels_by_source.items() if other != name])
        for name, labels in labels_by_source.items()
    }


def source_warnings(sources: Sequence[AnnotationSource]) -> list[str]:
    """Returns a sentence for each source that counts for little or has columns nobody knows."""
    warnings = [
        f"{name} agrees with the other listeners in {agreement.accuracy:.0%} of "
        f"{agreement.shared:,} shared songs, so it counts for almost nothing."
        for name, agreement in source_agreements(sources).items()
        if agreement.shared >= _ENOUGH_SONGS and agreement.accuracy < _ALMOST_CHANCE
    ]
    return warnings + [
        f"{source.name} has columns that aren't emotion tags, and they don't count: "
        f"{', '.join(source.ignored)[:_MAX_QUOTE]}."
        for source in sources
        if source.ignored
    ]


def _agreement(labels: Mapping[str, Mood], others: Sequence[Mapping[str, Mood]]) -> Agreement:
    same = [other[key] is mood for key, mood in labels.items() for other in others if key in other]
    return Agreement(len(same), (sum(same) + _PRIOR_HITS) / (len(same) + _PRIOR_TRIES))
