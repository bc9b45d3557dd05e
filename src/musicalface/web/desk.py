"""Connecting Spotify from the page: a login that is under way, and how it went."""

from queue import Empty, Queue
from threading import Event, Lock, Thread

from ..errors import InputError, MusicalFaceError, SpotifyError
from ..players.spotify import login as logins
from ..players.spotify.addresses import DASHBOARD, REDIRECT
from ..players.spotify.authorize import is_client_id, log_in
from ..settings import spotify_client_id
from .answers import Document
from .words import sentence_of

_PATIENCE = 10.0  # seconds for the address, which is made here


class Desk:
    """One login at a time: another one, logging out and the end of the app end it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cancelled = Event()
        self._waiting: Thread | None = None
        self._trouble = ""

    def log_in(self, client_id: str) -> str:
        """Begin a login; gives the address that the person must open. Raises InputError."""
        chosen = client_id.strip() or known_client_id()
        if not is_client_id(chosen):
            raise InputError(
                f"A Client ID is 32 letters and digits, and this is none: copy it from {DASHBOARD}."
            )
        told: Queue[str] = Queue()
        with self._lock:
            self.cancel()
            self._cancelled, self._trouble = Event(), ""
            self._waiting = Thread(
                target=self._wait, args=(chosen, told, self._cancelled), daemon=True
            )
            self._waiting.start()
        try:
            first = told.get(timeout=_PATIENCE)
        except Empty:
            first = "The login could not begin: try again."
        if not first.startswith("http"):
            raise InputError(first)
        return first

    def cancel(self) -> None:
        """Wait for nobody any more."""
        self._cancelled.set()

    def log_out(self) -> None:
        """Erase all that came from Spotify."""
        self.cancel()
        self._trouble = ""
        logins.erase()

    @property
    def is_logged_in(self) -> bool:
        """Whether there is a login that has not ended."""
        login, _ = _login()
        return bool(login and login.refresh_token)

    def state(self) -> Document:
        """As the page is told."""
        trouble = _login()[1] or self._trouble
        is_waiting = bool(self._waiting and self._waiting.is_alive() and not self._is_cancelled)
        state = "waiting" if is_waiting else "failed" if trouble else "logged_out"
        return {
            "state": "logged_in" if self.is_logged_in else state,
            "message": trouble or None,
            "knows_client_id": bool(known_client_id()),
            "redirect": REDIRECT,
            "dashboard": DASHBOARD,
        }

    @property
    def _is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def _wait(self, client_id: str, told: "Queue[str]", cancelled: Event) -> None:
        def tell(sentence: str) -> None:
            if sentence.startswith("http"):
                told.put(sentence)

        try:
            log_in(client_id, tell=tell, open_browser=False, cancelled=cancelled)
        except (MusicalFaceError, OSError) as error:
            if not cancelled.is_set():
                self._trouble = sentence_of(error)
                told.put(self._trouble)


def known_client_id() -> str:
    """Of the environment, or of the last login; else empty."""
    login, _ = _login()
    return spotify_client_id() or (login.client_id if login else "")


def is_whole() -> bool:
    """Whether the login can be read, if there is one."""
    return not _login()[1]


def _login() -> tuple[logins.Login | None, str]:
    try:
        return logins.load(), ""
    except SpotifyError as error:
        return None, str(error)
