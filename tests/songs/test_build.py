import csv
import sqlite3
from pathlib import Path

import pytest

from musicalface.errors import CatalogError, DataError
from musicalface.songs import open_catalog, schema, unfinished
from musicalface.songs.build import build_catalog
from tests.conftest import WORDS, Run

SPANISH = "camino solo por la calle y pienso en ti cada noche sin dormir " * 3


def write(path: Path, rows: list[list[str]]) -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["artist", "song", "link", "text"], *rows])
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = [
        [f"Artist {i}", f"Song {i}", "/l", f"{WORDS['sad']} {WORDS['sad']}"] for i in range(600)
    ]
    rows += [
        ["ARTIST 1", "Song 1 (Live)", "/l", WORDS["sad"] * 3],
        ["Uno", "Calle", "/l", SPANISH],
        ["Short", "Short", "/l", "la la la"],
        ["", "Nobody's", "/l", WORDS["sad"] * 3],
    ]
    return write(tmp_path / "songs.csv", rows)


def test_songs_are_read_once_and_what_is_left_out_is_counted(table: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, float]] = []
    told = build_catalog(
        [table], tmp_path / "out.sqlite", progress=lambda *step: steps.append(step)
    )
    assert told == {
        "added": 600,
        "already there": 1,
        "not English": 1,
        "with fewer than 20 words": 1,
        "without artist or title": 1,
    }
    assert sum(more for more, _ in steps) == 604
    shares = [share for _, share in steps]
    assert shares == sorted(shares)
    assert 0 < shares[-1] <= 1
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        assert len(catalog) == 600
        assert catalog.facts()["model"] == "orpheus"


def test_ids_are_joined_by_artist_and_title(table: Path, tmp_path: Path) -> None:
    ids = tmp_path / "ids.csv"
    ids.write_text("artist,title,spotify_id\nartist 7,SONG 7 - Remastered,4uLU6hMCjMI75M1A2tKUQC\n")
    build_catalog([table], tmp_path / "out.sqlite", ids=ids)
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        known = {song.title: song.spotify_id for song in catalog if song.spotify_id}
    assert known == {"Song 7": "4uLU6hMCjMI75M1A2tKUQC"}


def test_the_plain_track_goes_before_its_versions(table: Path, tmp_path: Path) -> None:
    ids = tmp_path / "ids.csv"
    rows = ["Song 7 - Live," + "L" * 22, "Song 7," + "P" * 22, "Song 7 (Remix)," + "R" * 22]
    ids.write_text("title,spotify_id,artist\n" + "".join(f"{row},Artist 7\n" for row in rows))
    build_catalog([table], tmp_path / "out.sqlite", ids=ids)
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        assert [song.spotify_id for song in catalog if song.spotify_id] == ["P" * 22]


def test_a_full_disk_leaves_the_old_catalog(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.sqlite"
    out.write_bytes(b"old")
    locked = unfinished._locked

    def small_disk(path: Path) -> sqlite3.Connection:
        connection = locked(path)
        connection.execute("PRAGMA max_page_count = 24")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(unfinished, "_locked", small_disk)
        with pytest.raises(CatalogError, match="is full"):
            build_catalog([table], out)
    assert out.read_bytes() == b"old"
    assert build_catalog([table], out)["added"] == 600  # there is room again


class Killed(BaseException):
    pass


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_build_goes_on_and_ends_as_an_unbroken_one(tmp_path: Path, workers: int) -> None:
    words = list(WORDS.values())
    tables = [
        write(
            tmp_path / "songs" / f"{part}.csv",
            [[f"A {part} {i}", f"S {i % 900}", "", words[i % 4] * 2] for i in range(1700)],
        )
        for part in range(2)
    ]
    unbroken = build_catalog(tables, tmp_path / "unbroken.sqlite")

    read: list[int] = []

    def killed(more: int, share: float) -> None:
        read.append(more)
        if len(read) == 5:
            raise Killed

    out = tmp_path / "broken.sqlite"
    with pytest.raises(Killed):
        build_catalog(tables, out, workers=workers, progress=killed)
    assert not out.exists()
    done = sum(read)
    told = build_catalog(
        [tmp_path / "songs"], out, workers=workers, progress=lambda more, share: read.append(more)
    )
    assert told == unbroken
    assert sum(read) == 3400
    assert done < 3400
    with open_catalog(tmp_path / "unbroken.sqlite") as one, open_catalog(out) as other:
        assert list(one) == list(other)
        assert one.facts() == other.facts()
    assert not list(tmp_path.glob(".*"))


def test_a_disk_that_is_full_at_the_end_loses_no_song(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexes = (*schema.INDEXES, "CREATE INDEX broken ON nothing (x)")
    with monkeypatch.context() as patched:
        patched.setattr(schema, "INDEXES", indexes)
        with pytest.raises(CatalogError, match="goes on where it stopped"):
            build_catalog([table], tmp_path / "out.sqlite")
    read: list[int] = []
    told = build_catalog(
        [table], tmp_path / "out.sqlite", progress=lambda more, share: read.append(more)
    )
    assert told["added"] == 600
    assert read == []  # all rows were done


def test_no_build_takes_another_that_is_about_to_end(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = []

    def meanwhile(path: Path) -> None:
        with pytest.raises(CatalogError, match="Another build is writing"):
            unfinished.Unfinished(tmp_path / "out.sqlite", "other")
        refused.append(path)

    monkeypatch.setattr(unfinished, "sync", meanwhile)
    build_catalog([table], tmp_path / "out.sqlite")
    assert len(refused) == 1
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        assert len(catalog) == 600


def test_tables_that_changed_are_read_from_the_start(table: Path, tmp_path: Path) -> None:
    def killed(more: int, share: float) -> None:
        raise Killed

    with pytest.raises(Killed):
        build_catalog([table], tmp_path / "out.sqlite", progress=killed)
    write(table, [["Artist", "Song", "", WORDS["happy"] * 2]])
    assert build_catalog([table], tmp_path / "out.sqlite") == {"added": 1}


def test_two_builds_at_once(run: Run, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.sqlite"
    with unfinished.Unfinished(out, "other"):
        told = run("catalog", "build", table, "--out", out)
        assert told.status == 1
        assert "Another build is writing" in told.err
    assert run("catalog", "build", table, "--out", out).status == 0


def test_a_damaged_beginning_is_begun_anew(table: Path, tmp_path: Path) -> None:
    (tmp_path / ".out.sqlite.building").write_bytes(b"hello " * 999)
    assert build_catalog([table], tmp_path / "out.sqlite")["added"] == 600


def test_a_folder_without_tables(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    told = run("catalog", "build", tmp_path / "empty", "--out", tmp_path / "out.sqlite")
    assert told.status == 2
    assert "holds no table" in told.err


def test_an_input_is_never_overwritten(run: Run, table: Path, tmp_path: Path) -> None:
    before = table.read_bytes()
    told = run("catalog", "build", table, "--out", table)
    assert told.status == 2
    assert "is itself an input" in told.err
    assert table.read_bytes() == before


@pytest.mark.parametrize("out", ["folder", ""])
def test_a_folder_is_no_place_for_a_catalog(
    run: Run, table: Path, tmp_path: Path, out: str
) -> None:
    (tmp_path / "folder").mkdir()
    told = run("catalog", "build", table, "--out", tmp_path / out)
    assert told.status == 2
    assert "is no file that can be written" in told.err


def test_a_failed_build_leaves_the_old_catalog(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.sqlite"
    build_catalog([table], out)
    before = out.read_bytes()
    bad = tmp_path / "bad.csv"
    bad.write_bytes(table.read_bytes() + b"\xff\xfe,broken,,\n")
    with pytest.raises(DataError):
        build_catalog([bad], out)
    assert out.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"songs.csv", "bad.csv", "out.sqlite"}


def test_nothing_to_score(tmp_path: Path) -> None:
    table = write(tmp_path / "t.csv", [["Uno", "Calle", "", SPANISH]])
    with pytest.raises(DataError, match="1 not English"):
        build_catalog([table], tmp_path / "out.sqlite")
    assert not (tmp_path / "out.sqlite").exists()


def test_the_commands(run: Run, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.sqlite"
    built = run("catalog", "build", table, "--out", out, "--model", "lstm2018")
    assert built.status == 0
    assert "600 added" in built.out
    songs = run("songs", "sad", "--catalog", out, "--songs", 3)
    assert songs.out.count("https://open.spotify.com/search/") == 3
    exported = run("catalog", "export", "--catalog", out, "--out", tmp_path / "all.csv")
    assert exported.status == 0
    rows = (tmp_path / "all.csv").read_text().splitlines()
    assert rows[0] == "artist,title,angry,happy,relaxed,sad,evidence,spotify_id"
    assert len(rows) == 601


def test_without_a_place_it_becomes_ones_own(
    run: Run, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path / "home"))
    built = run("catalog", "build", table)
    assert str(tmp_path / "home" / "catalog.sqlite") in built.out
    assert "Artist" in run("songs", "sad").out
    (tmp_path / "home" / "catalog.sqlite").unlink()
    assert "Artist" not in run("songs", "happy", "--seed", 1).out


@pytest.mark.parametrize("content", ["artist,title\nA,T\n", "nothing"])
def test_a_table_without_lyrics_is_refused(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "t.csv").write_text(content)
    told = run("catalog", "build", tmp_path / "t.csv", "--out", tmp_path / "out.sqlite")
    assert told.status == 2
    assert "has no column" in told.err
    assert not (tmp_path / "out.sqlite").exists()
