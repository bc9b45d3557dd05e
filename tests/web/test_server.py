"""Start, reuse and end of the app's process, its ports and TLS."""

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
from musicalface.web import single_instance
from musicalface.web.server import PORT, ServerConfig, run_app
from tests.conftest import Run


@contextmanager
def start_app(*words: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run `musicalface …` in a process; yields it and the printed link."""
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
        assert "Traceback" not in process.communicate(timeout=60)[1]


def test_catalog_is_unpacked_at_the_start(own_home: Path) -> None:
    until = time.monotonic() + 30
    with run_app(ServerConfig()):
        while not list(own_home.glob("catalog-*.sqlite")):
            assert time.monotonic() < until
            time.sleep(0.05)


def test_app_starts_quickly_and_exits_cleanly(own_home: Path) -> None:
    began = time.monotonic()
    with start_app("app", "--no-browser") as (process, address):
        assert httpx.get(address, follow_redirects=False).status_code == 303
        # 0.4 seconds on an idle machine.
        assert time.monotonic() - began < 20
        kept = own_home / "app.json"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert json.loads(kept.read_text())["address"] == address
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60)[1] == "Stopped.\n"
        assert process.returncode == 0
    assert not (own_home / "app.json").exists()


def test_running_app_is_reused(own_home: Path) -> None:
    with (
        start_app("app", "--no-browser") as (_, address),
        start_app("app", "--no-browser") as (
            second,
            same,
        ),
    ):
        assert same == address
        assert second.wait(60) == 0


def test_killed_app_is_not_reused(own_home: Path) -> None:
    with start_app("app", "--no-browser") as (process, address):
        process.kill()
        process.wait(60)
    assert (own_home / "app.json").exists()
    assert single_instance.running_address() == ""
    with start_app("app", "--no-browser") as (_, other):
        assert other != address
        assert single_instance.running_address() == other


def test_address_cannot_be_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICALFACE_HOME", "/dev/null/x")
    with start_app("app", "--no-browser") as (_, address):
        assert httpx.get(address).status_code == 303


def test_no_arguments_start_the_app(own_home: Path) -> None:
    environment = os.environ | {"BROWSER": "true"}
    process = subprocess.Popen(
        [sys.executable, "-m", "musicalface"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert "/?token=" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    process.stdout.close()


def test_busy_port_falls_back_unless_given(own_home: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        result = run("app", "--no-browser", "--port", port)
        assert (result.status, f"Can't use port {port}" in result.err) == (2, True)
    with run_app(ServerConfig()) as first, run_app(ServerConfig()) as second:
        assert len({first.port, first.embed_port, second.port, second.embed_port}) == 4
        assert second.port > first.port >= PORT


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--host", "0.0.0.0"), "--insecure"),
        (("--host", "192.0.2.1", "--insecure"), "isn't an address of this computer"),
        (("--host", "::", "--insecure"), "IPv6"),
        (("--tls-cert", "x.pem"), "need each other"),
        (("--tls-cert", "x.pem", "--tls-key", "y.pem"), "Can't use the certificate"),
        (("--port", "0"), "--port"),
    ],
)
def test_invalid_host_and_port_options(
    own_home: Path, run: Run, words: tuple[str, ...], message: str
) -> None:
    result = run("app", "--no-browser", *words)
    assert (result.status, message in result.err) == (2, True)


def test_tls_and_qr_code_for_other_computers(own_home: Path, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"]
    subprocess.run(
        [*command, "/CN=127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    words = ("--host", "0.0.0.0", "--tls-cert", str(certificate), "--tls-key", str(key))
    with start_app("app", "--no-browser", *words) as (process, address):
        assert address.startswith("https://127.0.0.1:")
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        answer = httpx.get(address, verify=trusting)
        assert answer.status_code == 303
        assert "Secure" in answer.headers["set-cookie"]
        assert process.stdout
        assert process.stdout.readline().startswith("From your phone: https://")
        assert "█" in process.stdout.readline() + process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert not (own_home / "app.json").exists()


def test_invalid_certificate(tmp_path: Path) -> None:
    path = tmp_path / "none.pem"
    path.write_text("no certificate")
    with (
        pytest.raises(InputError, match="Can't use the certificate"),
        run_app(ServerConfig(certificate=path, key=path)),
    ):
        pass
