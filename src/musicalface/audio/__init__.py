"""Sound files: four mood probabilities from the sound of a song."""

from .mood_classifier import read_audio, read_audio_files

__all__ = ["read_audio", "read_audio_files"]
