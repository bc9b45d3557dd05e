"""The shipped models with their cards, and the loader."""

from .loader import SHIPPED_AUDIO, SHIPPED_EXPRESSIONS, SHIPPED_LYRICS, Model, load
from .model_card import Card

__all__ = ["SHIPPED_AUDIO", "SHIPPED_EXPRESSIONS", "SHIPPED_LYRICS", "Card", "Model", "load"]
