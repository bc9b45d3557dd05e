"""Who is logged in: codes, access tokens and refresh tokens, and the world's clock."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .contract import read_contract

SIX_MONTHS = 183 * 24 * 3600.0
"""Seconds after the login for which a refresh token lives."""


@dataclass
class Login:
    """What a person granted, and when."""

    scopes: tuple[str, ...]
    at: float


class Code(NamedTuple):
    """What an authorization code stands for."""

    challenge: str
    redirect_uri: str
    scopes: tuple[str, ...]


class Access(NamedTuple):
    """An access token's login and end."""

    login: Login
    ends: float


class Tokens(NamedTuple):
    """What a client holds."""

    access: str
    refresh: str


@dataclass
class Logins:
    """The app, its logins, and how tokens live."""

    client_id: str = "5fe01282e44241328a84e7c5cc169165"
    registered_redirect: str = "http://127.0.0.1/callback"  # any port
    consent: str = "yes"  # or no, wrong_state, never
    withheld: tuple[str, ...] = ()  # scopes that are not granted though asked for
    token_lifetime: int = 3600  # seconds
    rotates: bool = False  # a refresh brings a new refresh token, and the old one is dead
    age_of_login: float = 0.0  # seconds that each login is older than it was
    ahead: float = 0.0  # seconds that the clock is ahead

    codes: dict[str, Code] = field(default_factory=dict)
    access: dict[str, Access] = field(default_factory=dict)
    refresh: dict[str, Login] = field(default_factory=dict)

    def now(self) -> float:
        """Seconds since 1970, by the world's clock."""
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        """Let time pass: tokens expire, quotas end, logins age."""
        self.ahead += seconds

    def log_in(self, scopes: Iterable[str] | None = None) -> Tokens:
        """Tokens as if a person had just consented; None: to every scope of the contract."""
        granted = sorted(read_contract().scopes) if scopes is None else scopes
        login = Login(tuple(granted), self.now())
        return Tokens(self.new_access(login), self.new_refresh(login))

    def new_code(self, code: Code) -> str:
        name = secrets.token_urlsafe(24)
        self.codes[name] = code
        return name

    def new_access(self, login: Login) -> str:
        token = f"access-{secrets.token_urlsafe(24)}"
        self.access[token] = Access(login, self.now() + self.token_lifetime)
        return token

    def new_refresh(self, login: Login) -> str:
        token = f"refresh-{secrets.token_urlsafe(24)}"
        self.refresh[token] = login
        return token

    def living(self, refresh_token: str) -> Login | None:
        """The login of a refresh token, unless that is revoked or six months old."""
        login = self.refresh.get(refresh_token)
        if not login or self.now() - login.at + self.age_of_login >= SIX_MONTHS:
            return None
        return login

    def expire_access_tokens(self) -> None:
        """All access tokens that were given are over: 401, The access token expired."""
        self.access = {token: Access(each.login, 0.0) for token, each in self.access.items()}

    def forget_access_tokens(self) -> None:
        """All access tokens are unknown: 401, Invalid access token."""
        self.access.clear()

    def revoke_refresh_token(self) -> None:
        """The person took the app's access away: no refresh works any more."""
        self.refresh.clear()
