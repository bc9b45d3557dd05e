"""Packed and unpacked model files, and their limits."""

import lzma
import shutil
from pathlib import Path

import pytest

from musicalface.errors import ModelError
from musicalface.models import load, model_file
from musicalface.models.loader import shipped_path
from musicalface.models.model_file import card_path, read_model

LYRICS = shipped_path("lstm2018")


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A packed copy of a shipped model, with its card."""
    path = tmp_path / "own.onnx.xz"
    path.write_bytes(lzma.compress(LYRICS.read_bytes(), preset=0))
    shutil.copy(LYRICS.with_suffix(".json"), tmp_path / "own.json")
    return path


def test_packed_model_is_the_same_model(packed: Path) -> None:
    assert card_path(packed) == packed.with_name("own.json")
    assert read_model(packed) == LYRICS.read_bytes()
    assert load(str(packed), "lyrics").card == load("lstm2018", "lyrics").card


def test_shipped_packed_model_loads() -> None:
    assert shipped_path("echo").suffix == ".xz"
    assert load("echo", "audio").card.name == "echo"


@pytest.mark.parametrize("damage", ["cut", "garbage"])
def test_damaged_packed_model(packed: Path, damage: str) -> None:
    content = packed.read_bytes()
    packed.write_bytes(content[: len(content) // 2] if damage == "cut" else b"no archive")
    with pytest.raises(ModelError, match=r"own\.onnx\.xz is damaged"):
        load(str(packed), "lyrics")


def test_packed_model_that_unpacks_to_too_much(
    packed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_file, "MAX_BYTES", packed.stat().st_size + 1)
    assert len(LYRICS.read_bytes()) > model_file.MAX_BYTES
    with pytest.raises(ModelError, match="is larger than"):
        load(str(packed), "lyrics")
