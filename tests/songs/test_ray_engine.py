"""Ray engine: gives the same songs as the local engine, on a real Ray cluster."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from musicalface.songs import open_catalog
from musicalface.songs.catalog_build import build_catalog
from tests.conftest import WORDS, Run
from tests.system_calls import needs_strace, traced

pytest.importorskip("ray")


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "musicalface", "catalog", "build", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def tables(folder: Path) -> Path:
    folder.mkdir()
    for number in range(3):
        rows = [
            [f"Artist {i % 40}", f"Song {i} {number % 2}", WORDS[list(WORDS)[i % 4]] * 3]
            for i in range(700)
        ]
        rows += [["Uno", "Calle", "camino solo por la calle y pienso en ti " * 4]]
        with (folder / f"part{number}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([["artist", "title", "lyrics"], *rows])
    (folder / "tags.csv").write_text("artist,title,mood\nArtist 1,Song 1 0,sad\nOther,Song,happy\n")
    return folder


def test_both_engines_give_the_same_catalog(tmp_path: Path) -> None:
    folder = tables(tmp_path / "tables")
    lyrics = sorted(folder.glob("part*.csv"))
    listeners = folder / "tags.csv"
    local = build_catalog(lyrics, tmp_path / "local.sqlite", listeners=[[listeners]], workers=1)
    ray = command(
        *(*lyrics, "--listeners", listeners, "--engine", "ray", "--workers", 2),
        *("--out", tmp_path / "scored"),
    )
    assert ray.returncode == 0, ray.stderr
    assert "3 not English" in ray.stdout
    assert not list(tmp_path.glob(".*"))
    build_catalog([tmp_path / "scored"], tmp_path / "ray.sqlite", workers=1)
    with (
        open_catalog(tmp_path / "local.sqlite") as one,
        open_catalog(tmp_path / "ray.sqlite") as two,
    ):
        assert list(one) == list(two)
        assert len(one) == local["added"] == 1401

    again = command(*lyrics, "--engine", "ray", "--out", tmp_path / "scored")
    assert again.returncode == 2
    assert "already exists" in again.stderr
    (folder / "part1.csv").write_bytes("artist,title,lyrics\nA,B,la".encode("utf-16") + b"x")
    broken = command(*lyrics, "--engine", "ray", "--out", tmp_path / "broken")
    assert broken.returncode == 2
    assert "part1.csv, near line" in broken.stderr
    assert "Traceback" not in broken.stderr
    assert not (tmp_path / "broken").exists()
    assert not list(tmp_path.glob(".*"))


def test_without_ray(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.songs.ray_engine.find_spec", lambda name: None)
    result = run("catalog", "build", "a.csv", "--engine", "ray", "--out", tmp_path / "out")
    assert result.status == 2
    assert 'pip install "musicalface[batch]"' in result.err


def test_conflicting_engine_options(run: Run, tmp_path: Path) -> None:
    assert run("catalog", "build", "a.csv", "--engine", "ray").status == 2
    result = run("catalog", "build", "a.csv", "--address", "auto", "--out", tmp_path / "c")
    assert "--address needs --engine ray" in result.err


def test_tables_without_songs_are_reported(tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("artist,title,lyrics\nA,B,three short words\n")
    result = command(tmp_path / "none.csv", "--engine", "ray", "--out", tmp_path / "scored")
    assert result.returncode == 2
    sentence = "The tables contain no song that can be scored (1 with fewer than 20 words)."
    assert f"musicalface: {sentence} Give tables of moods" in result.stderr


@needs_strace
def test_local_cluster_makes_no_network_connection(own_home: Path, tmp_path: Path) -> None:
    arguments = ("catalog", "build", tables(tmp_path / "tables"), "--engine", "ray", "--workers", 1)
    with traced(tmp_path / "trace", tmp_path, *arguments, "--out", tmp_path / "scored") as (
        process,
        trace,
    ):
        _, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    assert trace.addresses <= {"a host name"}  # the local host name, from /etc/hosts
