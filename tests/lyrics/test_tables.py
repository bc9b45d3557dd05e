import gzip
from pathlib import Path

import pytest

from musicalface.errors import DataError, MissingExtraError
from musicalface.lyrics.tables import MOST_CHARACTERS, SongRow, read_songs
from musicalface.mood import Mood


def test_the_2018_format(tmp_path: Path) -> None:
    path = tmp_path / "songdata.csv"
    path.write_text('artist,song,link,text\nABBA,Money,/a/money.html,"one\ntwo, three"\n')
    assert list(read_songs(path)) == [SongRow("ABBA", "Money", "one\ntwo, three")]


def test_names_of_columns_in_any_case_and_order(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes("\ufeffMood,Title,ARTIST\nSad,T,A\n".encode())
    assert list(read_songs(path)) == [SongRow("A", "T", mood=Mood.SAD)]


def test_gzip(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv.gz"
    path.write_bytes(gzip.compress(b"artist,title\nA,T\n"))
    assert list(read_songs(path)) == [SongRow("A", "T")]


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "songs.parquet"
    columns = {
        "artist": ["A"],
        "title": ["T"],
        "n_words": [3],
        "conflict": [True],
        "lyrics": [None],
    }
    parquet.write_table(pa.table(columns), path)
    assert list(read_songs(path)) == [SongRow("A", "T", conflict=True)]


def test_parquet_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "songs.parquet").touch()
    monkeypatch.setattr("musicalface.lyrics.tables.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"musicalface\[parquet\]"):
        list(read_songs(tmp_path / "songs.parquet"))


def test_a_song_of_a_million_words_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_text(f"artist,title,lyrics\nA,T,{'la ' * 1_000_000}\n")
    (row,) = read_songs(path)
    assert len(row.lyrics) == MOST_CHARACTERS


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no column 'artist"),
        (b"artist,words\nA,la\n", "no column 'title or song': it has artist, words"),
        (b"artist,title,mood\nA,T,sad\nA,T,bored\n", "row 3: the mood 'bored' is none of"),
        (b"artist,title\nA,T\n\xff\xfe\n", "near line"),
    ],
)
def test_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message) as caught:
        list(read_songs(path))
    assert str(path) in str(caught.value)


def test_a_damaged_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "songs.parquet"
    path.write_bytes(b"PAR1 nonsense")
    with pytest.raises(DataError, match="no parquet file"):
        list(read_songs(path))


def test_a_damaged_gzip(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv.gz"
    path.write_bytes(gzip.compress(b"artist,title\nA,T\n" * 100)[:-20])
    with pytest.raises(DataError):
        list(read_songs(path))


def test_no_such_table(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no file"):
        list(read_songs(tmp_path / "none.csv"))
