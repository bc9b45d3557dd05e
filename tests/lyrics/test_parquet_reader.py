"""Parquet reader: rejects files that are damaged, too large or not text."""

import random
from pathlib import Path
from typing import Any

import pytest

from musicalface.errors import DataError
from musicalface.lyrics import parquet_reader as parquet_module
from musicalface.lyrics.table_reader import SongRow, read_songs

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def write_parquet(path: Path, lyrics: Any, **options: Any) -> Path:
    count = len(lyrics)
    columns = {"artist": ["A"] * count, "title": [str(i) for i in range(count)], "lyrics": lyrics}
    pq.write_table(pa.table(columns), path, **options)
    return path


def assert_rejected(path: Path, match: str) -> None:
    with pytest.raises(DataError, match=match) as raised:
        list(read_songs(path))
    assert str(path) in str(raised.value)
    assert len(str(raised.value)) < 600


@pytest.mark.parametrize("column", ["artist", "lyrics"])
def test_invalid_utf_8_is_rejected(tmp_path: Path, column: str) -> None:
    path = tmp_path / "a.parquet"
    table = {"artist": ["A"], "title": ["T"], "lyrics": ["la la"], column: ["findme"]}
    pq.write_table(pa.table(table), path, compression="none", write_statistics=False)
    path.write_bytes(path.read_bytes().replace(b"findme", b"\xff\xfendme"))
    assert_rejected(path, "isn't a valid Parquet file .*utf-8")


def test_long_text_shared_by_all_rows_is_rejected(tmp_path: Path) -> None:
    text = pa.array(["x" * 40_000_000])
    lyrics = pa.DictionaryArray.from_arrays(pa.array([0] * 400, pa.int32()), text)
    path = write_parquet(tmp_path / "a.parquet", lyrics, compression="zstd")
    assert path.stat().st_size < 20_000
    assert_rejected(path, "lyrics has 40,0.* bytes in one row group")


def test_long_incompressible_text_is_rejected(tmp_path: Path) -> None:
    chance = random.Random(1)
    text = pa.array(["".join(chance.choices("abcdefgh", k=9_000_000))])
    lyrics = pa.DictionaryArray.from_arrays(pa.array([0] * 9, pa.int32()), text)
    assert_rejected(write_parquet(tmp_path / "a.parquet", lyrics), "lyrics has a page of 9,000,0")


@pytest.mark.parametrize("dictionary", [True, False])
def test_long_cell_is_rejected(
    tmp_path: Path, dictionary: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_module, "MAX_ROW", 1000)
    path = write_parquet(tmp_path / "a.parquet", ["la", "x" * 1001], use_dictionary=dictionary)
    assert_rejected(path, "a cell has 1,001 characters")


def test_list_columns_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    lists = pa.array([[0] * 1_000_000])
    pq.write_table(pa.table({"artist": ["A"], "title": ["T"], "lyrics": lists}), path)
    assert list(read_songs(path)) == [SongRow("A", "T")]


def test_all_parquet_encodings(tmp_path: Path) -> None:
    lyrics = [f"la {i % 7}" for i in range(5000)]
    kinds: list[dict[str, Any]] = [
        {},
        {"use_dictionary": False},
        {"row_group_size": 300},
        {"compression": "gzip"},
    ]
    for number, options in enumerate(kinds):
        path = write_parquet(tmp_path / f"{number}.parquet", lyrics, **options)
        assert [row.lyrics for row in read_songs(path)] == lyrics


def test_random_damage_raises_data_error(tmp_path: Path) -> None:
    chance = random.Random(1)
    whole = write_parquet(tmp_path / "a.parquet", [f"la {i}" for i in range(50)]).read_bytes()
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 5)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "b.parquet").write_bytes(damaged)
        try:
            list(read_songs(tmp_path / "b.parquet"))
        except DataError:
            continue
