"""What the commands print."""

from collections.abc import Sequence
from statistics import fmean, stdev

from ..evaluate.metrics import Report
from ..models.card import Card


def card_lines(card: Card) -> str:
    """A finished model in a few lines."""
    lines = [f"{card.name}: {card.bytes / 1e6:.2f} MB, best epoch {card.best_epoch} of {card.epochs}"]
    lines += [
        f"{split:<12} accuracy {figures['accuracy']:.2%}   macro-F1 {figures['macro_f1']:.3f}   "
        f"calibration error {figures['calibration_error']:.3f}"
        for split, figures in card.metrics.items()
    ]
    return "\n".join(lines)


def fold_lines(reports: Sequence[Report]) -> str:
    """Each fold's figures, their mean and their spread (standard deviation)."""
    accuracies, f1s = [r.accuracy for r in reports], [r.macro_f1 for r in reports]
    lines = [
        f"fold {i}   {r.count} songs   accuracy {r.accuracy:.2%}   macro-F1 {r.macro_f1:.3f}"
        for i, r in enumerate(reports, start=1)
    ]
    mean = f"accuracy {fmean(accuracies):.2%} ± {stdev(accuracies):.2%}"
    return "\n".join([*lines, f"mean     {mean}   macro-F1 {fmean(f1s):.3f} ± {stdev(f1s):.3f}"])
