from pathlib import Path

import numpy as np
import pytest

from musicalface.errors import DataError
from musicalface.evaluate.embeddings import Embeddings, text_digest


def test_vectors_are_looked_up_by_text_and_standardized(tmp_path: Path) -> None:
    texts = ["la la", "na na", "hey"]
    vectors = np.array([[1, 5], [2, 5], [3, 5]], np.float16)
    np.savez(tmp_path / "e.npz", digests=np.array([text_digest(t) for t in texts]), vectors=vectors)
    result = Embeddings(tmp_path / "e.npz").vectors_for(["hey", "unknown", "na na"])
    assert result.shape == (3, 2)
    assert result[0, 0] == pytest.approx(np.sqrt(1.5), rel=1e-3)
    assert result[1].tolist() == [0, 0]
    assert result[:, 1].tolist() == [0, 0, 0]  # a constant column carries no information


@pytest.mark.parametrize("damage", ["empty", "names", "shapes"])
def test_invalid_embedding_files(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "e.npz"
    if damage == "empty":
        path.write_bytes(b"")
    elif damage == "names":
        np.savez(path, other=np.zeros(3))
    else:
        np.savez(path, digests=np.array(["a"]), vectors=np.zeros((2, 3)))
    with pytest.raises(DataError, match=r"e\.npz"):
        Embeddings(path)
