"""Figures of models, as lines of text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean, stdev
from typing import Any

import click

from ..evaluate.metrics import Report
from ..evaluate.surest import FAR, Trial
from ..models.card import Card
from .streams import print_json


def card_lines(card: Card) -> str:
    """A finished model in a few lines."""
    size = f"{card.name}: {card.bytes / 1e6:.2f} MB, best epoch {card.best_epoch} of {card.epochs}"
    lines = [
        split_line(f"{name} · {split}" if len(card.heads) > 1 else split, figures)
        for name, head in card.heads.items()
        for split, figures in head.metrics.items()
    ]
    return "\n".join([size, *lines])


def split_line(split: str, figures: Mapping[str, Any]) -> str:
    """One split's figures in a line."""
    return (
        f"{split:<12} accuracy {figures['accuracy']:.2%}   macro-F1 {figures['macro_f1']:.3f}   "
        f"calibration error {figures['calibration_error']:.3f}   {figures['count']:,} examples"
    )


def recall_lines(report: Report) -> str:
    """Each class with its recall, how often it was read, and what its examples were read as."""
    rows = zip(report.recall.items(), report.said.values(), report.confusion, strict=True)
    return "\n".join(
        f"  {name:<9} recall {_or_dash(recall, '.1%'):>6}   said {_or_dash(said, '.2f'):>5} ×   "
        "read as " + " ".join(f"{count:>5}" for count in counts)
        for (name, recall), said, counts in rows
    )


def print_reports(
    reports: Mapping[str, Report],
    as_json: bool,
    unread: Mapping[str, Mapping[str, int]] | None = None,
) -> None:
    """A table for each split, or one JSON document; `unread` are photos, by split and reason."""
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
            click.echo(f"  not read: {count} {'photo' if count == 1 else 'photos'}, {reason}")


def _or_dash(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def fold_lines(reports: Sequence[Report]) -> str:
    """Each fold's figures, their mean and their spread (standard deviation)."""
    lines = [
        f"fold {i}   {r.count} songs   accuracy {r.accuracy:.2%}   macro-F1 {r.macro_f1:.3f}"
        for i, r in enumerate(reports, start=1)
    ]
    return "\n".join([*lines, mean_line(reports)])


def mean_line(reports: Sequence[Report]) -> str:
    """The mean of at least two reports, and its spread (standard deviation)."""
    accuracies, f1s = [r.accuracy for r in reports], [r.macro_f1 for r in reports]
    mean = f"accuracy {fmean(accuracies):.2%} ± {stdev(accuracies):.2%}"
    return f"mean     {mean}   macro-F1 {fmean(f1s):.3f} ± {stdev(f1s):.3f}"


def trial_lines(trials: Iterable[Trial]) -> Iterator[str]:
    """Each trial's figures as it ends, with the precision of the surest; their mean and spread."""
    done = []
    for trial in trials:
        yield split_line(trial.name, trial.report.as_dict())
        yield from surest_lines(trial)
        if not trial.name.endswith(FAR):
            done.append(trial)
    if len(done) > 1:
        yield mean_line([trial.report for trial in done])


def surest_lines(trial: Trial) -> Iterator[str]:
    """How often the songs that each mood was read in most surely are of it."""
    for share, precision in (("tenth", trial.tenth), ("quarter", trial.quarter)):
        moods = "   ".join(f"{mood} {_or_dash(p, '.2f')}" for mood, p in precision.items())
        known = [p for p in precision.values() if p is not None]
        mean = fmean(known) if known else None
        yield f"  right in the surest {share:<8} {_or_dash(mean, '.3f')}   {moods}"
