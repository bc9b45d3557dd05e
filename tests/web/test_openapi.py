"""The API's document and the API are one."""

import json
from typing import Any

import httpx
import pytest

from musicalface.web.app import create_app
from tests.conftest import PORTRAIT, ROOT

DOCUMENT = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))


def test_every_address_is_in_the_document_and_no_other() -> None:
    app = create_app(port=1, embed_port=2, token="x")
    (api,) = [route for route in app.routes if getattr(route, "path", "") == "/api"]
    known = {
        (f"/api{route.path}".replace(":int", ""), method.lower())
        for route in api.routes  # type: ignore[attr-defined]
        for method in (getattr(route, "methods", None) or {"GET"}) - {"HEAD"}
    }
    told = {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert known == told
    app.state.eyes.close()


@pytest.mark.parametrize(
    ("method", "path", "asked"),
    [
        ("GET", "/api/health", None),
        ("POST", "/api/songs", {"mood": "sad"}),
        ("GET", "/api/evening", None),
        ("DELETE", "/api/evening", None),
        ("GET", "/api/players", None),
        ("GET", "/api/spotify", None),
        ("GET", "/api/library", None),
        ("POST", "/api/library/stop", None),
        ("GET", "/api/spotify/devices", None),
    ],
)
def test_answers_are_as_the_document_says(
    visitor: httpx.Client, method: str, path: str, asked: dict[str, str] | None
) -> None:
    answer = visitor.request(method, path, json=asked)
    told = DOCUMENT["paths"][path][method.lower()]["responses"]
    told = told["200"] if answer.is_success else DOCUMENT["components"]["responses"]["Refused"]
    require(answer.json(), told["content"]["application/json"]["schema"])


def test_a_photo_is_told_as_the_document_says(visitor: httpx.Client) -> None:
    answer = visitor.post("/api/read", content=PORTRAIT.read_bytes())
    require(answer.json(), {"$ref": "#/components/schemas/Read"})


def require(value: Any, schema: dict[str, Any]) -> None:
    """That a value has the shape: as much of JSON Schema as the document uses."""
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
