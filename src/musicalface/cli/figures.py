"""Figures of models, as lines of text."""

from collections.abc import Mapping, Sequence
from statistics import fmean, stdev
from typing import Any

from ..evaluate.metrics import Report
from ..models.card import Card


def card_lines(card: Card) -> str:
    """A finished model in a few lines."""
    size = f"{card.name}: {card.bytes / 1e6:.2f} MB, best epoch {card.best_epoch} of {card.epochs}"
    return "\n".join([size, *map(split_line, card.metrics, card.metrics.values())])


def split_line(split: str, figures: Mapping[str, Any]) -> str:
    """One split's figures in a line."""
    return (
        f"{split:<12} accuracy {figures['accuracy']:.2%}   macro-F1 {figures['macro_f1']:.3f}   "
        f"calibration error {figures['calibration_error']:.3f}   {figures['count']:,} examples"
    )


def recall_lines(figures: Mapping[str, Any]) -> str:
    """Each class with its recall and how its examples were read."""
    rows = zip(figures["recall"].items(), figures["confusion"], strict=True)
    return "\n".join(
        f"  {name:<9} recall {'–' if recall is None else f'{recall:.1%}':>6}   read as "
        + " ".join(f"{count:>5}" for count in counts)
        for (name, recall), counts in rows
    )


def fold_lines(reports: Sequence[Report]) -> str:
    """Each fold's figures, their mean and their spread (standard deviation)."""
    accuracies, f1s = [r.accuracy for r in reports], [r.macro_f1 for r in reports]
    lines = [
        f"fold {i}   {r.count} songs   accuracy {r.accuracy:.2%}   macro-F1 {r.macro_f1:.3f}"
        for i, r in enumerate(reports, start=1)
    ]
    mean = f"accuracy {fmean(accuracies):.2%} ± {stdev(accuracies):.2%}"
    return "\n".join([*lines, f"mean     {mean}   macro-F1 {fmean(f1s):.3f} ± {stdev(f1s):.3f}"])
