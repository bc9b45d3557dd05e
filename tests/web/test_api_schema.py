"""Generated requests against docs/openapi.json: no 5xx, and every response is as documented."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from musicalface.http_server import token_access
from musicalface.web.server import AppServer, ServerConfig, run_app
from tests.web.test_openapi import DOCUMENT

schemathesis = pytest.importorskip("schemathesis")
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT).exclude(path="/api/sight")
CHECKS = (
    schemathesis.checks.not_a_server_error,
    schemathesis.specs.openapi.checks.status_code_conformance,
    schemathesis.specs.openapi.checks.content_type_conformance,
    schemathesis.specs.openapi.checks.response_headers_conformance,
    schemathesis.specs.openapi.checks.response_schema_conformance,
    schemathesis.specs.openapi.checks.unsupported_method,
    schemathesis.specs.openapi.checks.ignored_auth,
)
EXAMPLES = 25


@pytest.fixture(scope="module")
def running_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MUSICALFACE_HOME", str(tmp_path_factory.mktemp("schema") / "home"))
        patch.setenv("MUSICALFACE_OFFLINE", "1")
        patch.setattr(token_access, "REFILL", 100_000.0)
        with run_app(ServerConfig()) as app:
            yield app


@SCHEMA.parametrize()  # type: ignore[untyped-decorator]
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
def test_every_response_is_documented(case: Any, running_app: AppServer, tmp_path: Path) -> None:
    _keep_inside(case, tmp_path)
    response = case.call(
        base_url=f"http://127.0.0.1:{running_app.port}",
        headers={"Authorization": f"Bearer {running_app.token}"},
        timeout=60,
    )
    case.validate_response(response, checks=CHECKS)


def _keep_inside(case: Any, folder: Path) -> None:
    """Make folders relative to the test's folder, so that no other folder is scanned."""
    body = case.body
    if isinstance(body, dict) and isinstance(body.get("folder"), str):
        body["folder"] = f"{folder}{body['folder']}"
