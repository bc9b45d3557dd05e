import os
from pathlib import Path

import pytest

from musicalface.files import atomic_write, open_file, read_bytes, sha256


def test_sha256_of_known_bytes(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256(tmp_path / "abc").startswith("ba7816bf8f01cfea")


def test_failed_write_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")

    def write_half() -> None:
        with atomic_write(path) as aside:
            aside.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_folders_are_created(tmp_path: Path) -> None:
    with atomic_write(tmp_path / "a" / "b" / "file") as aside:
        aside.write_bytes(b"new")
    assert (tmp_path / "a" / "b" / "file").read_bytes() == b"new"


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"abc")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with open_file(tmp_path / "link") as file:
        assert file.read() == b"abc"
    for name in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match=r"not a regular file|a folder, not a file"):
            open_file(name, pipes=True)


def test_read_bytes_has_a_limit(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    assert read_bytes(tmp_path / "file", 3) == b"abc"
    with pytest.raises(OSError, match="more than 2 bytes"):
        read_bytes(tmp_path / "file", 2)
