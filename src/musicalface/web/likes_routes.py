"""Likes endpoints: liked songs, and their files for export and import."""

from typing import Any, cast

from anyio.to_thread import run_sync
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import InputError
from ..http_server.request_bodies import BodyReader, RequestError
from ..songs import likes
from ..songs.likes import MAX_BYTES
from ..songs.likes_files import LikesFormat, read_likes, write_likes
from .json_body import Document, get_flag, get_text

_MEDIA_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


def get_likes(_: State, __: Document) -> Document:
    """`GET /api/likes`: all liked songs, newest first."""
    found = likes.load()
    return {"likes": [_document(like) for like in found], "message": likes.problem() or None}


def put_like(_: State, body: Document) -> Document:
    """`PUT /api/likes`: likes a song, or takes the like back."""
    like = likes.new_like(get_text(body, "artist"), get_text(body, "title"))
    if "liked" not in body:
        raise InputError("'liked' must be true or false.")
    is_liked = get_flag(body, "liked")
    if is_liked:
        likes.add([like])
    else:
        likes.remove([(like.artist, like.title)])
    return {"liked": is_liked}


def delete_likes(state: State, _: Document) -> Document:
    """`DELETE /api/likes`: deletes all likes."""
    likes.clear()
    return get_likes(state, {})


async def export_likes(request: Request) -> Response:
    """`GET /api/likes/files/{form}`: a JSON or CSV file of all likes."""
    form = request.path_params["form"]
    if form not in _MEDIA_TYPES:
        raise RequestError(404, "unknown", "Not found.")
    content = await run_sync(lambda: write_likes(likes.load(), cast("LikesFormat", form)))
    headers = {"Content-Disposition": f'attachment; filename="musicalface-likes.{form}"'}
    return Response(content, media_type=_MEDIA_TYPES[form], headers=headers)


async def import_likes(request: Request) -> Response:
    """`POST /api/likes/files`: adds the likes of a JSON or CSV file."""
    bodies: BodyReader = request.app.state.bodies
    async with bodies.read(request, MAX_BYTES) as content:
        return JSONResponse(await run_sync(_import, request.app.state, content))


def _import(state: State, content: bytes) -> Document:
    before = len(likes.load())
    added = len(likes.add(read_likes(content))) - before
    return {"added": added, **get_likes(state, {})}


def _document(like: likes.Like) -> dict[str, Any]:
    return {"artist": like.artist, "title": like.title, "at": like.at}
