import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from musicalface.cli.progress_bars import progress_bar, spinner
from tests.conftest import PORTRAIT, SONG, Run

COMMANDS = [
    ("look",),
    ("songs",),
    ("lyrics",),
    ("evaluate",),
    ("evaluate", "face"),
    ("evaluate", "lyrics"),
    ("train",),
    ("train", "face"),
    ("train", "lyrics"),
    ("catalog",),
    ("catalog", "build"),
    ("catalog", "export"),
]


def test_help_lists_every_command(run: Run) -> None:
    result = run("--help")
    assert result.status == 0
    for name, *_ in COMMANDS:
        assert name in result.out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.status == 0
    assert result.out.startswith("Usage: musicalface")


def test_unknown_command(run: Run) -> None:
    result = run("listen")
    assert result.status == 2
    assert "No such command 'listen'" in result.err
    assert "musicalface songs MOOD --play browser" in run("play", "relaxed").err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a child")
def test_ctrl_c_exits_with_130_and_the_command_can_be_resumed(tmp_path: Path) -> None:
    rows = "artist,title,lyrics\n" + "".join(
        f"A {i},T {i},{'I was so in love with you and the night ' * 40}\n" for i in range(6_000)
    )
    (tmp_path / "songs.csv").write_text(rows)
    command = [
        "catalog",
        "build",
        str(tmp_path / "songs.csv"),
        "--out",
        str(tmp_path / "out.sqlite"),
    ]
    build = subprocess.Popen(
        [sys.executable, "-m", "musicalface", *command], stderr=subprocess.PIPE, text=True
    )
    while not list(tmp_path.glob(".out.sqlite.*")) and build.poll() is None:
        time.sleep(0.02)
    build.send_signal(signal.SIGINT)
    _, err = build.communicate(timeout=60)
    assert build.returncode == 130
    result = [line for line in err.splitlines() if line]
    assert result == ["Run the same command to continue.", "musicalface: stopped."]
    assert not (tmp_path / "out.sqlite").exists()
    again = subprocess.run([sys.executable, "-m", "musicalface", *command], check=True)
    assert again.returncode == 0
    assert {p.name for p in tmp_path.iterdir()} == {"songs.csv", "out.sqlite"}


@pytest.mark.parametrize("option", ["--songs=100", "--json"])
def test_closed_stdout_pipe_gives_no_traceback(option: str) -> None:
    songs = [sys.executable, "-m", "musicalface", "songs", "sad", option]
    ends = os.pipe()
    os.close(ends[0])
    ran = subprocess.run(songs, stdout=ends[1], stderr=subprocess.PIPE, text=True)
    os.close(ends[1])
    assert ran.stderr == ""
    assert ran.returncode == 1


def test_unwritable_output(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("look", PORTRAIT, "--annotate", tmp_path / "file" / "seen.png", "--json")
    assert result.status == 1
    assert result.err.startswith(f"musicalface: {tmp_path / 'file'}")


def test_colors_only_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("look", PORTRAIT).out
    monkeypatch.delenv("FORCE_COLOR")
    assert "\x1b[" not in run("look", PORTRAIT).out


def test_evaluate_prints_each_class(run: Run, fer_csv: Path) -> None:
    result = run("evaluate", "face", "--data", fer_csv, "--split", "PublicTest")
    assert result.status == 0
    assert result.out.startswith("PublicTest")
    assert "disgust   recall" in result.out
    assert "PrivateTest" not in result.out


def test_progress_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """The bars are visible from the first update."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORCE_COLOR", "1")
        patch.setenv("COLUMNS", "100")
        with progress_bar("songs") as step, spinner("reading"):
            step(512, 0.5)
    assert "512 songs" in capsys.readouterr().err


def test_absent_class_does_not_shift_the_others(run: Run, tmp_path: Path) -> None:
    text = SONG.read_text().replace("\n", " ")
    (tmp_path / "one.csv").write_text(f'artist,title,lyrics,mood\nA,T,"{text}",sad\n')
    rows = run("evaluate", "lyrics", "--data", tmp_path / "one.csv").out.splitlines()
    assert rows[1].split() == [
        *("angry", "recall", "–", "predicted", "–", "×"),
        *("predicted", "as", "0", "0", "0", "0"),
    ]
    assert rows[4].split()[:3] == ["sad", "recall", "100.0%"]


def test_evaluate_lyrics_on_other_data(run: Run, songs_csv: Path) -> None:
    result = run("evaluate", "lyrics", "--data", songs_csv)
    assert result.status == 0
    assert result.out.startswith("all ")
    refused = run("evaluate", "lyrics", "--data", songs_csv, "--split", "Test")
    assert refused.status == 2
    assert "has no split 'Test'. Choose one of all" in refused.err
