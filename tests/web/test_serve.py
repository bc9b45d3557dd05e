"""The app starts, is found again, and ends."""

import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from musicalface.errors import InputError
from musicalface.web import instance
from musicalface.web.serve import PORT, Place, running
from tests.conftest import Run


@contextmanager
def started(*words: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """`musicalface …` in a process of its own, and the address that it printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "musicalface", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    try:
        yield process, process.stdout.readline().strip().partition(": ")[2]
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        assert "Traceback" not in process.communicate(timeout=20)[1]


def test_the_app_answers_within_a_second_and_ends_cleanly(own_home: Path) -> None:
    began = time.monotonic()
    with started("app", "--no-browser") as (process, address):
        assert httpx.get(address, follow_redirects=False).status_code == 303
        # The machine that runs the tests may be loaded; idle it is 0.4 seconds.
        assert time.monotonic() - began < 5
        kept = own_home / "app.json"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert json.loads(kept.read_text())["address"] == address
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=20)[1] == "Ended.\n"
        assert process.returncode == 0
    assert not (own_home / "app.json").exists()


def test_an_app_that_runs_is_found_and_opened_again(own_home: Path) -> None:
    with (
        started("app", "--no-browser") as (_, address),
        started("app", "--no-browser") as (
            second,
            same,
        ),
    ):
        assert same == address
        assert second.wait(20) == 0


def test_an_app_that_was_killed_is_not_taken_for_one_that_runs(own_home: Path) -> None:
    with started("app", "--no-browser") as (process, address):
        process.kill()
        process.wait(10)
    assert (own_home / "app.json").exists()
    assert instance.found() == ""
    with started("app", "--no-browser") as (_, other):
        assert other != address
        assert instance.found() == other


def test_a_directory_that_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICALFACE_HOME", "/dev/null/x")
    with started("app", "--no-browser") as (_, address):
        assert httpx.get(address).status_code == 303


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"address": 3}', '{"address": "http://evil.example/?token=x"}']
)
def test_a_note_that_was_tampered_with(own_home: Path, text: str) -> None:
    own_home.mkdir()
    (own_home / "app.json").write_text(text)
    assert instance.found() == ""


def test_musicalface_alone_is_the_app(own_home: Path) -> None:
    environment = os.environ | {"BROWSER": "true"}
    process = subprocess.Popen(
        [sys.executable, "-m", "musicalface"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert "/?token=" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    process.stdout.close()


def test_a_busy_port_gives_way_unless_it_was_named(own_home: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        told = run("app", "--no-browser", "--port", port)
        assert (told.status, f"Port {port} cannot be used" in told.err) == (2, True)
    with running(Place()) as first, running(Place()) as second:
        assert len({first.port, first.embed_port, second.port, second.embed_port}) == 4
        assert second.port > first.port >= PORT


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--host", "0.0.0.0"), "--insecure"),
        (("--host", "192.0.2.1", "--insecure"), "no address of this computer"),
        (("--host", "::", "--insecure"), "IPv6"),
        (("--tls-cert", "x.pem"), "go together"),
        (("--tls-cert", "x.pem", "--tls-key", "y.pem"), "cannot be used"),
        (("--port", "0"), "--port"),
    ],
)
def test_places_where_it_cannot_be(
    own_home: Path, run: Run, words: tuple[str, ...], told: str
) -> None:
    answer = run("app", "--no-browser", *words)
    assert (answer.status, told in answer.err) == (2, True)


def test_other_computers_come_in_encrypted_and_by_a_code(own_home: Path, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"]
    subprocess.run(
        [*command, "/CN=127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    words = ("--host", "0.0.0.0", "--tls-cert", str(certificate), "--tls-key", str(key))
    with started("app", "--no-browser", *words) as (process, address):
        assert address.startswith("https://127.0.0.1:")
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        answer = httpx.get(address, verify=trusting)
        assert answer.status_code == 303
        assert "Secure" in answer.headers["set-cookie"]
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=20)
    assert "From your phone: https://" in out
    assert "█" in out
    assert not (own_home / "app.json").exists()


def test_a_certificate_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "none.pem"
    path.write_text("no certificate")
    with (
        pytest.raises(InputError, match="cannot be used"),
        running(Place(certificate=path, key=path)),
    ):
        pass
