"""Plots of a report: confusion matrix and reliability diagram."""

import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..errors import MissingExtraError
from ..files import atomic_write
from .metrics import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SVG = {"svg.hashsalt": "musicalface", "svg.fonttype": "none"}
"""matplotlib's settings for pictures that are the same each time, with text as text."""


def require_plots() -> None:
    """Raises MissingExtraError without matplotlib."""
    if not find_spec("matplotlib"):
        raise MissingExtraError("Plots", "plots")


def plot(report: Report, title: str, path: Path) -> None:
    """Writes a confusion matrix and a reliability diagram side by side.

    The path's suffix determines the format. Raises MissingExtraError without the extra [plots].
    """
    require_plots()
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(SVG), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about characters that the font lacks
        figure = Figure(figsize=(10, 4.6), layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
        figure.suptitle(title.replace("$", r"\$"))
        _confusion(left, report)
        _reliability(right, report)
        with atomic_write(path) as temporary:
            kind = path.suffix[1:].lower()
            figure.savefig(
                temporary, format=kind, metadata={"Date": None} if kind == "svg" else None
            )


def _confusion(axes: "Axes", report: Report) -> None:
    counts = np.array(report.confusion)
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), share in np.ndenumerate(shares):
        colour = "white" if share > 0.55 else "#333"
        axes.text(column, row, f"{share:.0%}", ha="center", va="center", color=colour, fontsize=8)
    names = list(report.recall)
    axes.set_xticks(range(len(names)), names, rotation=40, ha="right")
    axes.set_yticks(
        range(len(names)), [f"{n} ({c})" for n, c in zip(names, counts.sum(1), strict=True)]
    )
    axes.set_title(f"accuracy {report.accuracy:.1%}, macro-F1 {report.macro_f1:.3f}")
    axes.set_xlabel("read as")


def _reliability(axes: "Axes", report: Report) -> None:
    confidence, hits, counts = (np.array(each) for each in zip(*report.reliability, strict=True))
    axes.plot([0, 1], [0, 1], color="#999", linestyle=":")
    axes.plot(confidence, hits, color="#3e8bff", linewidth=1)
    axes.scatter(confidence, hits, s=8 + 300 * counts / counts.sum(), color="#3e8bff", alpha=0.7)
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.set(xlabel="probability of the top expression", ylabel="share that is right")
    axes.set_title(f"calibration error {report.calibration_error:.3f}")
    axes.spines[["top", "right"]].set_visible(False)
