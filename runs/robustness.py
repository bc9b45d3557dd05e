"""Measures robustness to degraded photos; draws docs/robustness.svg and prints a table.

    python runs/robustness.py PHOTOS [--every 3]

PHOTOS has one folder of uncropped photos per expression. Each photo with a detected face is
blurred, darkened, rotated, scaled down, and overlaid with glasses; then the whole pipeline
runs again, from face detection to the expression.
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

from musicalface.evaluate.face_folders import list_labelled_photos
from musicalface.evaluate.plots import SVG
from musicalface.face import Face, find_faces, read_photo
from musicalface.face.align import align_faces
from musicalface.face.expression_classifier import expression_probabilities, load_expression_model
from musicalface.face.image_ops import gray
from musicalface.face.quality import Quality

OUT = Path(__file__).parent.parent / "docs" / "robustness.svg"
NOISE = 3.0  # sensor noise in gray values, independent of the light
MIN_PICTURE_SIDE = 96  # pixels
MIN_FACES = 20  # for a share to be reported


@dataclass(frozen=True)
class Photo:
    """A photo, the detected face, and the labelled expression."""

    picture: Image.Image
    face: Face
    label: int


Perturbation = Callable[[Photo, float], Image.Image]


def blur(photo: Photo, share: float) -> Image.Image:
    """Blurs with a Gaussian whose deviation is a percentage of the face's side."""
    return photo.picture.filter(ImageFilter.GaussianBlur(share / 100 * side(photo)))


def dim(photo: Photo, share: float) -> Image.Image:
    """Darkens to a percentage of the light, and adds sensor noise."""
    pixels = np.asarray(photo.picture) * (share / 100)
    noise = np.random.default_rng(1).normal(0, NOISE, pixels.shape)
    return Image.fromarray((pixels + noise).round().clip(0, 255).astype(np.uint8))


def tilt(photo: Photo, degrees: float) -> Image.Image:
    return photo.picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="gray")


def shrink(photo: Photo, pixels: float) -> Image.Image:
    """Scales down until the face's side has the given number of pixels."""
    scale = min(1.0, pixels / side(photo))
    width, height = (max(1, round(length * scale)) for length in photo.picture.size)
    small = photo.picture.resize((width, height), Image.Resampling.BOX if scale < 0.5 else 2)
    size = max(width, MIN_PICTURE_SIDE), max(height, MIN_PICTURE_SIDE)
    padded = Image.new("RGB", size, "gray")
    padded.paste(small, ((padded.width - width) // 2, (padded.height - height) // 2))
    return padded


def add_glasses(photo: Photo, kind: float) -> Image.Image:
    """Draws glasses. 0: none, 1: thin frames, 2: thick frames, 3: sunglasses."""
    picture = photo.picture.copy()
    eyes = np.array(photo.face.landmarks)[:2]
    distance = float(np.hypot(*(eyes[1] - eyes[0])))
    width = max(1, round(distance * (0, 0.04, 0.1, 0.1)[int(kind)]))
    draw = ImageDraw.Draw(picture)
    for x, y in eyes if kind else ():
        dx, above, below = 0.42 * distance, 0.32 * distance, 0.36 * distance
        lens = (x - dx, y - above, x + dx, y + below)
        draw.ellipse(lens, outline="#181818", width=width, fill="#202020" if kind == 3 else None)
    return picture


@dataclass(frozen=True)
class Curve:
    """One perturbation: its axis title, function, levels, and names of the levels."""

    name: str
    perturb: Perturbation
    levels: Sequence[float]
    names: Sequence[str] = ()


CURVES = (
    Curve("blur: deviation, % of the face's side", blur, (0, 1, 2, 3, 4, 6, 8, 10)),
    Curve("light, % of the photo's", dim, (3, 5, 8, 12, 18, 25, 50, 100)),
    Curve("tilt, degrees", tilt, (-60, -45, -30, -15, 0, 15, 30, 45, 60)),
    Curve("size of the face, pixels", shrink, (12, 16, 20, 24, 28, 32, 48, 100)),
    Curve("glasses", add_glasses, (0, 1, 2, 3), ("none", "thin", "thick", "dark")),
)


def side(photo: Photo) -> float:
    return min(photo.face.box[2:])


def photos(root: Path, every: int) -> list[Photo]:
    with_face = []
    for labelled in track(list_labelled_photos(root)[::every], "detecting faces"):
        pixels = read_photo(labelled.path)
        faces = find_faces(pixels)
        if faces:
            with_face.append(Photo(Image.fromarray(pixels), faces[0], labelled.label))
    return with_face


def outcomes(curve: Curve, level: float, sample: Sequence[Photo]) -> NDArray[np.bool_]:
    """Returns for each photo (N, 3): face detected, face readable, reading correct."""
    rows = []
    for photo in sample:
        pixels = np.asarray(curve.perturb(photo, level))
        faces = find_faces(pixels)[:1]
        rows.append(_outcome(pixels, faces, photo.label) if faces else (False, False, False))
    return np.array(rows, bool).reshape(-1, 3)


def _outcome(pixels: NDArray[np.uint8], faces: list[Face], label: int) -> tuple[bool, bool, bool]:
    """Reads the face even if `look` would reject it as unreadable."""
    crops = align_faces(gray(pixels), faces, load_expression_model(None).side)
    correct = expression_probabilities(crops, prior="camera")[0].argmax() == label
    return True, not Quality.measure(faces[0], crops[0]).problem, bool(correct)


def measure(curve: Curve, sample: Sequence[Photo]) -> NDArray[np.float64]:
    """Returns shares per level: detected, readable, right of detected, right of readable."""
    rows = []
    for level in track(curve.levels, curve.name):
        detected, readable, correct = outcomes(curve, level, sample).T
        of_detected, of_readable = (
            correct[part].mean() if part.sum() >= MIN_FACES else np.nan
            for part in (detected, readable)
        )
        rows.append((detected.mean(), readable.mean(), of_detected, of_readable))
        print(f"{curve.name:<40}{level:>6.0f}" + "".join(f"{share:>9.1%}" for share in rows[-1]))
    return np.array(rows)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("photos", type=Path)
    options.add_argument("--every", type=int, default=3, metavar="N", help="use each Nth photo")
    arguments = options.parse_args()
    sample = photos(arguments.photos, arguments.every)
    header = ("detected", "readable", "right/d", "right/r")
    print(f"{len(sample)} photos\n{'':<46}" + "".join(f"{name:>9}" for name in header))
    mpl.rcParams.update(SVG)
    figure, grid = pyplot.subplots(2, 3, figsize=(10.5, 6), sharey=True, layout="constrained")
    *axes, key = grid.ravel()
    for plot, curve in zip(axes, CURVES, strict=True):
        shares = measure(curve, sample)
        x = np.arange(len(curve.levels))
        plot.fill_between(x, shares[:, 1], color="#dfe6ee", label="readable, share of faces")
        plot.plot(x, shares[:, 2], "o:", color="#e5484d", markersize=3, label="right, of all found")
        plot.plot(
            x, shares[:, 3], "o-", color="#3e8bff", markersize=4, label="right, of the readable"
        )
        plot.set_xticks(x, curve.names or [f"{level:g}" for level in curve.levels])
        plot.set(xlabel=curve.name, ylim=(0, 1.02))
        plot.spines[["top", "right"]].set_visible(False)
    key.axis("off")
    key.legend(*axes[0].get_legend_handles_labels(), frameon=False, loc="center")
    figure.savefig(OUT, metadata={"Date": None})


if __name__ == "__main__":
    main()
