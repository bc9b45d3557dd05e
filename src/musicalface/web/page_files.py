"""Files of the page that are filled or found when they are asked for."""

import json
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from ..sentences import fill, read_sentences, sentence

STATIC = files(__package__) / "static"
_EXAMPLES = Path(__file__).parents[3] / "examples"


async def index(_: Request) -> Response:
    """`GET /`: the page, with the sentences that it needs at first."""
    return HTMLResponse(fill((STATIC / "index.html").read_text("utf-8")))


async def all_sentences(_: Request) -> Response:
    """`GET /static/sentences.json`: those of the sheets too."""
    return JSONResponse(read_sentences())


async def manifest(_: Request) -> Response:
    """`GET /static/manifest.webmanifest`."""
    words = {"description": sentence("page.description"), "lang": sentence("page.language")}
    unfilled = json.loads((STATIC / "manifest.webmanifest").read_text("utf-8"))
    return JSONResponse(unfilled | words, media_type="application/manifest+json")


async def portrait(_: Request) -> Response:
    """`GET /static/portrait.png`: the sample photo. In a checkout it is in the examples folder."""
    inside = Path(__file__).parent / "portrait.png"
    return FileResponse(inside if inside.is_file() else _EXAMPLES / "portrait.png")
