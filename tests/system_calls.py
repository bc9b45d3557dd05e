"""Traces a command with strace: the addresses it connects to and the files it writes."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_CALLS = (
    "connect,sendto,sendmsg,sendmmsg,open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,"
    "rename,renameat,renameat2,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat,chown"
)
_ADDRESS = re.compile(
    r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([0-9a-fA-F:.]+)"'
)
_LOOKS_UP_NAMES = ("/etc/hosts", "/etc/resolv.conf")  # getaddrinfo reads them for host names
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
_DESCRIPTOR = re.compile(r"\d+<([^>]*)>|AT_FDCWD<([^>]*)>")

_UNFINISHED = " <unfinished ...>"

needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


@dataclass
class Trace:
    """The system calls of a process and its children."""

    file: Path

    @property
    def addresses(self) -> set[str]:
        """Every address outside this machine, and "a host name" for each use of name resolution."""
        addresses = set()
        for line in self._lines():
            for port, host in _ADDRESS.findall(line):
                if port == "53" or not re.match(r"(::ffff:)?127\.|::1$", host):
                    addresses.add(f"{host}:{port}")
            if any(f'"{name}"' in line for name in _LOOKS_UP_NAMES):
                addresses.add("a host name")
        return addresses

    @property
    def written(self) -> set[str]:
        """Absolute paths of files and folders that were created, opened for writing or renamed."""
        paths: set[str] = set()
        for line in self._lines():
            call = re.sub(r"^\d+ +", "", line)
            if call.startswith(("connect", "send")) or " = -1 " in call:
                continue
            if not call.startswith("open") or _WRITES.search(call):
                paths.update(_paths(call))
        return paths

    def _lines(self) -> list[str]:
        """The calls; strace splits one in two if another thread makes a call meanwhile."""
        lines, started = [], dict[str, str]()
        for line in self.file.read_text("utf-8", "replace").splitlines():
            process, _, call = line.partition(" ")
            if line.endswith(_UNFINISHED):
                started[process] = line.removesuffix(_UNFINISHED)
            elif call.strip().startswith("<... "):
                lines.append(started.pop(process, "") + call.partition(" resumed>")[2])
            else:
                lines.append(line)
        return [*lines, *started.values()]


def _paths(call: str) -> Iterator[str]:
    """The paths in a system call, joined with the folder that they are relative to."""
    folder = next((a or b for a, b in _DESCRIPTOR.findall(call)), "")
    for name in re.findall(r'"((?:[^"\\]|\\.)*)"', call):
        yield name if name.startswith("/") else str(Path(folder, name))


@contextmanager
def traced(
    file: Path, home: Path, *arguments: object
) -> Iterator[tuple["subprocess.Popen[str]", Trace]]:
    """Runs `musicalface ARGUMENTS` under strace in a subprocess, with `home` as HOME."""
    strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-s", "4096"]
    command = [sys.executable, "-m", "musicalface", *map(str, arguments)]
    environment = _environment(home)
    with subprocess.Popen(
        [*strace, "-e", f"trace={_CALLS}", "-o", str(file), *command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        yield process, Trace(file)


def _environment(home: Path) -> dict[str, str]:
    names = ("PATH", "PYTHONPATH", "MUSICALFACE_HOME")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    # The environment enables telemetry, and the program must disable it anyway.
    return kept | {"HOME": str(home), "ORT_DISABLE_TELEMETRY": "0", "LANG": "C.UTF-8"}
