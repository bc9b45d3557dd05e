"""Connecting Spotify from the page: a login that is under way, and how it went."""

from queue import Empty, Queue
from threading import Lock, Thread

from ..errors import InputError, MusicalFaceError, SpotifyError
from ..players.spotify import login as logins
from ..players.spotify.addresses import DASHBOARD, REDIRECT
from ..players.spotify.authorize import is_client_id, log_in
from ..settings import spotify_client_id
from .answers import Document

_PATIENCE = 10.0  # seconds for the address, which is made here


class Desk:
    """One login at a time; the person is waited for in a thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: Thread | None = None
        self._trouble = ""

    def log_in(self, client_id: str) -> str:
        """Begin a login; gives the address that the person must open. Raises InputError."""
        chosen = client_id.strip() or known_client_id()
        if not is_client_id(chosen):
            raise InputError(
                f"A Client ID is 32 letters and digits, and this is none: copy it from {DASHBOARD}."
            )
        addresses: Queue[str] = Queue()
        with self._lock:
            self._trouble = ""
            self._waiting = Thread(target=self._wait, args=(chosen, addresses), daemon=True)
            self._waiting.start()
        try:
            return addresses.get(timeout=_PATIENCE)
        except Empty:
            raise InputError(self._trouble or "The login could not begin: try again.") from None

    def log_out(self) -> None:
        """Erase all that came from Spotify."""
        self._trouble = ""
        logins.erase()

    def state(self) -> Document:
        """As the page is told."""
        login, trouble = _login()
        trouble = trouble or self._trouble
        is_waiting = bool(self._waiting and self._waiting.is_alive())
        is_in = bool(login and login.refresh_token)
        state = "waiting" if is_waiting else "logged_in" if is_in else "logged_out"
        return {
            "state": "failed" if trouble and not is_waiting else state,
            "message": trouble or None,
            "knows_client_id": bool(known_client_id()),
            "redirect": REDIRECT,
            "dashboard": DASHBOARD,
        }

    def _wait(self, client_id: str, addresses: Queue[str]) -> None:
        me = self._waiting

        def tell(sentence: str) -> None:
            if sentence.startswith("http"):
                addresses.put(sentence)

        try:
            log_in(client_id, tell=tell, open_browser=False)
        except (MusicalFaceError, OSError) as error:
            if me is self._waiting:  # a login that was begun anew has its own trouble
                self._trouble = str(error)


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
