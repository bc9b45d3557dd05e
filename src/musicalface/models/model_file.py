"""Model files: .onnx, or .onnx.xz, which is half as large where many weights are 0."""

import lzma
from pathlib import Path

from ..errors import ModelError

MAX_BYTES = 500_000_000
"""The size limit of a model, compressed and not."""

_PACKED = ".xz"


def read_model(path: Path) -> bytes:
    """Reads and decompresses a model file. Raises ModelError if it is too large or damaged."""
    if path.stat().st_size > MAX_BYTES:
        raise _too_large(path)
    if path.suffix != _PACKED:
        return path.read_bytes()
    try:
        with lzma.open(path) as file:
            content = file.read(MAX_BYTES + 1)
    except (EOFError, lzma.LZMAError):
        raise ModelError(f"{path} is damaged and can't be decompressed. Reinstall it.") from None
    if len(content) > MAX_BYTES:
        raise _too_large(path)
    return content


def card_path(path: Path) -> Path:
    """The model card of a model file: the same name with .json."""
    return (path.with_suffix("") if path.suffix == _PACKED else path).with_suffix(".json")


def find_model(folder: Path, name: str) -> Path:
    """The file of a model in a folder, packed or not; it may be missing."""
    path = folder / f"{name}.onnx"
    packed = path.with_name(path.name + _PACKED)
    return packed if packed.is_file() else path


def _too_large(path: Path) -> ModelError:
    return ModelError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB. Choose a smaller model.")
