"""Readmission: who gets a new cookie after a restart, and who does not."""

import json
import stat
import time
from pathlib import Path

import httpx
import pytest

from musicalface.http_server.readmission import Readmission
from musicalface.web import readmission_secret
from musicalface.web.server import AppServer, ServerConfig, run_app

NONCE = "n" * 32


def ask(app: AppServer, client: httpx.Client, as_page: Readmission) -> httpx.Response:
    """Do what a page does, with the secret that it has."""
    address = f"http://127.0.0.1:{app.port}/api/readmission"
    challenge = client.get(address, params={"nonce": NONCE}).json()
    assert challenge["proof"] == as_page.proof("app", NONCE)
    proof = as_page.proof("page", challenge["nonce"])
    answer = client.post(address, params={"nonce": challenge["nonce"], "proof": proof})
    again = httpx.post(address, params={"nonce": challenge["nonce"], "proof": proof})
    assert again.status_code == 401  # a number counts once
    return answer


def test_page_of_an_earlier_run_is_admitted(own_home: Path, unused_port: int) -> None:
    with run_app(ServerConfig(port=unused_port)) as first:
        client = httpx.Client(base_url=f"http://127.0.0.1:{first.port}", follow_redirects=True)
        client.get(first.address())
        page = Readmission(client.get("/api/readmission-secret").json()["secret"], first.port)
    assert stat.S_IMODE((own_home / "readmission.json").stat().st_mode) == 0o600
    with run_app(ServerConfig(port=unused_port)) as second:
        assert second.token != first.token
        assert client.get("/api/health").status_code == 401
        assert ask(second, client, page).status_code == 204
        assert client.get("/api/health").status_code == 200
    client.close()


def test_nobody_else_is_admitted(app: AppServer, origin: str) -> None:
    address = f"{origin}/api/readmission"
    assert httpx.get(f"{address}-secret").status_code == 401
    challenge = httpx.get(address, params={"nonce": NONCE}).json()
    # The app's own proof, returned as the page's.
    mirrored = httpx.get(address, params={"nonce": challenge["nonce"]}).json()["proof"]
    reflected = httpx.post(address, params={"nonce": challenge["nonce"], "proof": mirrored})
    assert reflected.status_code == 401
    for proof in (challenge["proof"], "", "x" * 64, "\u00fc"):
        challenge = httpx.get(address, params={"nonce": NONCE}).json()
        answer = httpx.post(address, params={"nonce": challenge["nonce"], "proof": proof})
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
    assert httpx.get(address, params={"nonce": "short"}).status_code == 400
    foreign = httpx.post(
        address, params={"nonce": NONCE}, headers={"Origin": "http://evil.example"}
    )
    assert foreign.status_code == 403


def test_another_port_proves_nothing() -> None:
    """A program on the old port cannot relay to the app on its new one."""
    assert Readmission("s" * 32, 1).proof("app", NONCE) != Readmission("s" * 32, 2).proof(
        "app", NONCE
    )


@pytest.mark.parametrize(
    "change",
    [
        {"port": 9},
        {"at": time.time() - 8 * 86_400},
        {"at": "x"},
        {"secret": "short"},
        {"secret": 1},
    ],
)
def test_old_or_damaged_secret_is_replaced(own_home: Path, change: dict[str, object]) -> None:
    first = readmission_secret.secret_for(8)
    assert readmission_secret.secret_for(8) == first
    file = own_home / "readmission.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    assert readmission_secret.secret_for(8) != first
