"""Export endpoint: the songs of a list as a playlist file or a table."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from ..http_server.request_bodies import RequestError
from ..library import open_library
from ..players.playlist_files import playlist
from ..songs import Song
from .json_body import Document, get_objects, read_json
from .song_parsing import song_of
from .song_routes import MAX_SONGS

_MEDIA_TYPES = {"m3u8": "audio/x-mpegurl", "csv": "text/csv"}


async def export_songs(request: Request) -> Response:
    """`POST /api/songs/files/{form}`: a playlist (m3u8) or a table (csv) of the given songs."""
    form = request.path_params["form"]
    if form not in _MEDIA_TYPES:
        raise RequestError(404, "unknown", "Not found.")
    songs = get_objects(await read_json(request), "songs", MAX_SONGS)
    content = await run_sync(lambda: playlist(_songs(songs), f".{form}"))
    return Response(content, media_type=_MEDIA_TYPES[form])


def _songs(documents: list[Document]) -> list[Song]:
    if not any(each.get("file_id") for each in documents):
        return [song_of(each) for each in documents]
    with open_library() as library:
        return [song_of(each, library) for each in documents]
