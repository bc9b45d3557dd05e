import gzip
import lzma
import os
from pathlib import Path

import pytest

from musicalface import csv_rows as rows_module
from musicalface.csv_rows import csv_rows
from musicalface.errors import DataError


def test_rows_with_their_last_line_number(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n\n"one\ntwo",3\n')
    assert list(csv_rows(path)) == [(1, ["a", "b"]), (4, ["one\ntwo", "3"])]


@pytest.mark.parametrize(
    "content",
    [
        "a" * 101,
        "a\n" + "b," * 60,
        '"' + "a\n" * 60,
        '"\n",' * 40,
    ],
    ids=["a line", "a later line", "a cell of many lines", "many cells of many lines"],
)
@pytest.mark.parametrize("ending", ["csv", "csv.gz", "csv.xz"])
def test_too_long_row(
    tmp_path: Path, content: str, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "MAX_ROW", 100)
    table = content.encode()
    packed = {"csv": table, "csv.gz": gzip.compress(table), "csv.xz": lzma.compress(table)}
    path = tmp_path / f"a.{ending}"
    path.write_bytes(packed[ending])
    with pytest.raises(DataError, match="a row has more than 100 characters"):
        list(csv_rows(path))


def test_many_short_rows_are_not_one_long_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "MAX_ROW", 100)
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" * 1000)
    assert len(list(csv_rows(path))) == 1000


def test_too_high_compression_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_module, "MAX_UNPACKED", 100_000)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" * 100_000))
    with pytest.raises(DataError, match="more than 100,000 characters in"):
        list(csv_rows(path))


def test_other_than_regular_files_are_rejected(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    for name in ("pipe.csv", "folder.csv"):
        with pytest.raises(DataError, match="can't be read"):
            list(csv_rows(tmp_path / name))
    (tmp_path / "endless.csv").symlink_to("/dev/zero")
    with pytest.raises(DataError, match="not a regular file"):
        list(csv_rows(tmp_path / "endless.csv"))
