"""Previews and covers: MP3 files with signed, expiring URLs, and JPEG pictures."""

import hashlib
import hmac
import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from PIL import Image
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from .contract import parts, read_contract
from .state import DeezerState, Track

_MEDIA = read_contract().media
_KEY = b"secret of the fake server"
_ANYWHERE = {"Access-Control-Allow-Origin": "*"}
TONES = 5


def preview_address(state: DeezerState, track: Track, address: str) -> str:
    """A URL signed as Akamai does: expiry, path and HMAC."""
    path = str(_MEDIA["preview"]["path"]).format(name=f"{track.name}.mp3")
    ends = int(state.now() + _MEDIA["preview"]["lifetime"])
    signed = f"exp={ends}~acl={path}*~data=user_id=0,application_id=42"
    return f"{address}{path}?hdnea={signed}~hmac={_proof(signed)}"


def cover_address(track: Track, address: str, size: int) -> str:
    file = f"{size}x{size}-000000-80-0-0.jpg"
    return address + str(_MEDIA["cover"]["path"]).format(name=track.name, size=file)


def media(state: DeezerState, request: Request, folder: Path) -> tuple[str, Response | None]:
    """The kind of the requested file, and the response; None for another path."""
    path = request.url.path
    preview = parts(_MEDIA["preview"]["path"], path)
    if preview:
        return "preview", _preview(state, request, preview["name"].removesuffix(".mp3"), folder)
    cover = parts(_MEDIA["cover"]["path"], path)
    if cover:
        return "cover", _cover(cover["name"], int(cover["size"].partition("x")[0]))
    return "", None


def _preview(state: DeezerState, request: Request, name: str, folder: Path) -> Response:
    state.calls["preview"] += 1
    track = next((track for track in state.tracks if track.name == name), None)
    if not _is_valid(state, request):
        return Response("Access Denied", 403)
    if not track:
        return Response(status_code=404)
    if track.preview_is_empty:
        return Response(media_type=_MEDIA["preview"]["type"], headers=_ANYWHERE)
    file = tone(folder, track.id % TONES)
    return FileResponse(file, media_type=_MEDIA["preview"]["type"], headers=_ANYWHERE)


def _is_valid(state: DeezerState, request: Request) -> bool:
    signed, _, proof = parse_qs(request.url.query).get("hdnea", [""])[0].partition("~hmac=")
    ends = re.match(r"exp=(\d+)~acl=([^*~]*)\*", signed)
    return bool(
        ends
        and hmac.compare_digest(proof, _proof(signed))
        and ends[2] == request.url.path
        and state.now() < int(ends[1])
    )


def _proof(signed: str) -> str:
    return hmac.new(_KEY, signed.encode(), hashlib.md5).hexdigest()


def tone(folder: Path, number: int) -> Path:
    """A 30-second tone as MP3, created once."""
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed: see tools/system-packages")
    file = folder / f"{number}.mp3"
    if not file.exists():
        sound = f"sine=frequency={220 + 110 * number}:duration={_MEDIA['preview']['seconds']}"
        command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", sound, "-b:a", "128k", str(file)]
        subprocess.run(command, check=True)
    return file


def _cover(name: str, size: int) -> Response:
    return Response(_picture(name[:6], size), media_type="image/jpeg", headers=_ANYWHERE)


@cache
def _picture(color: str, size: int) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (size, size), f"#{color}").save(content, "JPEG")
    return content.getvalue()
