import gzip
from pathlib import Path

import pytest

from musicalface.errors import DataError, MissingExtraError
from musicalface.lyrics.table_assumptions import table_assumptions
from musicalface.lyrics.table_reader import MAX_LYRICS_LENGTH, SongRow, held_songs, read_songs
from musicalface.mood import Mood


def test_the_2018_format(tmp_path: Path) -> None:
    path = tmp_path / "songdata.csv"
    path.write_text('artist,song,link,text\nABBA,Money,/a/money.html,"one\ntwo, three"\n')
    assert list(read_songs(path)) == [SongRow("ABBA", "Money", "one\ntwo, three")]


@pytest.mark.parametrize(
    ("content", "assumed"),
    [
        ("artist;song;link;text\nMäker;T;/m;la", "separated by semicolons"),
        ("artist\tsong\tlink\ttext\nMäker\tT\t/m\tla", "separated by tabs"),
        ("artist|title|lyrics\nMäker|T|la", "separated by bars"),
        ("track_name,track_artist,lyrics\nT,Mäker,la", "artist = track_artist"),
        ("artists,track_name,text\nMäker;Other,T,la", "artist = artists"),
        ("\"artists\",name,text\n\"['Mäker', 'Other']\",T,la", "artist = artists, title = name"),
        ("ARTIST_NAME,SONG_NAME,LYRICS\nMäker,T,la", "title = SONG_NAME"),
        ("ALink,SName,Lyric\n/Mäker/,T,la", "artist = ALink, title = SName"),
        ("Index,Artist,Title,Mood,Lyrics\n1,Mäker,T,Q1,la", "Q1 = happy"),
        ("artist,title,lyrics\nMäker,T,la", ""),
    ],
)
def test_tables_as_people_have_them(tmp_path: Path, content: str, assumed: str) -> None:
    path = tmp_path / "songs.csv"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"):
        path.write_bytes(content.encode(encoding))
        (row,) = read_songs(path)
        assert (row.artist, row.title, row.lyrics) == ("Mäker", "T", "la")
        said = table_assumptions(path)
        assert assumed in said
        assert ("encoding" in said) == ("utf-8" not in encoding)
    assert row.mood == (Mood.HAPPY if "Q1" in content else None)


def test_quadrants_are_moods(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_text("artist,title,mood\n" + "".join(f"A,{q},Q{q}\n" for q in range(1, 5)))
    moods = [Mood.HAPPY, Mood.ANGRY, Mood.SAD, Mood.RELAXED]
    assert [row.mood for row in read_songs(path)] == moods


def test_escaped_names_and_words(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_text("artist,title,lyrics\nA &amp; B,Don&#39;t,[Chorus]<br>I can&amp;#39;t\n")
    assert list(read_songs(path)) == [SongRow("A & B", "Don't", "I can't")]


def test_artists_without_the_letters_that_a_table_lost(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_text("artist,title\nBeyonc,Halo\nMtley Cre;Other,T\nBlow,T\n")
    artists = [row.artist for row in read_songs(path)]
    assert artists == ["Beyoncé", "Mötley Crüe", "Blow"]


def test_column_names_in_any_case_and_order(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes("\ufeffMood,Title,ARTIST\nSad,T,A\n".encode())
    assert list(read_songs(path)) == [SongRow("A", "T", mood=Mood.SAD)]


def test_names_and_ids_are_sanitized(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_text(
        'artist,title,spotify_id\n\x1b[2JA,T,"""><script>"\nB,T,4uLU6hMCjMI75M1A2tKUQC\n'
    )
    first, second = read_songs(path)
    assert (first.artist, first.spotify_id) == ("[2JA", "")
    assert second.spotify_id == "4uLU6hMCjMI75M1A2tKUQC"


def test_progress_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv.gz"
    path.write_bytes(gzip.compress(b"artist,title\n" + b"A,T\n" * 5000))
    shares: list[float] = []
    assert len(list(read_songs(path, progress=shares.append))) == 5000
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


def test_parquet_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "songs.parquet").touch()
    monkeypatch.setattr("musicalface.lyrics.parquet_reader.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"musicalface\[parquet\]"):
        list(read_songs(tmp_path / "songs.parquet"))


def test_very_long_lyrics_are_truncated(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_text(f"artist,title,lyrics\nA,T,{'la ' * 1_000_000}\n")
    (row,) = read_songs(path)
    assert len(row.lyrics) == MAX_LYRICS_LENGTH


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no column 'artist"),
        (b"artist,words\nA,la\n", r"no column 'title or song'\. Its columns are artist, words"),
        (b"artist,title,mood\nA,T,sad\nA,T,bored\n", "row 3: unknown mood 'bored'"),
        ("artist,title\nA,T".encode("utf-16") + b"x", "near line"),
    ],
)
def test_invalid_tables(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message) as raised:
        list(read_songs(path))
    assert str(path) in str(raised.value)


def test_damaged_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "songs.parquet"
    path.write_bytes(b"PAR1 nonsense")
    with pytest.raises(DataError, match="isn't a valid Parquet file"):
        list(read_songs(path))


@pytest.mark.parametrize("at", [15, 30, -12])
def test_damaged_gzip(tmp_path: Path, at: int) -> None:
    path = tmp_path / "songs.csv.gz"
    content = bytearray(gzip.compress(bytes(range(65, 91)) * 40 + b"\nartist,title\n"))
    content[at : at + 8] = b"\xff" * 8
    path.write_bytes(content)
    with pytest.raises(DataError):
        list(read_songs(path))


def test_missing_table(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="doesn't exist"):
        list(read_songs(tmp_path / "none.csv"))


def test_table_in_memory_has_a_size_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "songs.csv"
    path.write_text("artist,title,lyrics\n" + "A,T,la la\n" * 11)
    for name in ("MAX_ROWS", "MAX_CHARACTERS"):
        with monkeypatch.context() as patch:
            patch.setattr(f"musicalface.lyrics.table_reader.{name}", 10)
            assert len(list(read_songs(path))) == 11
            with pytest.raises(DataError, match="is too large"):
                list(held_songs(path))


def test_error_message_truncates_the_invalid_value(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_text("artist,title,mood\nA,T," + "x" * 100_000 + "\n")
    with pytest.raises(DataError) as raised:
        list(read_songs(path))
    assert len(str(raised.value)) < 500
