"""Logging in, staying logged in, and being logged out."""

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
from musicalface.players.spotify import login as logins
from musicalface.players.spotify.api import Api
from musicalface.players.spotify.authorize import log_in
from musicalface.players.spotify.memory import Memory
from musicalface.players.spotify.problems import Problem
from musicalface.players.spotify.session import Session
from tests.players.spotify_client import log_in as logged_in
from tests.players.test_spotify_calls import problem_of
from tests.spotify import faults
from tests.spotify.server import Server
from tests.spotify.world import World


class Browser:
    """Goes where it is told, in a thread, as a browser would; `before` is asked for first."""

    def __init__(self, before: str = "") -> None:
        self.before = before
        self.told: list[str] = []
        self.pages: list[str] = []
        self._thread: threading.Thread | None = None

    def tell(self, sentence: str) -> None:
        self.told.append(sentence)
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


def go(world: World, browser: Browser, patience: float = 10.0) -> None:
    try:
        log_in(world.client_id, tell=browser.tell, open_browser=False, patience=patience)
    finally:
        browser.close()


def test_a_login_by_the_book(standin: Server, world: World, own_home: Path) -> None:
    browser = Browser()
    go(world, browser)
    assert "go back to MusicalFace" in browser.pages[0]
    query = parse_qs(urlsplit(browser.told[0]).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"][0].startswith("http://127.0.0.1:")
    kept = own_home / "spotify" / "login.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    with Session() as session:
        assert Api(session).me() == "A Listener"


@pytest.mark.parametrize(
    "stray",
    [
        "/favicon.ico",
        "/callback",
        "/callback?code=x&state=foreign",
        "/callback?error=access_denied",
    ],
)
def test_a_stray_request_does_not_end_the_login(
    standin: Server, world: World, own_home: Path, stray: str
) -> None:
    browser = Browser(before=stray)
    go(world, browser)
    assert browser.pages[0].startswith("40")
    assert logins.load() is not None


def test_a_wrong_state_is_refused(standin: Server, world: World, own_home: Path) -> None:
    world.consent = "wrong_state"
    browser = Browser()
    assert problem_of(lambda: go(world, browser, 1.0)) is Problem.TOO_LATE
    assert "belongs to no login" in browser.told[1]
    assert logins.load() is None


def test_a_person_who_refuses(standin: Server, world: World, own_home: Path) -> None:
    world.consent = "no"
    assert problem_of(lambda: go(world, Browser())) is Problem.REFUSED
    assert logins.load() is None


def test_a_person_who_does_not_come_back(standin: Server, world: World, own_home: Path) -> None:
    world.consent = "never"
    started = time.monotonic()
    assert problem_of(lambda: go(world, Browser(), 0.5)) is Problem.TOO_LATE
    assert time.monotonic() - started < 5


def test_a_client_id_that_spotify_does_not_know(
    standin: Server, world: World, own_home: Path
) -> None:
    browser = Browser()

    def tell(sentence: str) -> None:
        browser.tell(sentence)
        time.sleep(0.2)  # consented; then the app is deleted
        world.client_id = "f" * 32

    try:
        assert (
            problem_of(lambda: log_in(world.client_id, tell=tell, open_browser=False, patience=5))
            is Problem.CLIENT_ID
        )
    finally:
        browser.close()


@pytest.mark.parametrize("fault", [faults.login_page(), faults.wrong_shape(), faults.status(503)])
def test_a_token_that_does_not_come(
    standin: Server, world: World, own_home: Path, fault: faults.Fault
) -> None:
    world.fail(fault, on="token", times=3)
    with pytest.raises(SpotifyError):
        go(world, Browser())
    assert logins.load() is None


def test_a_token_that_expires_in_mid_call_is_renewed_once(
    standin: Server, world: World, session: Session
) -> None:
    world.expire_access_tokens()
    assert Api(session).me() == "A Listener"
    assert Api(session).me() == "A Listener"
    assert world.calls["refresh"] == 1


@pytest.mark.parametrize("rotates", [False, True])
def test_a_refresh_token_is_kept_or_replaced(
    standin: Server, world: World, session: Session, rotates: bool
) -> None:
    world.rotates = rotates
    before = logins.load()
    for _ in range(2):
        world.expire_access_tokens()
        assert Api(session).me() == "A Listener"
    after = logins.load()
    assert before
    assert after
    assert (after.refresh_token != before.refresh_token) is rotates
    assert after.since == before.since


def test_many_threads_refresh_once(standin: Server, world: World, own_home: Path) -> None:
    world.rotates = True  # so that a second refresh with the old token would be the end
    logged_in(world, fresh=False)
    world.expire_access_tokens()
    names: list[str] = []

    def ask() -> None:
        with Session() as session:
            names.append(Api(session).me())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names == ["A Listener"] * 8
    assert world.calls["refresh"] == 1


def test_a_revoked_login_is_final(standin: Server, world: World, session: Session) -> None:
    world.expire_access_tokens()
    world.revoke_refresh_token()
    assert problem_of(Api(session).me) is Problem.LOGIN_LOST
    assert problem_of(Api(session).me) is Problem.LOGIN_LOST
    assert world.calls["refresh"] == 1
    kept = logins.load()
    assert kept
    assert (kept.client_id, kept.refresh_token) == (world.client_id, "")


@pytest.mark.parametrize("fault", [faults.status(503), faults.drop(), faults.login_page()])
def test_trouble_with_a_refresh_keeps_the_login(
    standin: Server, world: World, session: Session, fault: faults.Fault
) -> None:
    world.expire_access_tokens()
    world.fail(fault, on="refresh")
    with pytest.raises(SpotifyError):
        Api(session).me()
    assert Api(session).me() == "A Listener"


def test_a_login_of_six_months_ago(standin: Server, world: World, session: Session) -> None:
    world.expire_access_tokens()
    world.age_of_login = logins.LIFETIME
    assert problem_of(Api(session).me) is Problem.LOGIN_LOST


def test_nobody_is_logged_in(standin: Server, own_home: Path) -> None:
    with Session() as session:
        assert problem_of(Api(session).me) is Problem.LOGGED_OUT


def edited(**changes: object) -> str:
    """A login file that a person has put a hand to."""
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
def test_a_login_that_was_edited_by_hand(own_home: Path, text: str) -> None:
    path = own_home / "spotify" / "login.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, "latin-1")
    if text:
        text = text[:20_000]
        with pytest.raises(SpotifyError, match="damaged"):
            logins.load()
    else:
        assert logins.load() is None


def test_a_login_that_cannot_be_read(own_home: Path) -> None:
    (own_home / "spotify" / "login.json").mkdir(parents=True)
    assert logins.close_to_others() is False
    with pytest.raises(SpotifyError, match="cannot be read"):
        logins.load()


def test_a_logout_meanwhile_is_not_undone_by_a_refresh(
    standin: Server, world: World, session: Session, own_home: Path
) -> None:
    world.expire_access_tokens()
    world.fail(faults.slow(0.5), on="refresh")
    asking = threading.Thread(target=Api(session).me)
    asking.start()
    while not world.calls["refresh"]:
        time.sleep(0.01)
    assert logins.erase() is True
    asking.join()
    assert logins.load() is None


def test_another_login_forgets_what_was_found(
    standin: Server, world: World, session: Session, own_home: Path
) -> None:
    with Memory() as memory:
        memory.quota_until = time.time() + 3600
    go(world, Browser())
    with Memory() as memory:
        assert memory.quota_until == 0


def test_a_keyring_that_keeps_nothing_is_none(
    world: World, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backends.null import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        assert logged_in(world) == logins.load()
    finally:
        keyring.set_keyring(before)


def test_a_login_that_others_could_read_is_closed(
    standin: Server, world: World, session: Session, own_home: Path
) -> None:
    path = own_home / "spotify" / "login.json"
    path.chmod(0o644)
    assert logins.close_to_others() is True
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert logins.close_to_others() is False


def test_the_tokens_are_in_no_text(world: World, own_home: Path) -> None:
    login = logged_in(world)
    assert login.access_token not in repr(login)
    assert login.refresh_token not in repr(login)


def test_logging_out_erases_everything(
    standin: Server, world: World, session: Session, own_home: Path
) -> None:
    (own_home / "spotify" / "found.sqlite").write_bytes(b"what was found")
    assert logins.erase() is True
    assert not (own_home / "spotify").exists()
    assert logins.erase() is False


def test_a_keyring_that_is_set_up_wrongly_is_none(
    world: World, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = pytest.importorskip("keyring")

    def missing() -> None:
        raise ModuleNotFoundError("nope")

    monkeypatch.setattr(keyring, "get_keyring", missing)
    assert logged_in(world) == logins.load()
    assert logins.erase() is True


def test_a_pipe_in_the_logins_place_is_no_login(own_home: Path) -> None:
    (own_home / "spotify").mkdir(parents=True)
    os.mkfifo(own_home / "spotify" / "login.json")
    with pytest.raises(SpotifyError, match="no regular file"):
        logins.load()


def test_a_keyring_keeps_the_login_where_there_is_one(
    world: World, own_home: Path, monkeypatch: pytest.MonkeyPatch
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
        login = logged_in(world)
        assert json.loads(ring.kept["musicalface", "spotify"])["client_id"] == login.client_id
        assert not (own_home / "spotify" / "login.json").exists()
        assert logins.load() == login
        assert logins.where() == "the system's keyring"
        keyring.set_keyring(fail.Keyring())  # as over ssh
        with pytest.raises(OSError, match="log out where that is open"):
            logins.erase()
        newer = logged_in(world)
        with pytest.raises(OSError, match="log out where that is open"):
            logins.erase()
        assert logins.load() is None  # what lay in the file is gone
        newer = logged_in(world)
        keyring.set_keyring(ring)
        assert logins.load() == newer
        assert logins.erase() is True
        assert ring.kept == {}
        ring.is_locked = True
        assert logged_in(world) == logins.load()
        assert (own_home / "spotify" / "login.json").exists()
    finally:
        keyring.set_keyring(before)
