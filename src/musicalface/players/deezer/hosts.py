"""Deezer's URLs, and checks of the URLs in its responses."""

import re
from collections.abc import Iterable
from string import hexdigits
from urllib.parse import urlsplit

from ... import settings

API = "https://api.deezer.com"

PREVIEW_ORIGINS = (
    "https://cdnt-preview.dzcdn.net",
    *(f"https://cdns-preview-{digit}.dzcdn.net" for digit in hexdigits[:16]),  # until 2024
)
"""The origins of previews."""

COVER_ORIGINS = (
    "https://cdn-images.dzcdn.net",
    "https://e-cdns-images.dzcdn.net",  # until 2024
)
"""The origins of covers."""

_ADDRESS = re.compile(r"[!-~]{1,2000}")  # urlsplit drops tabs and line breaks silently


def api() -> str:
    """The URL of the API; raises InputError if the setting is not a safe URL."""
    return settings.deezer_api() or API


def preview_origins() -> tuple[str, ...]:
    """The origins of previews, for a content security policy."""
    return (*PREVIEW_ORIGINS, *sorted(_other_origin()))


def is_preview(address: str) -> bool:
    """True if the URL is https on one of Deezer's hosts for previews."""
    return _is_on(address, PREVIEW_ORIGINS)


def is_cover(address: str) -> bool:
    """True if the URL is https on one of Deezer's hosts for covers."""
    return _is_on(address, COVER_ORIGINS)


def _is_on(address: str, origins: Iterable[str]) -> bool:
    return bool(_ADDRESS.fullmatch(address)) and _origin(address) in {*origins, *_other_origin()}


def _other_origin() -> set[str]:
    """The origin of an API set in the environment, which serves its own media."""
    other = settings.deezer_api()
    return {_origin(other)} if other else set()


def _origin(address: str) -> str:
    """Scheme, host and port exactly as written; empty for an invalid URL."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
