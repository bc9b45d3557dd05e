"""Private JSON files: their mode, their limit, and damaged ones."""

import stat
from pathlib import Path

import pytest

from musicalface import stored_settings
from musicalface.face import kept_resting_face
from musicalface.private_json import DamagedFileError, PrivateJson
from musicalface.songs import likes
from musicalface.web import history_file, readmission_secret, single_instance

FILE = PrivateJson("app.json", 100, lambda document: str(document["name"].upper()))
HUGE = b"1" + 400 * b"0"


def test_a_file_is_private_and_read_again(own_home: Path) -> None:
    assert FILE.read() is None
    FILE.write({"name": "Été"})
    assert stat.S_IMODE(FILE.path.stat().st_mode) == 0o600
    assert FILE.read_or_set_aside() == "ÉTÉ"
    FILE.delete()
    FILE.delete()
    assert list(own_home.iterdir()) == []


def test_half_of_a_surrogate_pair_is_replaced(own_home: Path) -> None:
    FILE.write({"name": "x\ud800"})
    assert FILE.read() == "X?"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff[", b"[]", b"{}", b'{"name": 5}', b"[" * 99, b'{"name": "x"}' + b" " * 90],
)
def test_a_damaged_file_is_set_aside(own_home: Path, content: bytes) -> None:
    FILE.write({"name": "x"})
    FILE.path.write_bytes(content)
    with pytest.raises(DamagedFileError):
        FILE.read()
    with pytest.raises(DamagedFileError):
        FILE.read_or_set_aside()
    assert (own_home / "app.json.damaged").read_bytes() == content
    assert FILE.read() is None
    FILE.delete()
    assert list(own_home.iterdir()) == []


def test_a_file_that_could_not_be_read_again_is_not_written(own_home: Path) -> None:
    FILE.write({"name": "x"})
    with pytest.raises(OSError, match="more than 100 bytes"):
        FILE.write({"name": 99 * "x"})
    assert FILE.read() == "X"


def test_numbers_too_large_for_a_float(own_home: Path) -> None:
    own_home.mkdir()
    for name, content in {
        "readmission.json": b'{"port": 8, "secret": "%s", "at": %s}' % (b"s" * 40, HUGE),
        "neutral-face.json": b'{"shift": [%s], "model": "%s"}'
        % (b",".join([HUGE] * 7), kept_resting_face._model().encode()),
        "likes.json": b'{"likes": [{"artist": "A", "title": "T", "at": %s}]}' % HUGE,
        "history.json": b'{"history": [{"at": %s}]}' % HUGE,
        "settings.json": HUGE,
        "app.json": b'{"address": %s, "process": %s}' % (HUGE, HUGE),
    }.items():
        (own_home / name).write_bytes(content)
    assert len(readmission_secret.secret_for(8)) > 40
    assert kept_resting_face.load() is None
    assert [each.title for each in likes.load()] == ["T"]
    with pytest.raises(DamagedFileError):
        history_file.load()
    assert stored_settings.is_offline()
    assert single_instance.running_address() == ""
