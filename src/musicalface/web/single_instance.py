"""Single instance: records the running app's address in a file, so that it is reused."""

import os
import re
import secrets
import socket
import time
from typing import Any

from ..http_server.peer_verification import PATH, is_proof
from ..private_json import DamagedFileError, PrivateJson

_MAX_BYTES = 4096  # of the file and of a response
_REQUEST_TIMEOUT = 3.0  # seconds for a whole response: a busy computer answers late
_ADDRESS = re.compile(r"http://127\.0\.0\.1:([1-9][0-9]{1,4})/\?token=([A-Za-z0-9_-]{16,64})")


def save_address(address: str) -> None:
    """Write the address to a file of mode 0600, because it contains the token."""
    _FILE.write({"address": address, "process": os.getpid()})


def clear_address(address: str) -> None:
    """Delete the record if it has this address."""
    if _recorded() == address:
        _FILE.delete()


def running_address() -> str:
    """The address of a running app that has proved that it has the token, or ""."""
    address = _recorded()
    match = _ADDRESS.fullmatch(address)
    if not match:
        return ""
    port, token = int(match[1]), match[2]
    nonce = secrets.token_urlsafe(24)
    return address if is_proof(_answer_to(port, nonce), token, port, nonce) else ""


def _answer_to(port: int, nonce: str) -> str:
    """The proof sent by the process that listens on this port; "" if none comes in time."""
    request = f"GET {PATH}?nonce={nonce} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    content = b""
    end = time.monotonic() + _REQUEST_TIMEOUT
    try:
        with socket.create_connection(("127.0.0.1", port), _REQUEST_TIMEOUT) as peer:
            peer.sendall(request.encode())
            while (left := end - time.monotonic()) > 0 and len(content) < _MAX_BYTES:
                peer.settimeout(left)
                if not (piece := peer.recv(_MAX_BYTES)):
                    break
                content += piece
    except (OSError, OverflowError):
        return ""
    found = re.search(rb'\r\n\r\n\{"proof":"([0-9a-f]{64})"\}$', content)
    return found[1].decode() if found else ""


def _recorded() -> str:
    """The address in the file, or "" if the file is invalid or its process has ended."""
    try:
        return _FILE.read() or ""
    except (OSError, DamagedFileError):
        return ""


def _parse(record: Any) -> str:
    address, process = record["address"], record["process"]
    return address if _ADDRESS.fullmatch(address) and _is_running(process) else ""


def _is_running(process: object) -> bool:
    """True if it is a process of this user: another user may listen on the port by now."""
    if not isinstance(process, int) or not 0 < process < 2**31:
        return False
    if os.name != "posix":  # on Windows, os.kill ends the process
        return True
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


_FILE = PrivateJson("app.json", _MAX_BYTES, _parse)
