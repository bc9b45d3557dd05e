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


def test_what_is_written_on_a_terminal_or_into_a_link_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_text(
        'artist,title,spotify_id\n\x1b[2JA,T,"""><script>"\nB,T,4uLU6hMCjMI75M1A2tKUQC\n'
    )
    first, second = read_songs(path)
    assert (first.artist, first.spotify_id) == ("[2JA", "")
    assert second.spotify_id == "4uLU6hMCjMI75M1A2tKUQC"


def test_the_share_that_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv.gz"
    path.write_bytes(gzip.compress(b"artist,title\n" + b"A,T\n" * 5000))
    shares: list[float] = []
    assert len(list(read_songs(path, watch=shares.append))) == 5000
    assert shares == sorted(shares)
    assert shares[-1] == 1


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


@pytest.mark.parametrize("at", [15, 30, -12])
def test_a_damaged_gzip(tmp_path: Path, at: int) -> None:
    path = tmp_path / "songs.csv.gz"
    content = bytearray(gzip.compress(bytes(range(65, 91)) * 40 + b"\nartist,title\n"))
    content[at : at + 8] = b"\xff" * 8
    path.write_bytes(content)
    with pytest.raises(DataError):
        list(read_songs(path))


def test_no_such_table(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no file"):
        list(read_songs(tmp_path / "none.csv"))
