"""Draws the pictures in docs/: the output of `look`, the networks, and their learning curves.

    python runs/docs_figures.py ARGUS_FOLDER CNN2018_FOLDER LSTM2018_FOLDER

The folders are the outputs of the training runs. Networks are drawn node by node from the
bundled ONNX files.
"""

import csv
import io
import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

import matplotlib as mpl
import onnx
from matplotlib import pyplot
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from musicalface.cli import render
from musicalface.evaluate.plots import SVG
from musicalface.face import read_faces, read_photo
from musicalface.models import loader
from musicalface.songs import choose_songs, open_catalog

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COLOURS = {
    "Conv": "#3e8bff",
    "LSTM": "#3e8bff",
    "Embedding": "#12a594",
    "Gemm": "#8e4ec6",
    "MaxPool": "#e5484d",
    "Tanh": "#30a46c",
    "Relu": "#30a46c",
}
BOX, GAP, IN_A_ROW = (124, 62), 24, 6
PLAIN_SVG = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
"""rich's SVG format without the web fonts that it would load from the network."""


def look() -> None:
    """Draws the README's picture: the reading of the sample portrait, and its songs."""
    console = Console(record=True, width=92, highlight=False, file=io.StringIO())
    reading = read_faces(read_photo(ROOT / "examples" / "portrait.png"))[0]
    render.print_reading("examples/portrait.png", reading, console)
    with open_catalog() as catalog:
        picks = choose_songs(catalog, reading.moods.mood, seed=4)
    console.print()
    render.print_songs(reading.moods.mood, picks, console)
    title = "musicalface look examples/portrait.png"
    console.save_svg(str(DOCS / "look.svg"), title=title, code_format=PLAIN_SVG)


def diagram(name: str) -> None:
    """Draws the computing nodes of a bundled network, with their output shapes."""
    path = Path(loader.__file__).with_name(f"{name}.onnx")
    boxes = list(_boxes(onnx.shape_inference.infer_shapes(onnx.load(path)).graph))
    rows = -(-len(boxes) // IN_A_ROW)
    width = min(len(boxes), IN_A_ROW) * (BOX[0] + GAP) + GAP
    height = rows * (BOX[1] + GAP) + GAP
    parts = [_svg_box(i, *box) for i, box in enumerate(boxes)]
    arrows = [_svg_arrow(i) for i in range(1, len(boxes))]
    (DOCS / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="system-ui, sans-serif" text-anchor="middle" role="img">'
        f"<title>{name}, drawn from its ONNX file</title>"
        f'<rect width="{width}" height="{height}" rx="12" fill="#fbfbfd"/>'
        f"{''.join(arrows)}{''.join(parts)}</svg>\n"
    )


def _boxes(graph: onnx.GraphProto) -> Iterator[tuple[str, str, str]]:
    shapes = {
        value.name: [d.dim_value for d in value.type.tensor_type.shape.dim]
        for value in (*graph.value_info, *graph.output)
    }
    stored = {weight.name: weight.dims for weight in graph.initializer}
    for node in graph.node:
        kind = "Embedding" if node.op_type == "Gather" and node.input[0] in stored else node.op_type
        if kind in COLOURS and (kind != "Embedding" or "embedding" in node.input[0]):
            size = [d for d in shapes[node.output[0]] if d > 1]
            if kind in ("Conv", "Relu") and len(size) == 1:
                continue  # part of a channel attention block, which is drawn as one box
            yield kind, _kernel(node), " × ".join(map(str, size))


def _kernel(node: onnx.NodeProto) -> str:
    sides: list[int] = next((a.ints for a in node.attribute if a.name == "kernel_shape"), [])
    return "×".join(map(str, sides))


def _position(i: int) -> tuple[int, int]:
    row, column = divmod(i, IN_A_ROW)
    return GAP + column * (BOX[0] + GAP), GAP + row * (BOX[1] + GAP)


def _svg_box(i: int, kind: str, kernel: str, size: str) -> str:
    x, y = _position(i)
    middle = x + BOX[0] // 2
    return (
        f'<rect x="{x}" y="{y}" width="{BOX[0]}" height="{BOX[1]}" rx="8" fill="{COLOURS[kind]}"/>'
        f'<text x="{middle}" y="{y + 27}" fill="white" font-size="15" font-weight="600">'
        f"{escape(f'{kind} {kernel}'.strip())}</text>"
        f'<text x="{middle}" y="{y + 47}" fill="white" font-size="12">{escape(size)}</text>'
    )


def _svg_arrow(i: int) -> str:
    (x1, y1), (x2, y2) = _position(i - 1), _position(i)
    path = f"M {x1 + BOX[0]} {y1 + BOX[1] // 2} H {x2}"
    if y1 != y2:
        path = f"M {x1 + BOX[0] // 2} {y1 + BOX[1]} V {y2 - GAP // 2} H {x2 + BOX[0] // 2} V {y2}"
    return f'<path d="{path}" fill="none" stroke="#9aa0aa" stroke-width="2"/>'


def curves(name: str, folder: Path, validation: str, figure_of_2018: float | None) -> None:
    """Draws loss and accuracy by epoch, from the history of a training run."""
    with (folder / "history.csv").open() as file:
        rows = list(csv.DictReader(file))
    epochs = [int(row["number"]) for row in rows]
    figure, (loss, accuracy) = pyplot.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    loss.plot(epochs, [float(row["training_loss"]) for row in rows], label="Training")
    loss.plot(epochs, [float(row["validation_loss"]) for row in rows], label=validation)
    loss.set(xlabel="epoch", ylabel="loss (nats)", title=f"{name}: loss")
    loss.legend(frameon=False)
    accuracy.plot(
        epochs, [100 * float(row["validation_accuracy"]) for row in rows], "C1", label=validation
    )
    if figure_of_2018:
        label = f"2018: {figure_of_2018} %"
        accuracy.axhline(figure_of_2018, color="gray", linestyle=":", label=label)
    accuracy.set(xlabel="epoch", ylabel="accuracy (%)", title=f"{name}: accuracy")
    accuracy.legend(frameon=False, loc="lower right")
    for axes in (loss, accuracy):
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(DOCS / f"{name}-learning.svg", metadata={"Date": None})


if __name__ == "__main__":
    mpl.rcParams.update(SVG)
    look()
    for network in ("argus", "cnn2018", "lstm2018"):
        diagram(network)
    curves("argus", Path(sys.argv[1]), "PublicTest and web faces, mean of three heads", None)
    curves("cnn2018", Path(sys.argv[2]), "PublicTest", 61.49)
    curves("lstm2018", Path(sys.argv[3]), "Validation", 84.5)
