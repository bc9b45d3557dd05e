"""A stand-in for Spotify on this machine: every request is held against the contract."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from . import accounts, api
from .answers import Answer, RefusalError, breach
from .contract import Call, body_of, of_grant, path_and_query, read_contract
from .faults import Fault
from .faulty import LOGIN_PAGE, send_fault
from .values import BreachError
from .world import Asked, World

PREFIXES = {"/v1": "api", "/accounts": "accounts"}
ACCOUNTS = {"token": accounts.token, "refresh": accounts.refresh}


class Standin:
    """The application: it answers out of `world`, which a test may replace at any time."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def violations(self) -> list[str]:
        """One sentence for each request that the contract does not have."""
        return self.world.violations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body, world = await request.body(), self.world
        with world.lock:
            fault, response = _met(world, request, body)
        if fault:
            await send_fault(fault, response, scope, receive, send)
        else:
            await response(scope, receive, send)


def _met(world: World, request: Request, body: bytes) -> tuple[Fault | None, Response]:
    """The answer, and the fault that comes before it."""
    path = request.scope["path"]
    prefix = next((each for each in PREFIXES if path.startswith(f"{each}/")), None)
    if path == "/portal":
        return None, _portal(world, request)
    base = PREFIXES.get(prefix or "", "api")
    try:
        return _answered(world, request, base, path.removeprefix(prefix or ""), body)
    except BreachError as wrong:
        world.violations.append(f"{wrong}.")
        return None, _refused(base, wrong).response()
    except Exception as error:
        world.violations.append(f"The stand-in failed at {path}: {error!r}.")
        raise


def _refused(base: str, wrong: BreachError) -> Answer:
    return RefusalError(wrong.refused).answer() if wrong.refused else breach(base, str(wrong))


def _answered(
    world: World, request: Request, base: str, path: str, raw: bytes
) -> tuple[Fault | None, Response]:
    call, asked = _understood(world, request, base, path, raw)
    world.requests.append(asked)
    token = _credentials(call, request)
    fault = world.next_fault(call.name)
    if fault and not fault.after_the_deed:
        return fault, Response()
    try:
        return fault, _done(world, call, asked, token, f"{request.base_url}v1")
    except RefusalError as refusal:
        return fault, refusal.answer().response()


def _understood(
    world: World, request: Request, base: str, path: str, raw: bytes
) -> tuple[Call, Asked]:
    """The call that a request is, with its values; raises BreachError."""
    contract = read_contract()
    calls = contract.at(base, request.method, path)
    if not calls:
        gone = base == "api" and contract.is_gone(request.method, path)
        raise BreachError(
            f"{request.method} {path}: there is no such call", "forbidden" if gone else None
        )
    body = _body(calls[0], request, raw)
    call = of_grant(calls, body)
    world.calls[call.name] += 1
    query = path_and_query(call, path, request.query_params.multi_items())
    return call, Asked(call.name, query, body_of(call, body))


def _body(call: Call, request: Request, raw: bytes) -> dict[str, Any]:
    """The fields of the body; raises BreachError for a body of another type, or one too many."""
    if not call.content_type:
        if raw:
            raise BreachError(f"{call.name}: there is a body, and none is asked for")
        return {}
    if request.headers.get("content-type", "").partition(";")[0] != call.content_type:
        raise BreachError(f"{call.name}: the content type is not {call.content_type}")
    return _json(call, raw) if call.json else _form(call, raw)


def _json(call: Call, raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        raise BreachError(f"{call.name}: the body is no JSON") from None
    if not isinstance(body, dict):
        raise BreachError(f"{call.name}: the body is no object")
    return body


def _form(call: Call, raw: bytes) -> dict[str, Any]:
    pairs = parse_qsl(raw.decode(errors="replace"), keep_blank_values=True)
    if len(pairs) > len(dict(pairs)):
        raise BreachError(f"{call.name}: a field came twice")
    return dict(pairs)


def _credentials(call: Call, request: Request) -> str:
    """The Bearer token; raises BreachError where it is missing, and where it has no business."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if call.base == "accounts":
        if kind:
            raise BreachError(f"{call.name}: PKCE has no secret, and an Authorization was sent")
        return ""
    if kind != "Bearer" or not token:
        raise BreachError(f"{call.name}: there is no Bearer token")
    return token


def _done(world: World, call: Call, asked: Asked, token: str, address: str) -> Response:
    if call.name == "authorize":
        return accounts.authorize(world, asked)
    if call.base == "accounts":
        return ACCOUNTS[call.name](world, asked).response()
    return api.answer(world, call, asked, token, address).response()


def _portal(world: World, request: Request) -> Response:
    """Where a proxy's redirect leads: no place for a token."""
    world.calls["portal"] += 1
    if "authorization" in request.headers:
        world.violations.append("A token was sent to a page that is not Spotify's.")
    return HTMLResponse(LOGIN_PAGE)
