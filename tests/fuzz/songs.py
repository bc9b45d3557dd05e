"""Fuzz targets: tables of songs, catalogs, and the databases in the data directory."""

import csv
import gzip
import hashlib
import io
import json
import lzma
import tempfile
from collections.abc import Callable
from pathlib import Path

from musicalface.annotations.sources import read_source
from musicalface.library import open_library
from musicalface.lyrics.table_reader import read_songs
from musicalface.mood import Mood, MoodScores
from musicalface.players.playlist_files import save_list
from musicalface.players.spotify.search_cache import SearchCache
from musicalface.songs import Song, likes, open_catalog
from musicalface.songs.bundled_catalog import COLUMNS, unpack_bundled
from musicalface.songs.catalog_build import build_catalog
from musicalface.songs.likes_files import read_likes, write_likes
from musicalface.songs.mood_transition import shift_songs
from musicalface.songs.play_history import History
from musicalface.songs.sampling import choose_songs

from .target import Target, written

_TABLE = (
    "artist,title,lyrics,mood,valence,arousal,spotify_id,conflict\n"
    'The Singer,"A ""Song""","walk alone\nin the rain",sad,-0.5,-.25,0123456789abcdefghijkl,0\n'
    "Été,N° 5,words,happy,1e-3,nan,,true\n"
)
_SCORED = "artist,title,angry,happy,relaxed,sad,evidence\nA,B,0.1,0.7,0.1,0.1,listeners\n"
_SONG = Song("The Singer", "A Song", MoodScores(0.1, 0.7, 0.1, 0.1), "listeners", "")


def _rows_of(suffix: str) -> Callable[[bytes, Path], object]:
    def read(content: bytes, folder: Path) -> None:
        path = written(content, folder / f"songs{suffix}")
        list(read_songs(path))
        read_source([path])

    return read


def _tables() -> list[bytes]:
    return [_TABLE.encode(), _SCORED.encode(), b"\xef\xbb\xbf" + _TABLE.encode()]


def _parquet_tables() -> list[bytes]:
    import pyarrow
    import pyarrow.parquet

    files = []
    for text, compression in ((_TABLE, "zstd"), (_SCORED, "snappy"), (_TABLE, "none")):
        columns = list(csv.DictReader(io.StringIO(text)))
        file = io.BytesIO()
        table = pyarrow.Table.from_pylist(columns)
        pyarrow.parquet.write_table(table, file, compression=compression)
        files.append(file.getvalue())
    return files


def _build(content: bytes, folder: Path) -> None:
    """Builds a catalog from a table of scored songs, so that no model runs."""
    table = written(content, folder / "songs.csv")
    build_catalog([table], folder / "catalog.sqlite", workers=1)


def _unpack(content: bytes, folder: Path) -> None:
    """Unpacks a catalog whose csv is the content, with the right checksum."""
    packed = written(lzma.compress(content, preset=0), folder / "catalog.csv.xz")
    _write_card(packed)
    unpack_bundled(packed)


def _unpack_damaged(content: bytes, folder: Path) -> None:
    """Unpacks a catalog whose compressed file is the content."""
    packed = written(content, folder / "catalog.csv.xz")
    _write_card(packed)
    unpack_bundled(packed)


def _write_card(packed: Path) -> None:
    card = {"sha256": hashlib.sha256(packed.read_bytes()).hexdigest(), "facts": {}}
    packed.with_name("catalog.json").write_text(json.dumps(card))


def _packed() -> bytes:
    row = "The Singer,A Song,0.100,0.700,0.100,0.100,listeners,0123456789abcdefghijkl"
    return f"{','.join(COLUMNS)}\n{row}\nÉté,N° 5,0,0,1,0,lyrics,\n".encode()


def _open_catalog(content: bytes, folder: Path) -> None:
    with open_catalog(written(content, folder / "mine.sqlite")) as catalog:
        catalog.counts(), catalog.contents(), catalog.facts(), list(catalog)
        choose_songs(catalog, Mood.HAPPY)
        shift_songs(catalog, Mood.SAD, Mood.RELAXED)


def _read_library(content: bytes, folder: Path) -> None:
    with open_library(written(content, folder / "home" / "library.sqlite")) as library:
        library.folders(), library.counts(), list(library.list_songs(Mood.HAPPY))
        list(library.list_songs(None)), list(library.unreadable()), library.file(1)
        choose_songs(library, Mood.HAPPY)


def _read_history(content: bytes, folder: Path) -> None:
    written(content, folder / "home" / "history.sqlite")
    with History() as history:
        history.add([_SONG])
        history.recent()
        history.forget(0)


def _read_likes(content: bytes, folder: Path) -> None:
    written(content, folder / "home" / "likes.json")
    likes.add([likes.new_like("A", "B")])
    likes.liked_keys()
    read_likes(content)


def _likes_files() -> list[bytes]:
    every = [likes.new_like("The Singer", "A Song", 5), likes.new_like("Été", "=1+1")]
    return [write_likes(every, "json"), write_likes(every, "csv")]


def _read_search_cache(content: bytes, folder: Path) -> None:
    written(content, folder / "home" / "spotify" / "found.sqlite")
    with SearchCache() as cache:
        cache.track("the singer|a song"), cache.liked(), cache.liked_state, cache.quota_until
        cache.store_liked([("a", "b")], "state")


def _database(make: Callable[[Path], object]) -> Callable[[], list[bytes]]:
    """A function that creates a small database with the program and returns its bytes."""

    def seeds() -> list[bytes]:
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "made.sqlite"
            make(path)
            return [path.read_bytes()]

    return seeds


def _make_catalog(path: Path) -> None:
    build_catalog([written(_SCORED.encode(), path.parent / "songs.csv")], path, workers=1)


def _make_library(path: Path) -> None:
    with open_library(path):
        pass


def _make_history(path: Path) -> None:
    with History(path) as history:
        history.add([_SONG])


def _save_lists(content: bytes, folder: Path) -> None:
    """Saves a song with arbitrary names; each song must stay on one line."""
    text = content.decode("utf-8", "surrogatepass" if _is_spelled(content) else "replace")
    artist, _, title = text.partition("\n")
    song = Song(artist, title, MoodScores(0.1, 0.7, 0.1, 0.1), "listeners", "")
    save_list([song], folder / "songs.m3u8")
    assert (folder / "songs.m3u8").read_bytes().count(b"\n") == 3
    save_list([song], folder / "songs.csv")
    assert len(list(csv.reader(io.StringIO((folder / "songs.csv").read_text("utf-8"))))) == 2


def _is_spelled(content: bytes) -> bool:
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


TARGETS = (
    Target("songs-csv", _rows_of(".csv"), _tables),
    Target(
        "songs-csv-gz", _rows_of(".csv.gz"), lambda: [gzip.compress(each) for each in _tables()]
    ),
    Target("songs-parquet", _rows_of(".parquet"), _parquet_tables),
    Target("catalog-build", _build, lambda: [_SCORED.encode()]),
    Target("catalog-packed", _unpack, lambda: [_packed()]),
    Target("catalog-xz", _unpack_damaged, lambda: [lzma.compress(_packed(), preset=0)]),
    Target("catalog-sqlite", _open_catalog, _database(_make_catalog)),
    Target("library-sqlite", _read_library, _database(_make_library)),
    Target("history-sqlite", _read_history, _database(_make_history)),
    Target("likes", _read_likes, _likes_files),
    Target("spotify-memory", _read_search_cache, _database(_make_history)),
    Target(
        "song-lists", _save_lists, lambda: [b"The Singer\nA Song", b"=1+1\n-x", b"\xed\xa0\x80\na"]
    ),
)
