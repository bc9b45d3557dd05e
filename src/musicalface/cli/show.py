"""What the commands print."""

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
