"""Traces commands: they connect to no address and write only files listed in docs/privacy.md."""

import fnmatch
import os
import re
import signal
import time
import wave
from pathlib import Path

import pytest
from websockets.sync.client import connect

from tests.conftest import PORTRAIT, ROOT, SONG
from tests.system_calls import Trace, needs_strace, traced

WATCHED = 60.0
"""Seconds; onnxruntime's telemetry resolves its host within 35."""

PAGE = (ROOT / "docs" / "privacy.md").read_text("utf-8")


def listed(heading: str) -> list[str]:
    """The code spans of the first column of the table under a heading."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [span for cell in cells for span in re.findall("`([^`]+)`", cell)]


def unlisted(trace: Trace, home: Path) -> set[str]:
    """Files that were written but are not on the documented list."""
    kept = [name.rstrip("/") for name in listed("What is kept in your directory")]
    # Each can have temporary files and SQLite journals next to it.
    allowed = [str(home), *(f"{home}/{start}{name}*" for name in kept for start in ("", "."))]
    allowed += listed("Files outside your directory")
    return {
        path for path in trace.written if not any(fnmatch.fnmatch(path, form) for form in allowed)
    }


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """An empty home folder, which must stay empty."""
    (tmp_path / "user").mkdir()
    return tmp_path / "user"


@needs_strace
@pytest.mark.parametrize("command", ["look", "songs", "library add", "lyrics", "catalog build"])
def test_commands_connect_to_nothing_and_write_only_listed_files(
    command: str, own_home: Path, user: Path, tmp_path: Path, songs_csv: Path
) -> None:
    what: dict[str, list[object]] = {
        "look": [PORTRAIT],
        "songs": ["sad", "--toward", "happy"],
        "library add": [music(tmp_path / "music")],
        "lyrics": [SONG],
        "catalog build": [songs_csv],
    }
    with traced(tmp_path / "trace", user, *command.split(), *what[command]) as (process, trace):
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert trace.addresses == set()
    assert unlisted(trace, own_home) == set()
    assert list(user.iterdir()) == []


def music(folder: Path) -> Path:
    """A folder with one audio file."""
    folder.mkdir()
    with wave.open(str(folder / "song.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(160))
    return folder


@needs_strace
def test_app_connects_to_nothing_for_a_minute(
    own_home: Path, user: Path, tmp_path: Path, frame: bytes
) -> None:
    with traced(tmp_path / "trace", user, "app", "--no-browser") as (process, trace):
        assert process.stdout
        address = process.stdout.readline().strip().partition(": ")[2]
        try:
            look(address, frame)
        finally:
            # strace doesn't forward SIGINT, so it goes to the app directly.
            app = int((own_home / "app.json").read_text().rpartition(":")[2].strip(" }"))
            os.kill(app, signal.SIGINT)
        process.communicate(timeout=60)
    assert trace.addresses == set()
    assert unlisted(trace, own_home) == set()
    assert list(user.iterdir()) == []


def look(address: str, frame: bytes) -> None:
    """Sends two frames per second for a minute, like a page with a camera."""
    origin, _, token = address.partition("/?token=")
    header = {"Authorization": f"Bearer {token}"}
    until = time.monotonic() + WATCHED
    with connect(f"ws{origin[4:]}/api/sight", additional_headers=header, proxy=None) as socket:
        while time.monotonic() < until:
            socket.send(frame)
            assert '"faces"' in str(socket.recv())
            time.sleep(0.5)


@needs_strace
def test_trace_detects_addresses_and_files(tmp_path: Path) -> None:
    """The tests above are only valid if the trace detects look-ups, connections and files."""
    trace = Trace(tmp_path / "trace")
    trace.file.write_text(
        '1 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(443), '
        'sin_addr=inet_addr("203.0.113.7")}, 16) = -1 EINPROGRESS (now)\n'
        '1 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80), '
        'sin_addr=inet_addr("127.0.0.1")}, 16) = 0\n'
        '1 openat(AT_FDCWD</home/ann>, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 3</etc/hosts>\n'
        '1 openat(5</home/ann/.cache>, "deviceid", O_WRONLY|O_CREAT, 0600) = 7</home/x>\n'
        '1 mkdir("/home/ann", 0700 <unfinished ...>\n'
        '2 mkdir("/home/ann/.cache", 0700 <unfinished ...>\n'
        '1 <... mkdir resumed>) = -1 EEXIST (File exists)\n'
        '2 <... mkdir resumed>) = 0\n'
    )  # fmt: skip
    assert trace.addresses == {"203.0.113.7:443", "a host name"}
    assert trace.written == {"/home/ann/.cache/deviceid", "/home/ann/.cache"}


def test_every_host_in_the_code_is_listed() -> None:
    pattern = re.compile(r"https?://([a-z0-9.-]+\.[a-z]{2,})")
    files = [p for p in (ROOT / "src").rglob("*") if p.suffix in (".py", ".js", ".html", ".css")]
    hosts = {host for path in files for host in pattern.findall(path.read_text("utf-8"))}
    assert hosts - {"www.w3.org"} == set(listed("What is sent"))
