"""Fuzz targets: models and model cards."""

import hashlib
import json
from pathlib import Path

import musicalface.models
from musicalface.lyrics import read_lyrics
from musicalface.models.model_card import Card

from .target import Target, written

_SHIPPED = Path(musicalface.models.__file__).parent / "lstm2018.onnx"
_TEXT = "i walk alone in the rain and cry for you and the days that are gone " * 3


def _read_card(content: bytes, folder: Path) -> None:
    Card.read(written(content, folder / "model.json"))


def _read_model(content: bytes, folder: Path) -> None:
    """Reads a model whose card has the right checksum."""
    model = written(content, folder / "model.onnx")
    card = json.loads(_SHIPPED.with_suffix(".json").read_text())
    card["sha256"] = hashlib.sha256(content).hexdigest()
    model.with_suffix(".json").write_text(json.dumps(card))
    read_lyrics([_TEXT], str(model))


TARGETS = (
    Target("model-card", _read_card, lambda: [_SHIPPED.with_suffix(".json").read_bytes()]),
    Target("model-onnx", _read_model, lambda: [_SHIPPED.read_bytes()]),
)
