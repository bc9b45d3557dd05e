"""The same songs by both engines, on a real Ray that this test starts."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from musicalface.songs import open_catalog
from musicalface.songs.build import build_catalog
from tests.conftest import WORDS, Run

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
    (folder / "tags.csv").write_text(
        "artist,title,mood\nArtist 1,Song 1 0,sad\nNobody,Else,happy\n"
    )
    return folder


def test_both_engines_make_one_catalog(tmp_path: Path) -> None:
    folder = tables(tmp_path / "tables")
    lyrics = sorted(folder.glob("part*.csv"))
    listeners = folder / "tags.csv"
    local = build_catalog(lyrics, tmp_path / "local.sqlite", listeners=[[listeners]], workers=1)
    by_ray = command(
        *(*lyrics, "--listeners", listeners, "--engine", "ray", "--workers", 2),
        *("--out", tmp_path / "scored"),
    )
    assert by_ray.returncode == 0, by_ray.stderr
    assert "3 not English" in by_ray.stdout
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
    assert "is there already" in again.stderr
    (folder / "part1.csv").write_text("artist,title,lyrics\nA,B,\xff\n", encoding="latin-1")
    broken = command(*lyrics, "--engine", "ray", "--out", tmp_path / "broken")
    assert broken.returncode == 2
    assert "part1.csv, near line" in broken.stderr
    assert "Traceback" not in broken.stderr
    assert not (tmp_path / "broken").exists()
    assert not list(tmp_path.glob(".*"))


def test_without_ray(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.songs.by_ray.find_spec", lambda name: None)
    told = run("catalog", "build", "a.csv", "--engine", "ray", "--out", tmp_path / "out")
    assert told.status == 2
    assert 'pip install "musicalface[batch]"' in told.err


def test_options_that_do_not_go_together(run: Run, tmp_path: Path) -> None:
    assert run("catalog", "build", "a.csv", "--engine", "ray").status == 2
    told = run("catalog", "build", "a.csv", "--address", "auto", "--out", tmp_path / "c")
    assert "--address is for --engine ray" in told.err
