import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from musicalface import file_walk
from musicalface.errors import InputError
from musicalface.file_walk import files_below
from tests.conftest import Run


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in files_below(folder))


def test_files_of_all_folders(tmp_path: Path) -> None:
    (tmp_path / "deep" / "deeper").mkdir(parents=True)
    for name in ("a", "deep/b", "deep/deeper/c", ".hidden"):
        (tmp_path / name).touch()
    assert below(tmp_path) == ["a", "deep/b", "deep/deeper/c"]


def test_links_and_pipes_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a").touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "there" / "a")
    os.mkfifo(tmp_path / "pipe")
    assert below(tmp_path) == ["there/a"]


def test_unreadable_folder_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a").touch()
    scandir = os.scandir

    def refusing(path: bytes) -> "os._ScandirIterator[bytes]":
        if path.endswith(b"shut"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", refusing)
    assert below(tmp_path) == ["a"]


def test_number_of_files_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_walk, "MOST_FILES", 2)
    for name in "abc":
        (tmp_path / name).touch()
    with pytest.raises(InputError, match="more than 2 files"):
        below(tmp_path)


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """1,500 nested folders, created one level at a time because the path is too long.

    Removed by `rm`: pytest's own clean-up at the end of a session fails with a RecursionError.
    """
    here = Path.cwd()
    top = tmp_path / "deep"
    top.mkdir()
    try:
        os.chdir(top)
        for _ in range(1500):
            Path("d").mkdir()
            os.chdir("d")
    finally:
        os.chdir(here)
    yield top
    subprocess.run(["rm", "-r", top], check=True)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["look"], "has no photos"),
        (["catalog", "build"], "contains no tables"),
        (["evaluate", "face", "--data"], "isn't a known class"),
        (["library", "add"], "deeper than 100 folders"),
    ],
)
def test_deeply_nested_folders_give_a_message(
    command: list[str], sentence: str, deep: Path, run: Run, own_home: Path
) -> None:
    result = run(*command, deep)
    assert sentence in result.out + result.err
