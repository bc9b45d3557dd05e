"""Model metrics as lines of text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean, stdev
from typing import Any

import click

from ..evaluate.metrics import Report
from ..evaluate.precision_at_top import FAR_SUFFIX, LyricsEvaluation
from ..models.model_card import Card
from .stdio import print_json


def card_lines(card: Card) -> str:
    """Size, epochs and metrics of a trained model."""
    size = f"{card.name}: {card.bytes / 1e6:.2f} MB, best epoch {card.best_epoch} of {card.epochs}"
    lines = [
        split_line(f"{name} · {split}" if len(card.heads) > 1 else split, figures)
        for name, head in card.heads.items()
        for split, figures in head.metrics.items()
    ]
    return "\n".join([size, *lines])


def split_line(split: str, figures: Mapping[str, Any]) -> str:
    """The metrics of one split in one line."""
    return (
        f"{split:<12} accuracy {figures['accuracy']:.2%}   macro-F1 {figures['macro_f1']:.3f}   "
        f"calibration error {figures['calibration_error']:.3f}   {figures['count']:,} examples"
    )


def recall_lines(report: Report) -> str:
    """One line per class: recall, predictions per example, row of the confusion matrix."""
    rows = zip(
        report.recall.items(), report.prediction_ratio.values(), report.confusion, strict=True
    )
    return "\n".join(
        f"  {name:<9} recall {_or_dash(recall, '.1%'):>6}   predicted {_or_dash(ratio, '.2f'):>5} ×"
        "   predicted as " + " ".join(f"{count:>5}" for count in counts)
        for (name, recall), ratio, counts in rows
    )


def print_reports(
    reports: Mapping[str, Report],
    as_json: bool,
    unread: Mapping[str, Mapping[str, int]] | None = None,
) -> None:
    """Prints a table per split, or JSON; `unread` counts unreadable photos by split and reason."""
    unread = unread or {}
    if as_json:
        splits = {
            name: report.as_dict() | ({"unread": dict(unread[name])} if name in unread else {})
            for name, report in reports.items()
        }
        print_json({"splits": splits})
        return
    for name, report in reports.items():
        click.echo(split_line(name, report.as_dict()))
        click.echo(recall_lines(report))
        for reason, count in unread.get(name, {}).items():
            click.echo(f"  unreadable: {count} {'photo' if count == 1 else 'photos'}, {reason}")


def _or_dash(value: float | None, spec: str) -> str:
    return "–" if value is None else format(value, spec)


def fold_lines(reports: Sequence[Report]) -> str:
    """The metrics of each fold, then their mean and standard deviation."""
    lines = [
        f"fold {i}   {r.count} songs   accuracy {r.accuracy:.2%}   macro-F1 {r.macro_f1:.3f}"
        for i, r in enumerate(reports, start=1)
    ]
    return "\n".join([*lines, mean_line(reports)])


def mean_line(reports: Sequence[Report]) -> str:
    """The mean and standard deviation of at least two reports."""
    accuracies, f1s = [r.accuracy for r in reports], [r.macro_f1 for r in reports]
    mean = f"accuracy {fmean(accuracies):.2%} ± {stdev(accuracies):.2%}"
    return f"mean     {mean}   macro-F1 {fmean(f1s):.3f} ± {stdev(f1s):.3f}"


def evaluation_lines(evaluations: Iterable[LyricsEvaluation]) -> Iterator[str]:
    """Yields each trial's metrics and top precision, then the mean and standard deviation."""
    done = []
    for evaluation in evaluations:
        yield split_line(evaluation.name, evaluation.report.as_dict())
        yield from top_precision_lines(evaluation)
        if not evaluation.name.endswith(FAR_SUFFIX):
            done.append(evaluation)
    if len(done) > 1:
        yield mean_line([evaluation.report for evaluation in done])


def top_precision_lines(evaluation: LyricsEvaluation) -> Iterator[str]:
    """The precision of each mood among its most confident tenth and quarter of songs."""
    for share, precision in (("tenth", evaluation.tenth), ("quarter", evaluation.quarter)):
        moods = "   ".join(f"{mood} {_or_dash(p, '.2f')}" for mood, p in precision.items())
        known = [p for p in precision.values() if p is not None]
        mean = fmean(known) if known else None
        yield f"  precision in the top {share:<8} {_or_dash(mean, '.3f')}   {moods}"
