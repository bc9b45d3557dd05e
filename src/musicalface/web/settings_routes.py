"""Settings endpoint: offline mode, covers, the chosen player, history and reactions."""

from typing import Any

from starlette.datastructures import State

from .. import settings, stored_settings
from ..errors import InputError
from .json_body import Document, get_flag, get_text


def get_settings(_: State, __: Document) -> Document:
    """`GET /api/settings`."""
    stored, forced = stored_settings.load(), settings.offline()
    return {
        "offline": stored.offline or forced,
        "offline_by_environment": forced,
        "covers": stored.covers,
        "player": stored.player or None,
        "history": stored.history,
        "reactions": stored.reactions,
    }


def put_settings(state: State, body: Document) -> Document:
    """`PUT /api/settings`: store the given fields."""
    changes: dict[str, Any] = {name: get_flag(body, name) for name in _FLAGS if name in body}
    if "player" in body:
        changes["player"] = _player(body)
    stored_settings.change(**changes)
    if "history" in changes:
        state.session_history.keep(changes["history"])
    if changes.get("reactions") is False:
        state.reaction_votes.forget()
    return get_settings(state, {})


_FLAGS = ("offline", "covers", "history", "reactions")


def _player(body: Document) -> str:
    if body["player"] is None:
        return ""
    name = get_text(body, "player")
    if name not in stored_settings.PLAYERS:
        raise InputError(f"Unknown player {name!r}. Choose {', '.join(stored_settings.PLAYERS)}.")
    return name
