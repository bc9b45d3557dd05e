"""The resting face that the user keeps."""

import json
import stat
from pathlib import Path

import pytest

from musicalface.face import RestingFace, kept_resting_face

FACE = RestingFace((0.0, 0.0, -0.5, 0.0, -1.25, 0.0, 0.0))


def test_kept_face_is_private_and_can_be_erased(own_home: Path) -> None:
    assert kept_resting_face.load() is None
    kept_resting_face.keep(FACE)
    file = own_home / "neutral-face.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert kept_resting_face.load() == FACE
    assert kept_resting_face.is_kept()
    kept_resting_face.erase()
    kept_resting_face.erase()
    assert list(own_home.iterdir()) == []
    assert not kept_resting_face.is_kept()


@pytest.mark.parametrize(
    "change",
    [
        {"model": "another network"},
        {"shift": [0.0] * 6},
        {"shift": [1.0] * 7},
        {"shift": ["x"] * 7},
        {"shift": None},
        {"shift": [[0]] * 7},
    ],
)
def test_damaged_file_and_file_of_another_model_are_ignored(
    own_home: Path, change: dict[str, object]
) -> None:
    kept_resting_face.keep(FACE)
    file = own_home / "neutral-face.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    assert kept_resting_face.load() is None
    file.write_bytes(b"\xff[")
    assert kept_resting_face.load() is None
