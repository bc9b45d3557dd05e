import csv
import sqlite3
from pathlib import Path

import pytest

from musicalface.errors import CatalogError, DataError
from musicalface.songs import catalog_schema, open_catalog, resumable_build
from musicalface.songs.catalog_build import build_catalog
from musicalface.songs.catalog_export import export_catalog
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


def test_duplicates_and_skipped_rows_are_counted(table: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, float]] = []
    counts = build_catalog(
        [table], tmp_path / "out.sqlite", progress=lambda *step: steps.append(step)
    )
    assert counts == {
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
    build_catalog([table], tmp_path / "out.sqlite", ids=[ids])
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        known = {song.title: song.spotify_id for song in catalog if song.spotify_id}
    assert known == {"Song 7": "4uLU6hMCjMI75M1A2tKUQC"}


def test_original_track_takes_precedence_over_versions(table: Path, tmp_path: Path) -> None:
    ids = tmp_path / "ids.csv"
    rows = ["Song 7 - Live," + "L" * 22, "Song 7," + "P" * 22, "Song 7 (Remix)," + "R" * 22]
    ids.write_text("title,spotify_id,artist\n" + "".join(f"{row},Artist 7\n" for row in rows))
    build_catalog([table], tmp_path / "out.sqlite", ids=[ids])
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        assert [song.spotify_id for song in catalog if song.spotify_id] == ["P" * 22]


def test_ids_of_two_tables_are_joined(table: Path, tmp_path: Path) -> None:
    spotify, deezer = tmp_path / "spotify.csv", tmp_path / "deezer.csv"
    spotify.write_text("artist,title,spotify_id\nArtist 7,Song 7," + "P" * 22 + "\n")
    deezer.write_text(
        "artist,title,deezer_id\nArtist 7,Song 7,3135556\nArtist 8,Song 8,12.0\n"
        "Artist 9,Song 9,-4\nArtist 10,Song 10,9999999999999999\nArtist 7,Song 7,1\n"
    )
    build_catalog([table], tmp_path / "out.sqlite", ids=[spotify, deezer])
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        ids = {song.title: (song.spotify_id, song.deezer_id) for song in catalog}
        assert catalog.facts()["ids"] == "spotify.csv, deezer.csv"
        export_catalog(catalog, tmp_path / "all.parquet")
    assert {each: ids[each] for each in ids if any(ids[each])} == {
        "Song 7": ("P" * 22, 3135556),
        "Song 8": ("", 12),
    }
    build_catalog([tmp_path / "all.parquet"], tmp_path / "again.sqlite")
    with open_catalog(tmp_path / "again.sqlite") as catalog:
        assert {song.title: (song.spotify_id, song.deezer_id) for song in catalog} == ids


def test_table_without_ids_is_refused(table: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no column 'spotify_id or deezer_id'"):
        build_catalog([table], tmp_path / "out.sqlite", ids=[table])


def test_full_disk_keeps_the_old_catalog(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.sqlite"
    out.write_bytes(b"old")
    locked = resumable_build._open_locked

    def small_disk(path: Path) -> sqlite3.Connection:
        connection = locked(path)
        connection.execute("PRAGMA max_page_count = 24")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(resumable_build, "_open_locked", small_disk)
        with pytest.raises(CatalogError, match="is full"):
            build_catalog([table], out)
    assert out.read_bytes() == b"old"
    assert build_catalog([table], out)["added"] == 600  # the disk has space again


class Killed(BaseException):
    pass


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_build_resumes_with_the_same_result(tmp_path: Path, workers: int) -> None:
    words = list(WORDS.values())
    tables = [
        write(
            tmp_path / "songs" / f"{part}.csv",
            [[f"A {part} {i}", f"S {i % 900}", "", words[i % 4] * 2] for i in range(1700)],
        )
        for part in range(2)
    ]
    uninterrupted = build_catalog(tables, tmp_path / "uninterrupted.sqlite")

    read: list[int] = []

    def kill(more: int, share: float) -> None:
        read.append(more)
        if len(read) == 5:
            raise Killed

    out = tmp_path / "broken.sqlite"
    with pytest.raises(Killed):
        build_catalog(tables, out, workers=workers, progress=kill)
    assert not out.exists()
    done = sum(read)
    counts = build_catalog(
        [tmp_path / "songs"], out, workers=workers, progress=lambda more, share: read.append(more)
    )
    assert counts == uninterrupted
    assert sum(read) == 3400
    assert done < 3400
    with open_catalog(tmp_path / "uninterrupted.sqlite") as one, open_catalog(out) as other:
        assert list(one) == list(other)
        assert one.facts() == other.facts()
    assert not list(tmp_path.glob(".*"))


def test_full_disk_at_the_end_loses_nothing(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexes = (*catalog_schema.INDEXES, "CREATE INDEX broken ON nothing (x)")
    with monkeypatch.context() as patched:
        patched.setattr(catalog_schema, "INDEXES", indexes)
        with pytest.raises(CatalogError, match="run the same command again to resume"):
            build_catalog([table], tmp_path / "out.sqlite")
    read: list[int] = []
    counts = build_catalog(
        [table], tmp_path / "out.sqlite", progress=lambda more, share: read.append(more)
    )
    assert counts["added"] == 600
    assert read == []  # all rows were done


def test_finishing_build_stays_locked(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected = []

    def during_finish(path: Path) -> None:
        with pytest.raises(CatalogError, match="Another build is writing"):
            resumable_build.ResumableBuild(tmp_path / "out.sqlite", "other")
        rejected.append(path)

    monkeypatch.setattr(resumable_build, "fsync_file", during_finish)
    build_catalog([table], tmp_path / "out.sqlite")
    assert len(rejected) == 1
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        assert len(catalog) == 600


def test_changed_tables_restart_the_build(table: Path, tmp_path: Path) -> None:
    def kill(more: int, share: float) -> None:
        raise Killed

    with pytest.raises(Killed):
        build_catalog([table], tmp_path / "out.sqlite", progress=kill)
    write(table, [["Artist", "Song", "", WORDS["happy"] * 2]])
    assert build_catalog([table], tmp_path / "out.sqlite") == {"added": 1}


def test_concurrent_builds_are_rejected(run: Run, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.sqlite"
    with resumable_build.ResumableBuild(out, "other"):
        counts = run("catalog", "build", table, "--out", out)
        assert counts.status == 1
        assert "Another build is writing" in counts.err
    assert run("catalog", "build", table, "--out", out).status == 0


def test_damaged_partial_build_is_restarted(table: Path, tmp_path: Path) -> None:
    (tmp_path / ".out.sqlite.building").write_bytes(b"hello " * 999)
    assert build_catalog([table], tmp_path / "out.sqlite")["added"] == 600


def test_folder_without_tables(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    counts = run("catalog", "build", tmp_path / "empty", "--out", tmp_path / "out.sqlite")
    assert counts.status == 2
    assert "contains no tables" in counts.err


def test_inputs_are_never_overwritten(run: Run, table: Path, tmp_path: Path) -> None:
    before = table.read_bytes()
    counts = run("catalog", "build", table, "--out", table)
    assert counts.status == 2
    assert "is also an input" in counts.err
    assert table.read_bytes() == before


@pytest.mark.parametrize("out", ["folder", ""])
def test_folder_as_output_is_rejected(run: Run, table: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "folder").mkdir()
    counts = run("catalog", "build", table, "--out", tmp_path / out)
    assert counts.status == 2
    assert "isn't a file" in counts.err


def test_failed_build_keeps_the_old_catalog(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.sqlite"
    build_catalog([table], out)
    before = out.read_bytes()
    bad = tmp_path / "bad.csv"
    bad.write_bytes(table.read_text().encode("utf-16") + b"x")  # half of a character
    with pytest.raises(DataError):
        build_catalog([bad], out)
    assert out.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"songs.csv", "bad.csv", "out.sqlite"}


def test_nothing_to_score(tmp_path: Path) -> None:
    table = write(tmp_path / "t.csv", [["Uno", "Calle", "", SPANISH]])
    with pytest.raises(DataError, match="1 not English"):
        build_catalog([table], tmp_path / "out.sqlite")
    assert not (tmp_path / "out.sqlite").exists()


def test_catalog_commands(run: Run, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.sqlite"
    built = run("catalog", "build", table, "--out", out, "--model", "lstm2018")
    assert built.status == 0
    assert "600 added" in built.out
    songs = run("songs", "sad", "--catalog", out, "--songs", 3)
    assert songs.out.count("https://open.spotify.com/search/") == 3
    exported = run("catalog", "export", "--catalog", out, "--out", tmp_path / "all.csv")
    assert exported.status == 0
    rows = (tmp_path / "all.csv").read_text().splitlines()
    assert rows[0] == "artist,title,angry,happy,relaxed,sad,evidence,spotify_id,deezer_id,known"
    assert len(rows) == 601


def test_default_output_is_the_own_catalog(
    run: Run, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSICALFACE_HOME", str(tmp_path / "home"))
    built = run("catalog", "build", table)
    assert str(tmp_path / "home" / "catalog.sqlite") in built.out
    assert "Artist" in run("songs", "sad").out
    (tmp_path / "home" / "catalog.sqlite").unlink()
    assert "Artist" not in run("songs", "happy", "--seed", 1).out


@pytest.mark.parametrize("content", ["artist,title\nA,T\n", "nothing"])
def test_table_without_lyrics_is_rejected(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "t.csv").write_text(content)
    counts = run("catalog", "build", tmp_path / "t.csv", "--out", tmp_path / "out.sqlite")
    assert counts.status == 2
    assert "has no column" in counts.err
    assert not (tmp_path / "out.sqlite").exists()
