"""How readings fare when photos get worse: docs/robustness.svg, and the same figures as a table.

    python runs/robustness.py PHOTOS [--every 3]

PHOTOS are folders named by expression, of photos that nobody cropped. Each photo in
which a face is found is blurred, dimmed, turned, made small, and given glasses; then
the whole way is gone again, from finding the face to naming the expression.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from rich.progress import track

from musicalface.evaluate.face_folders import pictures_in_folders
from musicalface.face import Face, find_faces, read_photo
from musicalface.face.align import aligned
from musicalface.face.pixels import gray
from musicalface.face.quality import Quality
from musicalface.face.read import expressions

OUT = Path(__file__).parent.parent / "docs" / "robustness.svg"
NOISE = 3.0  # gray values of a sensor, whatever the light
SMALLEST_PICTURE = 96
FEWEST = 20  # faces that a share is told of


@dataclass(frozen=True)
class Photo:
    """A photo, the face that was found in it, and the expression it is labelled with."""

    picture: Image.Image
    face: Face
    label: int


Spoil = Callable[[Photo, float], Image.Image]


def blurred(photo: Photo, share: float) -> Image.Image:
    """By a Gaussian whose deviation is a share, in percent, of the face's side."""
    return photo.picture.filter(ImageFilter.GaussianBlur(share / 100 * side(photo)))


def dimmed(photo: Photo, share: float) -> Image.Image:
    """To a share, in percent, of the light, with the noise of a sensor."""
    pixels = np.asarray(photo.picture) * (share / 100)
    noise = np.random.default_rng(1).normal(0, NOISE, pixels.shape)
    return Image.fromarray((pixels + noise).round().clip(0, 255).astype(np.uint8))


def tilted(photo: Photo, degrees: float) -> Image.Image:
    return photo.picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="gray")


def shrunk(photo: Photo, pixels: float) -> Image.Image:
    """Until the face's side has so many pixels."""
    scale = min(1.0, pixels / side(photo))
    width, height = (max(1, round(length * scale)) for length in photo.picture.size)
    small = photo.picture.resize((width, height), Image.Resampling.BOX if scale < 0.5 else 2)
    wide = Image.new("RGB", (max(width, SMALLEST_PICTURE), max(height, SMALLEST_PICTURE)), "gray")
    wide.paste(small, ((wide.width - width) // 2, (wide.height - height) // 2))
    return wide


def with_glasses(photo: Photo, kind: float) -> Image.Image:
    """0: none, 1: thin frames, 2: thick frames, 3: sunglasses."""
    picture = photo.picture.copy()
    eyes = np.array(photo.face.landmarks)[:2]
    apart = float(np.hypot(*(eyes[1] - eyes[0])))
    width = max(1, round(apart * (0, 0.04, 0.1, 0.1)[int(kind)]))
    draw = ImageDraw.Draw(picture)
    for x, y in eyes if kind else ():
        lens = (x - 0.42 * apart, y - 0.32 * apart, x + 0.42 * apart, y + 0.36 * apart)
        draw.ellipse(lens, outline="#181818", width=width, fill="#202020" if kind == 3 else None)
    return picture


@dataclass(frozen=True)
class Curve:
    """One way to spoil photos, how far, and what to call the axis."""

    name: str
    spoil: Spoil
    levels: Sequence[float]
    names: Sequence[str] = ()


CURVES = (
    Curve("blur: deviation, % of the face's side", blurred, (0, 1, 2, 3, 4, 6, 8, 10)),
    Curve("light, % of the photo's", dimmed, (3, 5, 8, 12, 18, 25, 50, 100)),
    Curve("tilt, degrees", tilted, (-60, -45, -30, -15, 0, 15, 30, 45, 60)),
    Curve("size of the face, pixels", shrunk, (12, 16, 20, 24, 28, 32, 48, 100)),
    Curve("glasses", with_glasses, (0, 1, 2, 3), ("none", "thin", "thick", "dark")),
)


def side(photo: Photo) -> float:
    return min(photo.face.box[2:])


def photos(root: Path, every: int) -> list[Photo]:
    found = []
    for labelled in track(pictures_in_folders(root)[::every], "finding faces"):
        pixels = read_photo(labelled.path)
        faces = find_faces(pixels)
        if faces:
            found.append(Photo(Image.fromarray(pixels), faces[0], labelled.label))
    return found


def outcomes(curve: Curve, level: float, seen: Sequence[Photo]) -> NDArray[np.bool_]:
    """For each photo (N, 3): a face was found, it passed as readable, the reading is right."""
    rows = []
    for photo in seen:
        pixels = np.asarray(curve.spoil(photo, level))
        faces = find_faces(pixels)[:1]
        rows.append(_outcome(pixels, faces, photo.label) if faces else (False, False, False))
    return np.array(rows, bool).reshape(-1, 3)


def _outcome(pixels: NDArray[np.uint8], faces: list[Face], label: int) -> tuple[bool, bool, bool]:
    """Read what `look` would refuse to read, too."""
    crops = aligned(gray(pixels), faces)
    right = expressions(crops, prior="camera")[0].argmax() == label
    return True, not Quality.of(faces[0], crops[0]).problem, bool(right)


def measured(curve: Curve, seen: Sequence[Photo]) -> NDArray[np.float64]:
    """For each level: the shares found, read, right of those found, right of those read."""
    rows = []
    for level in track(curve.levels, curve.name):
        found, read, right = outcomes(curve, level, seen).T
        of_found, of_read = (
            right[part].mean() if part.sum() >= FEWEST else np.nan for part in (found, read)
        )
        rows.append((found.mean(), read.mean(), of_found, of_read))
        print(f"{curve.name:<40}{level:>6.0f}" + "".join(f"{share:>9.1%}" for share in rows[-1]))
    return np.array(rows)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("photos", type=Path)
    options.add_argument("--every", type=int, default=3, metavar="N", help="use each Nth photo")
    given = options.parse_args()
    seen = photos(given.photos, given.every)
    print(f"{len(seen)} photos\n{'':<46}{'found':>9}{'read':>9}{'right, f':>9}{'right, r':>9}")
    mpl.rcParams["svg.hashsalt"] = "musicalface"
    figure, grid = pyplot.subplots(2, 3, figsize=(10.5, 6), sharey=True, layout="constrained")
    *axes, key = grid.ravel()
    for plot, curve in zip(axes, CURVES, strict=True):
        shares = measured(curve, seen)
        places = np.arange(len(curve.levels))
        plot.fill_between(places, shares[:, 1], color="#dfe6ee", label="readable, share of faces")
        plot.plot(
            places, shares[:, 2], "o:", color="#e5484d", markersize=3, label="right, of all found"
        )
        plot.plot(
            places,
            shares[:, 3],
            "o-",
            color="#3e8bff",
            markersize=4,
            label="right, of the readable",
        )
        plot.set_xticks(places, curve.names or [f"{level:g}" for level in curve.levels])
        plot.set(xlabel=curve.name, ylim=(0, 1.02))
        plot.spines[["top", "right"]].set_visible(False)
    key.axis("off")
    key.legend(*axes[0].get_legend_handles_labels(), frameon=False, loc="center")
    figure.savefig(OUT, metadata={"Date": None})


if __name__ == "__main__":
    main()
