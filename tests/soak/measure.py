"""Rows of the result table, and processes under test with their memory (Linux)."""

import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_TIMEOUT = 10.0


@dataclass(frozen=True)
class Row:
    """A figure and its upper bound."""

    what: str
    figure: float
    ceiling: float
    unit: str

    @property
    def is_held(self) -> bool:
        """True if the figure is within its bound."""
        return self.figure <= self.ceiling


def markdown(rows: list[Row]) -> str:
    """The rows as a table for docs/reliability.md."""
    lines = ["| what | measured | ceiling | |", "|---|---:|---:|---|"]
    for row in rows:
        held = "ok" if row.is_held else "**exceeded**"
        lines.append(
            f"| {row.what} | {row.figure:,.4g} {row.unit} | {row.ceiling:g} {row.unit} | {held} |"
        )
    return "\n".join(lines)


def environment(home: Path) -> dict[str, str]:
    """The environment of a process with the data directory `home` and without a keyring."""
    own = {"MUSICALFACE_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    return os.environ | own


def started(home: Path, *arguments: object) -> "subprocess.Popen[str]":
    """Start a musicalface command, or a Python program with "-c"."""
    module = [] if arguments[0] == "-c" else ["-m", "musicalface"]
    command = [sys.executable, *module, *map(str, arguments)]
    return subprocess.Popen(
        command,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


class App:
    """The app in its own process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        assert process.stdout
        while not (match := re.search(r"(http://\S+)/\?token=(\S+)", process.stdout.readline())):
            assert process.poll() is None, "the app did not start"
        self.origin, token = match.groups()
        self.port = int(self.origin.rpartition(":")[2])
        self.headers = {"Authorization": f"Bearer {token}"}

    def seconds_to_answer(self) -> float:
        """Response time of an authenticated request on a new connection; _TIMEOUT if it fails."""
        try:
            answer = httpx.get(
                f"{self.origin}/api/health",
                headers=self.headers,
                timeout=_TIMEOUT,
                trust_env=False,
            )
        except httpx.HTTPError:
            return _TIMEOUT
        return answer.elapsed.total_seconds() if answer.status_code == 200 else _TIMEOUT

    def read(self, photo: bytes) -> int:
        """Upload a photo; returns the status, 0 if there is no response."""
        try:
            answer = httpx.post(
                f"{self.origin}/api/read",
                content=photo,
                headers=self.headers,
                timeout=12 * _TIMEOUT,
                trust_env=False,
            )
        except httpx.HTTPError:
            return 0
        return answer.status_code

    def memory(self, peak: bool = False) -> float:
        """Resident memory in MB of the process and its children, current or at their peaks."""
        return sum(_resident(process, peak) for process in _with_children(self.process.pid))


@contextmanager
def running(home: Path, descriptors: int = 0) -> Iterator[App]:
    """Run the app; `descriptors` is its limit of open files (0: unchanged)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors:
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, hard))
    try:
        process = started(home, "app", "--no-browser")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    try:
        yield App(process)
    finally:
        process.kill()
        process.communicate()


def _with_children(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in _with_children(int(child)))]


def _resident(process: int, peak: bool) -> float:
    name = "VmHWM" if peak else "VmRSS"
    match = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(match[1]) / 1000 if match else 0
