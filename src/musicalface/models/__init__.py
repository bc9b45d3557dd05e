"""The models that ship, a card beside each, and the one loader."""

from .card import Card
from .loader import SHIPPED_EXPRESSIONS, SHIPPED_LYRICS, Model, load

__all__ = ["SHIPPED_EXPRESSIONS", "SHIPPED_LYRICS", "Card", "Model", "load"]
