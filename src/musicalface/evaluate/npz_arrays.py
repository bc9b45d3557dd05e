"""NPZ reader that checks the uncompressed size before it unpacks."""

from collections.abc import Collection
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from ..files import open_file


class TooLargeError(ValueError):
    """The arrays exceed the size limit."""


def arrays_of(path: Path, names: Collection[str], max_bytes: int) -> dict[str, NDArray[Any]]:
    """Returns the named arrays that exist in a file; rejects pickled objects.

    Raises TooLargeError if they take more than `max_bytes`, and the errors of numpy and
    zipfile if the file is damaged.
    """
    with open_file(path) as file:
        with ZipFile(file) as archive:
            members = {f"{name}.npy" for name in names}
            size = sum(each.file_size for each in archive.infolist() if each.filename in members)
        if size > max_bytes:
            raise TooLargeError(f"{size:,} bytes, and {max_bytes:,} is the most")
        file.seek(0)
        with np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in names if name in arrays}
