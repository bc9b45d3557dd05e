"""Annotations: listeners' mood labels, points and tag counts become mood evidence."""

from .fusion import MoodEvidence, fuse
from .listener_evidence import ListenerEvidence
from .sources import AnnotationSource, artist_of, read_source, read_sources

__all__ = [
    "AnnotationSource",
    "ListenerEvidence",
    "MoodEvidence",
    "artist_of",
    "fuse",
    "read_source",
    "read_sources",
]
