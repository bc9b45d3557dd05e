"""kill -9 of commands that write files: no data is lost, and no temporary files remain."""

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from musicalface.songs import open_catalog
from tests.audio_files import many_files
from tests.conftest import WORDS

from .measure import Row, started

_LOGIN = """
import time
from musicalface.players.spotify.token_store import Credentials, save
save(Credentials("0" * 32, "a" * 200, "b" * 200, time.time() + 3600, time.time()))
while True:
    save(Credentials("0" * 32, "c" * 200, "d" * 200, time.time() + 3600, time.time()))
"""
_CHECK_LOGIN = """
from musicalface.players.spotify.token_store import load, save
login = load()
assert login.access_token
save(login)
"""


def kills(folder: Path, rounds: int) -> list[Row]:
    """Kill each command `rounds` times, then let it finish, and check its files."""
    table, music = _table(folder / "songs.csv"), folder / "music"
    many_files(music, 500)
    catalog = folder / "catalogs" / "mine.sqlite"
    cases: tuple[tuple[str, tuple[object, ...], tuple[object, ...]], ...] = (
        ("the shipped catalog is unpacked", ("songs", "happy"), ("songs", "happy")),
        ("`catalog build`", *2 * (("catalog", "build", table, "--out", catalog),)),
        ("`library add`", *2 * (("library", "add", music),)),
        ("a Spotify login is saved", ("-c", _LOGIN), ("-c", _CHECK_LOGIN)),
    )
    rows: list[Row] = []
    for what, command, last in cases:
        home = folder / f"home-{len(rows)}"
        written = home if what != "`catalog build`" else catalog.parent
        bad = _killed(home, command, last, rounds)
        rows.append(Row(f"{what}: failures after {rounds} kills", bad, 0, ""))
        rows.append(Row(f"{what}: temporary files left", _left(written), 0, ""))
    with open_catalog(catalog) as made:
        rows.append(Row("`catalog build`: songs missing", 2000 - len(made), 0, ""))
    return rows


def _killed(home: Path, command: tuple[object, ...], last: tuple[object, ...], rounds: int) -> int:
    seconds = _seconds_of(home, last) if command == last else 2.0
    if command == last:
        shutil.rmtree(home, ignore_errors=True)
    for _ in range(rounds):
        process = started(home, *command)
        time.sleep(random.uniform(0.2, 1.0) * seconds)  # at a random moment of its run
        process.kill()
        process.communicate()
    process = started(home, *last)
    output, _ = process.communicate()
    return int(process.returncode != 0 or "Traceback" in output)


def _seconds_of(home: Path, command: tuple[object, ...]) -> float:
    began = time.monotonic()
    started(home, *command).communicate()
    return time.monotonic() - began


def _left(folder: Path) -> int:
    is_temporary: Callable[[Path], bool] = lambda path: path.suffix in (".part", ".building")  # noqa: E731
    return sum(map(is_temporary, folder.rglob(".*")))


def _table(path: Path) -> Path:
    words = list(WORDS.values())
    rows = [f"Artist {i % 400},Song {i},{words[i % 4]} {words[i % 4]}" for i in range(2000)]
    path.write_text("\n".join(["artist,title,lyrics", *rows]) + "\n")
    return path
