"""The face networks that can be trained: how each is made, how it learns, and for how long."""

from collections.abc import Callable
from dataclasses import dataclass

from . import cnn2018, compact, janus
from .recipe import Method


@dataclass(frozen=True)
class Plan:
    """How to make a network, how it learns, and for how long."""

    make: Callable[[], cnn2018.CNN2018 | compact.Compact]
    method: Method
    epochs: int
    batch: int = 128
    patience: int | None = None
    clean: bool = False  # leave out training faces that are measured, blank, or not a face
    two_heads: bool = False  # learn from people's votes as well


PLANS = {
    "cnn2018": Plan(cnn2018.CNN2018, Method(cnn2018.optimizer), epochs=35, patience=7),
    "compact": Plan(compact.Compact, compact.METHOD, epochs=30, clean=True),
    "janus": Plan(janus.Janus, janus.METHOD, epochs=100, clean=True, two_heads=True),
}
