"""Readmission: a page that was open before a restart gets a new cookie.

Page and app prove to each other that they know the secret of this port, as an HMAC of the other's
random number, so the secret is never sent. The app proves first: another program on the port learns
nothing that a later app would accept.
"""

import hashlib
import hmac
import re
import secrets
from collections import deque
from urllib.parse import parse_qs

from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from .errors import error_response

PATH = "/api/readmission"
_NONCE = re.compile(r"[A-Za-z0-9_-]{22,64}")
_MOST = 8  # challenges that wait for an answer


class Readmission:
    """The secret that pages of one port share with the app, and the challenges in progress.

    An empty `secret` admits nobody.
    """

    def __init__(self, secret: str, port: int) -> None:
        self._secret, self._port = secret or secrets.token_urlsafe(32), port
        self._challenges: deque[str] = deque(maxlen=_MOST)

    def challenge(self, nonce: str) -> dict[str, str]:
        """The app's proof for the page's number, and a number for the page."""
        own = secrets.token_urlsafe(24)
        self._challenges.append(own)
        return {"proof": self.proof("app", nonce), "nonce": own}

    def is_answered(self, nonce: str, proof: str) -> bool:
        """True if this is the page's proof for a number of the app; each number counts once."""
        if nonce not in self._challenges:
            return False
        self._challenges.remove(nonce)
        return hmac.compare_digest(self.proof("page", nonce).encode(), proof.encode())

    def proof(self, side: str, nonce: str) -> str:
        """HMAC-SHA-256 of the side that proves ("app" or "page"), the port and the number."""
        message = f"{side} {self._port} {nonce}".encode()
        return hmac.new(self._secret.encode(), message, hashlib.sha256).hexdigest()

    def response(self, scope: Scope, admitted: Response) -> Response:
        """GET ?nonce: the challenge. POST ?nonce&proof: `admitted`, which sets the cookie."""
        if scope["method"] not in ("GET", "HEAD", "POST"):
            sentence = "This method isn't allowed here."
            return error_response(405, "unknown", sentence, {"Allow": "GET, HEAD, POST"})
        query = parse_qs(scope["query_string"].decode("latin-1"))
        nonce, proof = (query.get(name, [""])[0] for name in ("nonce", "proof"))
        if not _NONCE.fullmatch(nonce):
            return error_response(400, "input", "'nonce' must be 22 to 64 letters and digits.")
        if scope["method"] != "POST":
            return JSONResponse(self.challenge(nonce))
        if self.is_answered(nonce, proof):
            return admitted
        return error_response(401, "not_allowed", "This page is unknown. Open the link again.")
