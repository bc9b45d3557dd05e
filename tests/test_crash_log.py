"""Tests of the log: an unexpected error gives a message and a traceback in a private file."""

import logging
import os
import re
import stat
import threading
from pathlib import Path

import pytest

from musicalface import crash_log
from tests.conftest import Run

SECRET = "/home/ann/Photos/me at the beach.jpg"


def fail(depth: int = 0) -> None:
    if depth:
        fail(depth - 1)
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise ZeroDivisionError(f"cannot read {SECRET}") from error


def caught(depth: int = 0) -> BaseException:
    with pytest.raises(ZeroDivisionError) as failed:
        fail(depth)
    return failed.value


def test_entry_has_id_types_and_lines(own_home: Path) -> None:
    number = crash_log.record(caught())
    entry = (own_home / "errors.log").read_text()
    assert re.fullmatch("[0-9a-f]{6}", number)
    assert f" {number} musicalface " in entry
    assert "builtins.ZeroDivisionError" in entry
    assert "builtins.KeyError" in entry
    assert "tests/test_crash_log.py" in entry
    assert "raise KeyError(SECRET)" in entry


def test_entry_has_no_file_names_without_debug(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash_log.record(caught())
    assert SECRET not in (own_home / "errors.log").read_text()
    monkeypatch.setenv("MUSICALFACE_DEBUG", "1")
    crash_log.record(caught())
    assert SECRET in (own_home / "errors.log").read_text()


@pytest.mark.skipif(os.name != "posix", reason="file modes need POSIX")
def test_log_and_directory_are_private(own_home: Path) -> None:
    before = os.umask(0)
    try:
        crash_log.record(caught())
    finally:
        os.umask(before)
    assert stat.S_IMODE((own_home / "errors.log").stat().st_mode) == 0o600
    assert stat.S_IMODE(own_home.stat().st_mode) == 0o700


def test_the_log_rotates(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_log, "LARGEST", 10_000)
    for _ in range(100):
        crash_log.record(caught())
    assert {path.name for path in own_home.iterdir()} == {"errors.log", "errors.log.1"}
    assert sum(path.stat().st_size for path in own_home.iterdir()) < 30_000


def test_deep_recursion_is_truncated(own_home: Path) -> None:
    crash_log.record(caught(depth=300))
    assert (own_home / "errors.log").stat().st_size < 20_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("what", ["link", "pipe", "folder", "file for a home"])
def test_unwritable_log_is_left_unchanged(own_home: Path, tmp_path: Path, what: str) -> None:
    own_home.mkdir()
    log, victim = own_home / "errors.log", tmp_path / "victim"
    victim.write_text("unchanged")
    if what == "link":
        log.symlink_to(victim)
    elif what == "pipe":
        os.mkfifo(log)
    elif what == "folder":
        log.mkdir()
    else:
        own_home.rmdir()
        own_home.write_text("")
    assert crash_log.record(caught())
    assert victim.read_text() == "unchanged"


def test_command_prints_one_message(
    own_home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musicalface.cli.songs.command.callback", lambda **_: fail())
    result = run("songs", "sad")
    assert result.status == 1
    (number,) = re.findall(r"\(error ([0-9a-f]{6}), written to", result.err)
    assert result.err.count("\n") == 1
    assert number in (own_home / "errors.log").read_text()


def test_debug_option(own_home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICALFACE_DEBUG", "0")  # so that monkeypatch restores it
    monkeypatch.setattr("musicalface.cli.songs.command.callback", lambda **_: fail())
    result = run("--debug", "songs", "sad")
    assert "--debug" not in result.err
    assert SECRET in (own_home / "errors.log").read_text()


def test_out_of_memory_message(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("musicalface.cli.songs.command.callback", full)
    assert "out of memory" in run("songs", "sad").err


def test_threads_finalizers_and_libraries_print_nothing(
    own_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    class Finalized:
        def __del__(self) -> None:
            fail()

    with crash_log.catching_everywhere():
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        Finalized().__class__  # noqa: B018
        logger = logging.Logger("a library")
        try:
            fail()
        except ZeroDivisionError:
            logger.exception("It failed.")
        logger.error("It failed again.")
    assert capfd.readouterr().err == ""
    assert (own_home / "errors.log").read_text().count("builtins.KeyError") == 3
