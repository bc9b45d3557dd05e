"""The page that the browser keeps and shows while the app is stopped, and its service worker."""

from hashlib import sha256
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from ..http_server.message_page import message_page

PATH = "/not-running"
_WORKER = files(__package__) / "static" / "service-worker.js"


async def page(_: Request) -> Response:
    """`GET /not-running`."""
    return message_page(
        200,
        "messages.not_running",
        "messages.not_running_more",
        ("/", "messages.try_again"),
    )


async def service_worker(request: Request) -> Response:
    """`GET /service-worker.js`: at the root, because a worker serves only what lies below it.

    Its first line is the version of the page; a changed page makes browsers replace the worker.
    """
    version = sha256((await page(request)).body).hexdigest()[:16]
    script = f'const VERSION = "{version}";\n{_WORKER.read_text("utf-8")}'
    return Response(script, media_type="text/javascript")
