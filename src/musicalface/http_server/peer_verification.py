"""Challenge-response: a server proves that it has the token before a client sends the token.

Another process may listen on the port of an app that has ended. The signed message
contains the port, so a proof from another app cannot be relayed.
"""

import hmac
import re
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.types import Scope

from .errors import error_response

PATH = "/api/proof"
_NONCE = re.compile(r"[A-Za-z0-9_-]{22,64}")


def proof(token: str, port: int, nonce: str) -> str:
    """HMAC-SHA256 of port and nonce with the token as key, in hexadecimal."""
    message = f"musicalface app on port {port}: {nonce}"
    return hmac.digest(token.encode(), message.encode(), "sha256").hex()


def is_proof(given: str, token: str, port: int, nonce: str) -> bool:
    """True if `given` is the proof for this token, port and nonce."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), proof(token, port, nonce).encode())


def proof_response(scope: Scope, token: str, port: int) -> Response:
    """`GET /api/proof?nonce=...`, which requires no token."""
    if scope["method"] not in ("GET", "HEAD"):
        sentence = "This method isn't allowed here."
        return error_response(405, "unknown", sentence, {"Allow": "GET, HEAD"})
    query = parse_qs(scope["query_string"].decode("latin-1"))
    nonce = query.get("nonce", [""])[0]
    if not _NONCE.fullmatch(nonce):
        sentence = "'nonce' must be 22 to 64 letters, digits, - and _."
        return error_response(400, "input", sentence)
    return Response(f'{{"proof":"{proof(token, port, nonce)}"}}', media_type="application/json")
