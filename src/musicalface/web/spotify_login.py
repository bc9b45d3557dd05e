"""Spotify login from the page: runs in a thread, and reports its state."""

from queue import Empty, Queue
from threading import Event, Lock, Thread

from ..errors import InputError, MusicalFaceError, SpotifyError
from ..http_server.errors import sentence_for
from ..players.spotify import token_store
from ..players.spotify.endpoints import DASHBOARD, REDIRECT_URI
from ..players.spotify.pkce_login import is_client_id, log_in
from ..settings import spotify_client_id
from .error_messages import error_message
from .json_body import Document

_ADDRESS_TIMEOUT = 10.0  # seconds for the login's address, which needs no network


class SpotifyLogin:
    """One login at a time: a new login, a logout and the app's end cancel it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cancelled = Event()
        self._thread: Thread | None = None
        self._error = ""

    def log_in(self, client_id: str) -> str:
        """Start a login and return the address that the user must open. Raises InputError."""
        chosen = client_id.strip() or known_client_id()
        if not is_client_id(chosen):
            raise InputError(
                "That doesn't look like a Client ID (32 letters and digits). Copy it from "
                f"{DASHBOARD}."
            )
        messages: Queue[str] = Queue()
        with self._lock:
            self.cancel()
            self._cancelled, self._error = Event(), ""
            self._thread = Thread(
                target=self._run, args=(chosen, messages, self._cancelled), daemon=True
            )
            self._thread.start()
        try:
            first = messages.get(timeout=_ADDRESS_TIMEOUT)
        except Empty:
            first = "The login couldn't start. Try again."
        if not first.startswith("http"):
            raise InputError(first)
        return first

    def cancel(self) -> None:
        """Cancel the login."""
        self._cancelled.set()

    def log_out(self) -> None:
        """Delete the login and all data from Spotify."""
        self.cancel()
        self._error = ""
        token_store.erase()

    @property
    def is_logged_in(self) -> bool:
        """True if a login with a refresh token is stored."""
        credentials, _ = _load_credentials()
        return bool(credentials and credentials.refresh_token)

    def state(self) -> Document:
        """The state that `GET /api/spotify` returns."""
        error_text = _load_credentials()[1] or self._error
        is_waiting = bool(self._thread and self._thread.is_alive() and not self._is_cancelled)
        state = "waiting" if is_waiting else "failed" if error_text else "logged_out"
        return {
            "state": "logged_in" if self.is_logged_in else state,
            "message": error_text or None,
            "knows_client_id": bool(known_client_id()),
            "redirect": REDIRECT_URI,
            "dashboard": DASHBOARD,
        }

    @property
    def _is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def _run(self, client_id: str, messages: "Queue[str]", cancelled: Event) -> None:
        def notify(sentence: str) -> None:
            if sentence.startswith("http"):
                messages.put(sentence)

        try:
            log_in(client_id, notify=notify, open_browser=False, cancelled=cancelled)
        except Exception as error:
            is_expected = isinstance(error, (MusicalFaceError, OSError))
            if not cancelled.is_set():
                self._error = error_message(error) if is_expected else sentence_for(error)
                messages.put(self._error)


def known_client_id() -> str:
    """The Client ID of the environment or of the last login, or ""."""
    credentials, _ = _load_credentials()
    return spotify_client_id() or (credentials.client_id if credentials else "")


def is_login_readable() -> bool:
    """True if the stored login is readable, or there is none."""
    return not _load_credentials()[1]


def _load_credentials() -> tuple[token_store.Credentials | None, str]:
    try:
        return token_store.load(), ""
    except SpotifyError as error:
        return None, str(error)
