"""Words become four mood probabilities."""

from .read import read_lyrics

__all__ = ["read_lyrics"]
