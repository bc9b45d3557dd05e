"""The sentences of the pages: one JSON file for each language."""

from .sentences import fill, read_sentences, sentence

__all__ = ["fill", "read_sentences", "sentence"]
