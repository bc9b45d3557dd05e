"""Lyrics: reads song tables and classifies lyrics into the four moods."""

from .mood_classifier import read_lyrics

__all__ = ["read_lyrics"]
