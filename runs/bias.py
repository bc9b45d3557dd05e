"""Compares readings of different groups of people: prints tables, and writes docs/bias.svg.

    python runs/bias.py FACES [--every 1] [--model NAME]

FACES is a folder of photos of one face each, named AGE_GENDER_GROUP_N as UTKFace names them
(gender 0 male, 1 female; group 0 White, 1 Black, 2 Asian, 3 Indian, 4 others). Their true
expressions are unknown, so this shows differences, not accuracy.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot
from matplotlib.axes import Axes
from numpy.typing import NDArray
from rich.progress import track

from musicalface.evaluate.plots import SVG
from musicalface.face import read_faces, read_photo
from musicalface.face.expression_classifier import load_expression_model
from musicalface.face.photo_reader import is_photo
from musicalface.face.prior import Prior, posterior
from musicalface.models.model_card import Head
from musicalface.mood import EXPRESSIONS

OUT = Path(__file__).parent.parent / "docs" / "bias.svg"
DIMMED, CROPPED = 0.4, 0.08
ALARMING, ERRORS = 1.5, 2.0  # times as often as the others; standard errors apart
WATCHED = ("angry", "sad")
SHOWN: tuple[Prior, ...] = ("camera", "balanced")
AGES = {"0 to 9": 10, "10 to 19": 20, "20 to 39": 40, "40 to 59": 60, "60 and more": 200}
GENDERS = ("male", "female")
GROUPS = ("White", "Black", "Asian", "Indian", "others")

Change = Callable[[NDArray[np.uint8]], NDArray[np.uint8]]


def mirrored(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return photo[:, ::-1].copy()


def dimmed(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return (photo * DIMMED).round().astype(np.uint8)


def cropped(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rows, columns = (round(side * CROPPED) for side in photo.shape[:2])
    return photo[rows:-rows, columns:-columns].copy()


CHANGES: dict[str, Change] = {"mirrored": mirrored, "dimmed": dimmed, "cropped": cropped}


@dataclass(frozen=True)
class Seen:
    """A face: its groups, and the evidence (4, 7) of the photo and its changed copies.

    A row is NaN if no face was readable.
    """

    groups: tuple[str, ...]
    evidence: NDArray[np.float32]


def seen(path: Path, model: str | None) -> Seen:
    photo = read_photo(path)
    photos = [photo, *(change(photo) for change in CHANGES.values())]
    return Seen(groups_of(path.stem), np.array([evidence(each, model) for each in photos]))


def evidence(photo: NDArray[np.uint8], model: str | None) -> NDArray[np.float32]:
    """Evidence (7,) of the largest face."""
    readings = read_faces(photo, model)[:1]
    if not readings or not readings[0].clear:
        return np.full(len(EXPRESSIONS), np.nan, np.float32)
    return np.array(readings[0].evidence, np.float32)


def groups_of(name: str) -> tuple[str, ...]:
    age, gender, group = map(int, name.split("_")[:3])
    band = next(band for band, end in AGES.items() if age < end)
    return band, GENDERS[gender], GROUPS[group]


@dataclass(frozen=True)
class Figures:
    """Figures of one group.

    `refused` is the share of unreadable faces; the others are of readable faces: the share
    of each expression, its mean probability and the squared standard error of that mean, the
    mean probability of the most likely expression, and the share of each change's copies
    with the same expression.
    """

    faces: int
    refused: float
    shares: NDArray[np.float64]  # (7,)
    means: NDArray[np.float64]  # (7,)
    variances: NDArray[np.float64]  # (7,)
    sureness: float
    agreement: tuple[float, ...]

    @classmethod
    def of(cls, part: Sequence[Seen], prior: Prior, head: Head) -> "Figures":
        """Figures of `part` with a prior."""
        known = np.array([face.evidence for face in part])
        read = known[~np.isnan(known[:, 0]).any(1)]
        said = posterior(read.reshape(-1, len(EXPRESSIONS)), prior, head)
        likeliest = said.argmax(1).reshape(len(read), -1)
        same = (likeliest[:, 1:] == likeliest[:, :1]) & ~np.isnan(read[:, 1:, 0])
        shares = np.bincount(likeliest[:, 0], minlength=len(EXPRESSIONS)) / len(read)
        own = said.reshape(len(read), -1, len(EXPRESSIONS))[:, 0].astype(float)
        return cls(
            faces=len(part),
            refused=1 - len(read) / len(part),
            shares=shares,
            means=own.mean(0),
            variances=own.var(0) / len(read),
            sureness=float(own.max(1).mean()),
            agreement=tuple(same.mean(0).tolist()),
        )

    def alarms(self, others: "Figures") -> Iterator[str]:
        """Watched expressions that are significantly more likely than in the others."""
        for name in WATCHED:
            at = EXPRESSIONS.index(name)
            share, other = self.means[at], others.means[at]
            error = np.sqrt(self.variances[at] + others.variances[at])
            if share > ALARMING * other and share - other > ERRORS * error:
                yield f"{name} {share:.2%} against {other:.2%}"


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("faces", type=Path)
    options.add_argument("--every", type=int, default=1, metavar="N", help="use each Nth photo")
    options.add_argument("--model")
    given = options.parse_args()
    paths = sorted(path for path in given.faces.iterdir() if is_photo(path))[:: given.every]
    faces = [seen(path, given.model) for path in track(paths, "reading faces")]
    head = load_expression_model(given.model).head()
    mpl.rcParams.update(SVG)
    figure, grid = pyplot.subplots(1, 2, figsize=(11, 5), sharey=True, layout="constrained")
    for axes, prior in zip(grid, SHOWN, strict=True):
        plot(axes, table(faces, prior, head), prior)
    figure.legend(*grid[0].get_legend_handles_labels(), ncols=7, loc="outside lower center")
    figure.savefig(OUT, metadata={"Date": None})


def table(faces: Sequence[Seen], prior: Prior, head: Head) -> dict[str, Figures]:
    """Prints the table of one prior; returns the figures by group."""
    names = [*AGES, *GENDERS, *GROUPS]
    figures = {n: Figures.of([f for f in faces if n in f.groups], prior, head) for n in names}
    columns = [f"prior {prior}", "faces", "refused", *EXPRESSIONS, "sureness", *CHANGES]
    print(f"\n| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for name, group in {"all": Figures.of(faces, prior, head), **figures}.items():
        shares = [group.refused, *group.shares, group.sureness, *group.agreement]
        print(f"| {name} | {group.faces} | {' | '.join(f'{100 * s:.1f}' for s in shares)} |")
    for name, group in figures.items():
        others = Figures.of([f for f in faces if name not in f.groups], prior, head)
        for alarm in group.alarms(others):
            print(f"{name}: mean probability of {alarm} of the others")
    return figures


def plot(axes: Axes, figures: dict[str, Figures], prior: str) -> None:
    """Draws the expression shares of each group as bars."""
    names = list(figures)[::-1]
    left = np.zeros(len(names))
    for at, expression in enumerate(EXPRESSIONS):
        shares = np.array([figures[name].shares[at] for name in names])
        axes.barh(names, shares, left=left, label=str(expression))
        left += shares
    axes.set(xlim=(0, 1), xlabel="share of the faces that were read", title=f"prior {prior}")
    axes.spines[["top", "right"]].set_visible(False)


if __name__ == "__main__":
    main()
