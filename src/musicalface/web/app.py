"""The app's routes and their handlers."""

import secrets
import time
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles

from ..errors import MusicalFaceError
from ..face import kept_resting_face
from ..http_server.csrf_protection import Security
from ..http_server.request_bodies import BodyReader
from ..http_server.site_origin import Site
from ..http_server.token_access import TokenAccess
from ..players.page.server import UI
from ..songs.reactions import ReactionVotes
from . import (
    deezer_routes,
    export_routes,
    folder_routes,
    history_routes,
    library_routes,
    likes_routes,
    neutral_face_routes,
    offline_page,
    page_files,
    photo_upload,
    player_routes,
    readmission_secret,
    settings_routes,
    song_routes,
    spotify_routes,
)
from .camera_websocket import camera_websocket
from .deezer_routes import DeezerServices
from .headers import app_headers
from .health import health
from .inference_pool import InferencePool
from .library_jobs import LibraryJobs
from .neutral_face import NeutralFace
from .responses import json_endpoint, on_known_error, on_unknown_route
from .session_history import SessionHistory
from .spotify_login import SpotifyLogin

JSON_ROUTES = (
    ("GET", "/health", health),
    ("POST", "/songs", song_routes.post_songs),
    ("GET", "/history", history_routes.get_history),
    ("POST", "/history", history_routes.post_heard),
    ("DELETE", "/history", history_routes.delete_history),
    ("POST", "/reactions", history_routes.post_reaction),
    ("GET", "/spotify", spotify_routes.status),
    ("POST", "/spotify/login", spotify_routes.log_in),
    ("POST", "/spotify/logout", spotify_routes.log_out),
    ("GET", "/spotify/devices", spotify_routes.devices),
    ("POST", "/spotify/play", spotify_routes.play),
    ("POST", "/spotify/pause", spotify_routes.pause),
    ("POST", "/spotify/next", spotify_routes.next_song),
    ("POST", "/spotify/previous", spotify_routes.previous_song),
    ("POST", "/spotify/seek", spotify_routes.seek),
    ("POST", "/spotify/volume", spotify_routes.volume),
    ("POST", "/spotify/like", spotify_routes.like),
    ("POST", "/spotify/playlist", spotify_routes.playlist),
    ("GET", "/spotify/playing", spotify_routes.playing),
    ("GET", "/library", library_routes.contents),
    ("POST", "/library", library_routes.add),
    ("DELETE", "/library", library_routes.remove),
    ("POST", "/library/stop", library_routes.stop),
    ("POST", "/library/listening", library_routes.listen),
    ("POST", "/library/browse", folder_routes.browse),
    ("POST", "/library/songs", library_routes.songs),
    ("POST", "/library/mood", library_routes.set_mood),
    ("GET", "/likes", likes_routes.get_likes),
    ("PUT", "/likes", likes_routes.put_like),
    ("DELETE", "/likes", likes_routes.delete_likes),
    ("POST", "/deezer/preview", deezer_routes.preview),
    ("POST", "/deezer/facts", deezer_routes.facts),
    ("DELETE", "/deezer", deezer_routes.erase),
    ("GET", "/neutral-face", neutral_face_routes.get),
    ("DELETE", "/neutral-face", neutral_face_routes.erase),
    ("POST", "/neutral-face/keep", neutral_face_routes.keep),
    ("POST", "/neutral-face/undo", neutral_face_routes.undo),
    ("GET", "/readmission-secret", readmission_secret.get_secret),
    ("GET", "/settings", settings_routes.get_settings),
    ("PUT", "/settings", settings_routes.put_settings),
)
"""Routes with a JSON request body or none, and a JSON response."""


def create_app(site: Site, embed_port: int, token: str, secret: str = "") -> Starlette:
    """Create the ASGI app for one run; the app holds the state.

    `secret` readmits pages of an earlier run; without one, none is.
    """
    secret = secret or secrets.token_urlsafe(32)
    api: list[BaseRoute] = [
        _json_route(path) for path in dict.fromkeys(each[1] for each in JSON_ROUTES)
    ]
    api += [
        Route("/players", player_routes.players),
        Route("/read", photo_upload.read, methods=["POST"]),
        Route("/neutral-face/photo", neutral_face_routes.from_photo, methods=["POST"]),
        Route("/library/files/{number}", library_routes.file),
        Route("/library/files/{number}/cover", library_routes.cover),
        Route("/songs/files/{form}", export_routes.export_songs, methods=["POST"]),
        Route("/likes/files", likes_routes.import_likes, methods=["POST"]),
        Route("/likes/files/{form}", likes_routes.export_likes),
        Route("/deezer/covers/{number}", deezer_routes.cover),
        WebSocketRoute("/sight", camera_websocket),
    ]
    routes = [
        Route("/", page_files.index),
        Route(offline_page.PATH, offline_page.page),
        Route("/service-worker.js", offline_page.service_worker),
        Mount("/api", app=Router(api, redirect_slashes=False)),
        Route("/static/portrait.png", page_files.portrait),
        Route("/static/manifest.webmanifest", page_files.manifest),
        Route("/static/sentences.json", page_files.all_sentences),
        Mount("/static/ui", StaticFiles(directory=str(UI))),
        Mount("/static", StaticFiles(directory=str(page_files.STATIC))),
    ]
    security = Middleware(
        Security,
        site=site,
        access=TokenAccess(site, token, secret),
        headers=partial(app_headers, site, embed_port),
    )
    handlers = {
        MusicalFaceError: on_known_error,
        OSError: on_known_error,
        HTTPException: on_unknown_route,
    }
    app = Starlette(routes=routes, middleware=[security], exception_handlers=handlers)
    app.router.redirect_slashes = False
    app.state.inference_pool, app.state.session_history = InferencePool(), SessionHistory()
    app.state.reaction_votes = ReactionVotes()
    app.state.spotify_login, app.state.library_jobs = SpotifyLogin(), LibraryJobs()
    app.state.bodies, app.state.deezer = BodyReader(), DeezerServices()
    app.state.neutral_face = NeutralFace(kept_resting_face.load())
    app.state.readmission_secret = secret
    app.state.started, app.state.embed_port = time.monotonic(), embed_port
    return app


def _json_route(path: str) -> Route:
    """One route for all methods of a path, so that a 405 lists them all."""
    calls = {method: json_endpoint(work) for method, each, work in JSON_ROUTES if each == path}
    if "GET" in calls:
        calls["HEAD"] = calls["GET"]

    async def endpoint(request: Request) -> Response:
        return await calls[request.method](request)

    return Route(path, endpoint, methods=list(calls))
