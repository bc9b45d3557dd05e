"""Temporary files of killed processes are removed at the next start; locked ones stay."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from musicalface.files import atomic_write
from musicalface.songs import open_catalog
from musicalface.songs.resumable_build import ResumableBuild
from musicalface.temp_files import ABANDONED, held_folder, sweep

UNPACKING = """
from musicalface.songs import catalog_schema, open_catalog
finish = catalog_schema.finish
def wait(*arguments):
    print("written", flush=True)
    input()
    return finish(*arguments)
catalog_schema.finish = wait
open_catalog().__exit__()
"""
WRITING = """
import sys
from pathlib import Path
from musicalface.files import atomic_write
with atomic_write(Path(sys.argv[1])) as aside:
    aside.write_bytes(bytes(1000))
    print("written", flush=True)
    input()
"""


@contextmanager
def stopped_in_the_middle(program: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Yields a process that has written its temporary file and waits for a line of input."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "written\n"
        try:
            yield process
        finally:
            process.kill()


def kill_in_the_middle(program: str, *arguments: object) -> None:
    with stopped_in_the_middle(program, *arguments):
        pass


def test_repeated_kills_while_unpacking_leave_few_files(own_home: Path) -> None:
    for _ in range(4):
        kill_in_the_middle(UNPACKING)
        parts = [each.name for each in own_home.iterdir()]
        # That of the last kill; on a busy computer, a lock may outlive its process for a moment.
        assert len(parts) <= 2, parts
        assert {Path(name).suffix for name in parts} == {".part"}
    subprocess.run([sys.executable, "-c", "import musicalface as m; m.open_catalog()"], check=True)
    (catalog,) = own_home.iterdir()
    assert catalog.suffix == ".sqlite"


@pytest.mark.skipif(os.name != "posix", reason="no flock")
def test_locked_file_stays(own_home: Path) -> None:
    with stopped_in_the_middle(UNPACKING) as first:
        (part,) = own_home.iterdir()
        with stopped_in_the_middle(UNPACKING) as second:
            assert part.exists()
            second.communicate("\n")
        sweep(own_home)
        assert part.exists()
        first.communicate("\n")
        assert (first.returncode, second.returncode) == (0, 0)
    assert len(list(own_home.iterdir())) == 1
    with open_catalog() as catalog:
        assert len(catalog) > 1000


def test_next_write_removes_temporary_files_of_the_same_name(tmp_path: Path) -> None:
    path = tmp_path / "list.m3u8"
    other = tmp_path / ".list.m3u8 of mine.part"
    other.touch()
    for _ in range(3):
        kill_in_the_middle(WRITING, path)
        names = [each.name for each in tmp_path.iterdir()]
        assert len(names) in (2, 3), names
    with atomic_write(path) as aside:
        aside.write_text("whole")
    assert sorted(tmp_path.iterdir()) == [other, path]


def test_locked_folder_stays(tmp_path: Path) -> None:
    with held_folder(tmp_path / "songs") as aside:
        (aside / "part-1.parquet").touch()
        sweep(tmp_path)
        assert list(aside.iterdir())
    assert not list(tmp_path.iterdir())
    (
        tmp_path / ".songs.0123456789abcdef0123456789abcdef.building"
    ).mkdir()  # left by a killed build
    sweep(tmp_path, "songs")
    assert not list(tmp_path.iterdir())


def test_killed_build_stays_for_a_week(tmp_path: Path) -> None:
    with ResumableBuild(tmp_path / "catalog.sqlite", "plan") as build:
        building = build.path
    sweep(tmp_path)
    assert building.exists()
    _age(building)
    with ResumableBuild(tmp_path / "catalog.sqlite", "plan"):
        _age(building)
        sweep(tmp_path)
        assert building.exists()  # locked
    _age(building)
    sweep(tmp_path)
    assert not list(tmp_path.iterdir())


def _age(path: Path) -> None:
    long_ago = time.time() - ABANDONED - 1
    os.utime(path, (long_ago, long_ago))


def test_sweep_continues_after_damaged_files_and_links(tmp_path: Path) -> None:
    (tmp_path / ".a.sqlite.building").write_text("no database, and longer than a header " * 9)
    _age(tmp_path / ".a.sqlite.building")
    (tmp_path / ".b.01234567.part").symlink_to("/nowhere")
    (tmp_path / ".c.01234567.part").touch()
    sweep(tmp_path)
    assert not (tmp_path / ".c.01234567.part").exists()
    sweep(tmp_path / "nowhere")


def test_database_can_be_created_in_a_temporary_file(tmp_path: Path) -> None:
    """SQLite's locks and the lock of the temporary file don't conflict."""
    with atomic_write(tmp_path / "x.sqlite") as aside, closing(sqlite3.connect(aside)) as made:
        made.execute("CREATE TABLE t (x)")
        made.commit()
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as made:
        assert made.execute("SELECT count(*) FROM t").fetchone() == (0,)
