"""Fake Spotify server: checks every request against the contract."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from . import accounts, api
from .contract import Call, body_of, of_grant, path_and_query, read_contract
from .fault_responses import LOGIN_PAGE, send_fault
from .faults import Fault
from .responses import ContractError, FakeResponse, breach_response
from .state import RecordedRequest, SpotifyState
from .values import BreachError

PREFIXES = {"/v1": "api", "/accounts": "accounts"}
ACCOUNTS = {"token": accounts.token, "refresh": accounts.refresh}


class FakeSpotify:
    """The ASGI app; responds from `world`, which a test may replace at any time."""

    def __init__(self, world: SpotifyState) -> None:
        self.world = world

    @property
    def violations(self) -> list[str]:
        """One sentence for each request that violates the contract."""
        return self.world.violations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body, world = await request.body(), self.world
        with world.lock:
            fault, response = _respond(world, request, body)
        if fault:
            await send_fault(fault, response, scope, receive, send)
        else:
            await response(scope, receive, send)


def _respond(world: SpotifyState, request: Request, body: bytes) -> tuple[Fault | None, Response]:
    """The response, and the fault to apply to it."""
    path = request.scope["path"]
    prefix = next((each for each in PREFIXES if path.startswith(f"{each}/")), None)
    if path == "/portal":
        return None, _portal(world, request)
    base = PREFIXES.get(prefix or "", "api")
    try:
        return _answered(world, request, base, path.removeprefix(prefix or ""), body)
    except BreachError as wrong:
        world.violations.append(f"{wrong}.")
        return None, _contract_error(base, wrong).response()
    except Exception as error:
        world.violations.append(f"The fake server failed at {path}: {error!r}.")
        raise


def _contract_error(base: str, wrong: BreachError) -> FakeResponse:
    return (
        ContractError(wrong.refused).answer()
        if wrong.refused
        else breach_response(base, str(wrong))
    )


def _answered(
    world: SpotifyState, request: Request, base: str, path: str, raw: bytes
) -> tuple[Fault | None, Response]:
    call, recorded = _parse_request(world, request, base, path, raw)
    world.requests.append(recorded)
    token = _credentials(call, request)
    fault = world.next_fault(call.name)
    if fault and not fault.is_after_the_call:
        return fault, Response()
    try:
        return fault, _run_call(world, call, recorded, token, f"{request.base_url}v1")
    except ContractError as refusal:
        return fault, refusal.answer().response()


def _parse_request(
    world: SpotifyState, request: Request, base: str, path: str, raw: bytes
) -> tuple[Call, RecordedRequest]:
    """The call of a request, with its values; raises BreachError."""
    contract = read_contract()
    calls = contract.at(base, request.method, path)
    if not calls:
        gone = base == "api" and contract.is_gone(request.method, path)
        raise BreachError(f"{request.method} {path}: unknown call", "forbidden" if gone else None)
    body = _body(calls[0], request, raw)
    call = of_grant(calls, body)
    world.calls[call.name] += 1
    query = path_and_query(call, path, request.query_params.multi_items())
    return call, RecordedRequest(call.name, query, body_of(call, body))


def _body(call: Call, request: Request, raw: bytes) -> dict[str, Any]:
    """The fields of the body; raises BreachError if it is unexpected or has another type."""
    if not call.content_type:
        if raw:
            raise BreachError(f"{call.name}: unexpected body")
        return {}
    if request.headers.get("content-type", "").partition(";")[0] != call.content_type:
        raise BreachError(f"{call.name}: the content type is not {call.content_type}")
    return _json(call, raw) if call.json else _form(call, raw)


def _json(call: Call, raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        raise BreachError(f"{call.name}: the body is not JSON") from None
    if not isinstance(body, dict):
        raise BreachError(f"{call.name}: the body is not an object")
    return body


def _form(call: Call, raw: bytes) -> dict[str, Any]:
    pairs = parse_qsl(raw.decode(errors="replace"), keep_blank_values=True)
    if len(pairs) > len(dict(pairs)):
        raise BreachError(f"{call.name}: duplicate field")
    return dict(pairs)


def _credentials(call: Call, request: Request) -> str:
    """The bearer token; raises BreachError if it is missing, or sent to the accounts service."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if call.base == "accounts":
        if kind:
            raise BreachError(f"{call.name}: PKCE requests must not have an Authorization header")
        return ""
    if kind != "Bearer" or not token:
        raise BreachError(f"{call.name}: no bearer token")
    return token


def _run_call(
    world: SpotifyState, call: Call, recorded: RecordedRequest, token: str, address: str
) -> Response:
    if call.name == "authorize":
        return accounts.authorize(world, recorded)
    if call.base == "accounts":
        return ACCOUNTS[call.name](world, recorded).response()
    return api.answer(world, call, recorded, token, address).response()


def _portal(world: SpotifyState, request: Request) -> Response:
    """The page of a captive portal, which must not receive a token."""
    world.calls["portal"] += 1
    if "authorization" in request.headers:
        world.violations.append("A token was sent to a page that is not Spotify's.")
    return HTMLResponse(LOGIN_PAGE)
