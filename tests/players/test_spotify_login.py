"""Spotify login, token refresh and logout."""

import json
import os
import stat
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from musicalface.errors import SpotifyError
from musicalface.players.spotify import token_store
from musicalface.players.spotify.api import SpotifyApi
from musicalface.players.spotify.client import SpotifyClient
from musicalface.players.spotify.pkce_login import log_in
from musicalface.players.spotify.search_cache import SearchCache
from musicalface.players.spotify.spotify_errors import Problem
from tests.players.spotify_client import log_in as logged_in
from tests.players.test_spotify_api import problem_of
from tests.spotify import faults
from tests.spotify.server import Server
from tests.spotify.state import SpotifyState


class Browser:
    """Opens the login's address in a thread, as a browser does; requests `before` first."""

    def __init__(self, before: str = "") -> None:
        self.before = before
        self.messages: list[str] = []
        self.pages: list[str] = []
        self._thread: threading.Thread | None = None

    def tell(self, sentence: str) -> None:
        self.messages.append(sentence)
        if sentence.startswith("http"):
            self._thread = threading.Thread(target=self._go, args=(sentence,))
            self._thread.start()

    def _go(self, address: str) -> None:
        if self.before:
            callback = parse_qs(urlsplit(address).query)["redirect_uri"][0]
            self._read(callback.replace("/callback", self.before))
        self._read(address)

    def _read(self, address: str) -> None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                self.pages.append(answer.read().decode())
        except urllib.error.HTTPError as error:
            self.pages.append(f"{error.code} {error.read().decode()}")

    def close(self) -> None:
        if self._thread:
            self._thread.join()


def go(world: SpotifyState, browser: Browser, patience: float = 10.0) -> None:
    try:
        log_in(world.client_id, notify=browser.tell, open_browser=False, timeout=patience)
    finally:
        browser.close()


def test_successful_login(
    fake_spotify: Server, spotify_state: SpotifyState, own_home: Path
) -> None:
    browser = Browser()
    go(spotify_state, browser)
    assert "go back to MusicalFace" in browser.pages[0]
    query = parse_qs(urlsplit(browser.messages[0]).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"][0].startswith("http://127.0.0.1:")
    kept = own_home / "spotify" / "login.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    with SpotifyClient() as session:
        assert SpotifyApi(session).me() == "A Listener"


@pytest.mark.parametrize(
    "stray",
    [
        "/favicon.ico",
        "/callback",
        "/callback?code=x&state=foreign",
        "/callback?error=access_denied",
    ],
)
def test_unrelated_request_does_not_end_the_login(
    fake_spotify: Server, spotify_state: SpotifyState, own_home: Path, stray: str
) -> None:
    browser = Browser(before=stray)
    go(spotify_state, browser)
    assert browser.pages[0].startswith("40")
    assert token_store.load() is not None


def test_wrong_state_is_rejected(
    fake_spotify: Server, spotify_state: SpotifyState, own_home: Path
) -> None:
    spotify_state.consent = "wrong_state"
    browser = Browser()
    assert problem_of(lambda: go(spotify_state, browser, 2.5)) is Problem.TOO_LATE
    assert "doesn't belong to this login" in browser.messages[1]
    assert token_store.load() is None


def test_access_denied(fake_spotify: Server, spotify_state: SpotifyState, own_home: Path) -> None:
    spotify_state.consent = "no"
    assert problem_of(lambda: go(spotify_state, Browser())) is Problem.REFUSED
    assert token_store.load() is None


def test_login_timeout(fake_spotify: Server, spotify_state: SpotifyState, own_home: Path) -> None:
    spotify_state.consent = "never"
    started = time.monotonic()
    assert problem_of(lambda: go(spotify_state, Browser(), 0.5)) is Problem.TOO_LATE
    assert time.monotonic() - started < 30


def test_unknown_client_id(
    fake_spotify: Server, spotify_state: SpotifyState, own_home: Path
) -> None:
    browser = Browser()

    def tell(sentence: str) -> None:
        browser.tell(sentence)
        while sentence.startswith("http") and not spotify_state.calls["authorize"]:
            time.sleep(0.01)
        with spotify_state.lock:  # the user has consented; then the app is deleted
            spotify_state.client_id = "f" * 32

    try:
        assert (
            problem_of(
                lambda: log_in(spotify_state.client_id, notify=tell, open_browser=False, timeout=60)
            )
            is Problem.CLIENT_ID
        )
    finally:
        browser.close()


@pytest.mark.parametrize("fault", [faults.login_page(), faults.wrong_shape(), faults.status(503)])
def test_failed_token_request(
    fake_spotify: Server, spotify_state: SpotifyState, own_home: Path, fault: faults.Fault
) -> None:
    spotify_state.fail(fault, on="token", times=3)
    with pytest.raises(SpotifyError):
        go(spotify_state, Browser())
    assert token_store.load() is None


def test_expired_token_is_refreshed_once(
    fake_spotify: Server, spotify_state: SpotifyState, session: SpotifyClient
) -> None:
    spotify_state.expire_access_tokens()
    assert SpotifyApi(session).me() == "A Listener"
    assert SpotifyApi(session).me() == "A Listener"
    assert spotify_state.calls["refresh"] == 1


@pytest.mark.parametrize("rotates", [False, True])
def test_refresh_token_is_kept_or_rotated(
    fake_spotify: Server, spotify_state: SpotifyState, session: SpotifyClient, rotates: bool
) -> None:
    spotify_state.rotates = rotates
    before = token_store.load()
    for _ in range(2):
        spotify_state.expire_access_tokens()
        assert SpotifyApi(session).me() == "A Listener"
    after = token_store.load()
    assert before
    assert after
    assert (after.refresh_token != before.refresh_token) is rotates
    assert after.since == before.since


def test_concurrent_threads_refresh_once(
    fake_spotify: Server, spotify_state: SpotifyState, own_home: Path
) -> None:
    spotify_state.rotates = True  # so that a second refresh with the old token would fail
    logged_in(spotify_state, fresh=False)
    spotify_state.expire_access_tokens()
    names: list[str] = []

    def ask() -> None:
        with SpotifyClient() as session:
            names.append(SpotifyApi(session).me())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names == ["A Listener"] * 8
    assert spotify_state.calls["refresh"] == 1


def test_revoked_login_drops_the_tokens(
    fake_spotify: Server, spotify_state: SpotifyState, session: SpotifyClient
) -> None:
    spotify_state.expire_access_tokens()
    spotify_state.revoke_refresh_token()
    assert problem_of(SpotifyApi(session).me) is Problem.LOGIN_LOST
    assert problem_of(SpotifyApi(session).me) is Problem.LOGIN_LOST
    assert spotify_state.calls["refresh"] == 1
    kept = token_store.load()
    assert kept
    assert (kept.client_id, kept.refresh_token) == (spotify_state.client_id, "")


@pytest.mark.parametrize("fault", [faults.status(503), faults.drop(), faults.login_page()])
def test_failed_refresh_keeps_the_login(
    fake_spotify: Server, spotify_state: SpotifyState, session: SpotifyClient, fault: faults.Fault
) -> None:
    spotify_state.expire_access_tokens()
    spotify_state.fail(fault, on="refresh")
    with pytest.raises(SpotifyError):
        SpotifyApi(session).me()
    assert SpotifyApi(session).me() == "A Listener"


def test_login_expires_after_six_months(
    fake_spotify: Server, spotify_state: SpotifyState, session: SpotifyClient
) -> None:
    spotify_state.expire_access_tokens()
    spotify_state.age_of_login = token_store.LIFETIME
    assert problem_of(SpotifyApi(session).me) is Problem.LOGIN_LOST


def test_not_logged_in(fake_spotify: Server, own_home: Path) -> None:
    with SpotifyClient() as session:
        assert problem_of(SpotifyApi(session).me) is Problem.LOGGED_OUT


def edited(**changes: object) -> str:
    """The text of an edited login file."""
    names = ("client_id", "access_token", "refresh_token")
    return json.dumps(dict.fromkeys(names, "a") | {"expires_at": 0, "since": 0} | changes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "\xff\xfe",
        '{"client_id": 3}',
        edited(access_token="é"),
        edited(client_id=3),
        edited(expires_at="soon"),
        edited(since=None),
        edited(since=1e300),
        edited(access_token="sec\nret"),
        "[" * 100_000,
    ],
)
def test_tampered_login_file(own_home: Path, text: str) -> None:
    path = own_home / "spotify" / "login.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, "latin-1")
    if text:
        text = text[:20_000]
        with pytest.raises(SpotifyError, match="damaged"):
            token_store.load()
    else:
        assert token_store.load() is None


def test_unreadable_login_file(own_home: Path) -> None:
    (own_home / "spotify" / "login.json").mkdir(parents=True)
    assert token_store.restrict_permissions() is False
    with pytest.raises(SpotifyError, match="can't be read"):
        token_store.load()


def test_refresh_does_not_undo_a_concurrent_logout(
    fake_spotify: Server, spotify_state: SpotifyState, session: SpotifyClient, own_home: Path
) -> None:
    spotify_state.expire_access_tokens()
    spotify_state.fail(faults.slow(1.5), on="refresh")
    asking = threading.Thread(target=SpotifyApi(session).me)
    asking.start()
    while not spotify_state.calls["refresh"]:
        time.sleep(0.01)
    assert token_store.erase() is True
    asking.join()
    assert token_store.load() is None


def test_new_login_clears_the_cache(
    fake_spotify: Server, spotify_state: SpotifyState, session: SpotifyClient, own_home: Path
) -> None:
    with SearchCache() as memory:
        memory.quota_until = time.time() + 3600
    go(spotify_state, Browser())
    with SearchCache() as memory:
        assert memory.quota_until == 0


def test_keyring_that_drops_values_is_ignored(
    spotify_state: SpotifyState, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backends.null import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        assert logged_in(spotify_state) == token_store.load()
    finally:
        keyring.set_keyring(before)


def test_readable_login_file_is_made_private(
    fake_spotify: Server, spotify_state: SpotifyState, session: SpotifyClient, own_home: Path
) -> None:
    path = own_home / "spotify" / "login.json"
    path.chmod(0o644)
    assert token_store.restrict_permissions() is True
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert token_store.restrict_permissions() is False


def test_tokens_are_not_in_repr(spotify_state: SpotifyState, own_home: Path) -> None:
    login = logged_in(spotify_state)
    assert login.access_token not in repr(login)
    assert login.refresh_token not in repr(login)


def test_logout_erases_everything(
    fake_spotify: Server, spotify_state: SpotifyState, session: SpotifyClient, own_home: Path
) -> None:
    (own_home / "spotify" / "found.sqlite").write_bytes(b"what was found")
    assert token_store.erase() is True
    assert not (own_home / "spotify").exists()
    assert token_store.erase() is False


def test_misconfigured_keyring_is_ignored(
    spotify_state: SpotifyState, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = pytest.importorskip("keyring")

    def missing() -> None:
        raise ModuleNotFoundError("nope")

    monkeypatch.setattr(keyring, "get_keyring", missing)
    assert logged_in(spotify_state) == token_store.load()
    assert token_store.erase() is True


def test_pipe_instead_of_the_login_file(own_home: Path) -> None:
    (own_home / "spotify").mkdir(parents=True)
    os.mkfifo(own_home / "spotify" / "login.json")
    with pytest.raises(SpotifyError, match="not a regular file"):
        token_store.load()


def test_login_is_stored_in_the_keyring(
    spotify_state: SpotifyState, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend
    from keyring.backends import fail
    from keyring.errors import KeyringLocked, PasswordDeleteError

    class InMemory(KeyringBackend):  # type: ignore[misc]
        priority = 1
        kept: dict[tuple[str, str], str] = {}  # noqa: RUF012
        is_locked = False

        def get_password(self, service: str, username: str) -> str | None:
            if self.is_locked:
                raise KeyringLocked
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            if self.is_locked:
                raise KeyringLocked
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if self.kept.pop((service, username), None) is None:
                raise PasswordDeleteError

    before, ring = keyring.get_keyring(), InMemory()
    keyring.set_keyring(ring)
    try:
        login = logged_in(spotify_state)
        assert json.loads(ring.kept["musicalface", "spotify"])["client_id"] == login.client_id
        assert not (own_home / "spotify" / "login.json").exists()
        assert token_store.load() == login
        assert token_store.storage_location() == "the system's keyring"
        keyring.set_keyring(fail.Keyring())  # as over ssh
        with pytest.raises(OSError, match="log out in a session where it is"):
            token_store.erase()
        newer = logged_in(spotify_state)
        with pytest.raises(OSError, match="log out in a session where it is"):
            token_store.erase()
        assert token_store.load() is None  # the file is deleted
        newer = logged_in(spotify_state)
        keyring.set_keyring(ring)
        assert token_store.load() == newer
        assert token_store.erase() is True
        assert ring.kept == {}
        ring.is_locked = True
        assert logged_in(spotify_state) == token_store.load()
        assert (own_home / "spotify" / "login.json").exists()
    finally:
        keyring.set_keyring(before)
