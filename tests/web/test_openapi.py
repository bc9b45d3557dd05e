"""docs/openapi.json describes all routes and responses of the API."""

import json
from typing import Any

import httpx
import pytest

from musicalface.http_server.peer_verification import PATH as PROOF
from musicalface.http_server.readmission import PATH as READMISSION
from musicalface.http_server.site_origin import Site
from musicalface.web.app import create_app
from musicalface.web.server import AppServer
from tests.conftest import PORTRAIT, ROOT
from tests.web.conftest import connect_camera

DOCUMENT = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))


def test_every_route_is_documented() -> None:
    app = create_app(Site(1), 2, "x")
    (api,) = [route for route in app.routes if getattr(route, "path", "") == "/api"]
    known = {
        (f"/api{route.path}".replace(":int", ""), method.lower())
        for route in api.routes  # type: ignore[attr-defined]
        for method in (getattr(route, "methods", None) or {"GET"}) - {"HEAD"}
    }
    # These need no token, so TokenAccess handles them.
    known |= {(PROOF, "get"), (READMISSION, "get"), (READMISSION, "post")}
    documented = {
        (path, method) for path, methods in DOCUMENT["paths"].items() for method in methods
    }
    assert known == documented
    app.state.inference_pool.close()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/health", None),
        ("POST", "/api/songs", {"mood": "sad"}),
        ("GET", "/api/history", None),
        ("POST", "/api/history", {"artist": "A", "title": "T", "mood": "sad"}),
        ("DELETE", "/api/history", None),
        ("POST", "/api/reactions", {"artist": "A", "evidence": "lyrics", "likes": True}),
        ("GET", "/api/players", None),
        ("GET", "/api/spotify", None),
        ("GET", "/api/library", None),
        ("POST", "/api/library/stop", None),
        ("POST", "/api/library/browse", {}),
        ("POST", "/api/library/songs", {"mood": None}),
        ("GET", "/api/spotify/devices", None),
        ("GET", "/api/readmission-secret", None),
        ("GET", "/api/neutral-face", None),
        ("POST", "/api/neutral-face/undo", None),
        ("POST", "/api/neutral-face/keep", None),
        ("DELETE", "/api/neutral-face", None),
        ("GET", "/api/settings", None),
        ("PUT", "/api/settings", {"covers": True, "player": "deezer", "reactions": False}),
        ("POST", "/api/deezer/facts", {"songs": [{"artist": "A", "title": "T"}]}),
        ("DELETE", "/api/deezer", None),
        ("PUT", "/api/likes", {"artist": "A", "title": "T", "liked": True}),
        ("GET", "/api/likes", None),
        ("DELETE", "/api/likes", None),
    ],
)
def test_responses_match_the_schema(
    client: httpx.Client, method: str, path: str, body: dict[str, Any] | None
) -> None:
    answer = client.request(method, path, json=body)
    response = DOCUMENT["paths"][path][method.lower()]["responses"]
    response = response[str(answer.status_code)]
    if "$ref" in response:
        response = DOCUMENT["components"]["responses"][response["$ref"].rpartition("/")[2]]
    require(answer.json(), response["content"]["application/json"]["schema"])


def test_photo_response_matches_the_schema(client: httpx.Client) -> None:
    answer = client.post("/api/read", content=PORTRAIT.read_bytes())
    require(answer.json(), {"$ref": "#/components/schemas/Read"})


def test_websocket_messages_match_the_schema(app: AppServer, frame: bytes) -> None:
    with connect_camera(app) as line:
        line.send(frame)
        require(json.loads(line.recv(timeout=60)), {"$ref": "#/components/schemas/Sight"})
        line.send(b"no frame")
        require(json.loads(line.recv(timeout=60)), {"$ref": "#/components/schemas/SocketError"})


def test_unsupported_method_lists_the_allowed_ones(client: httpx.Client) -> None:
    for path, methods in DOCUMENT["paths"].items():
        if path in (PROOF, "/api/sight"):
            continue
        answer = client.patch(path.replace("{number}", "1").replace("{form}", "csv"))
        allowed = {method.upper() for method in methods}
        assert answer.status_code == 405
        assert set(answer.headers["allow"].split(", ")) - {"HEAD"} == allowed
        assert ("HEAD" in answer.headers["allow"]) is ("GET" in allowed)


def require(value: Any, schema: dict[str, Any]) -> None:
    """Check a value against a schema; supports the JSON Schema that the document uses."""
    if "$ref" in schema:
        require(value, DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    elif "anyOf" in schema:
        if value is not None:
            require(value, schema["anyOf"][0])
    elif schema["type"] == "object":
        assert set(schema.get("required", ())) <= set(value) <= set(schema["properties"])
        for name, each in value.items():
            require(each, schema["properties"][name])
    elif schema["type"] == "array":
        for each in value:
            require(each, schema["items"])
    else:
        kinds = {"string": str, "number": (int, float), "integer": int, "boolean": bool}
        assert isinstance(value, kinds[schema["type"]])  # type: ignore[arg-type]
        assert value in schema.get("enum", [value])
        assert schema.get("minimum", value) <= value <= schema.get("maximum", value)
