"""Logins of the fake server: codes, access tokens, refresh tokens and a simulated clock."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .contract import read_contract

SIX_MONTHS = 183 * 24 * 3600.0
"""Lifetime of a refresh token in seconds, from the login."""


@dataclass
class Login:
    """The granted scopes, and the time of the login."""

    scopes: tuple[str, ...]
    at: float


class Code(NamedTuple):
    """The data of an authorization code."""

    challenge: str
    redirect_uri: str
    scopes: tuple[str, ...]


class Access(NamedTuple):
    """The login and the expiry time of an access token."""

    login: Login
    ends: float


class Tokens(NamedTuple):
    """The tokens of a client."""

    access: str
    refresh: str


@dataclass
class Logins:
    """The registered app, its logins, and the settings of tokens."""

    client_id: str = "5fe01282e44241328a84e7c5cc169165"
    registered_redirect: str = "http://127.0.0.1/callback"  # any port
    consent: str = "yes"  # or no, wrong_state, never
    withheld: tuple[str, ...] = ()  # requested scopes that are not granted
    token_lifetime: int = 3600  # seconds
    rotates: bool = False  # a refresh returns a new refresh token and revokes the old one
    age_of_login: float = 0.0  # seconds added to the age of each login
    ahead: float = 0.0  # seconds that the clock is ahead

    codes: dict[str, Code] = field(default_factory=dict)
    access: dict[str, Access] = field(default_factory=dict)
    refresh: dict[str, Login] = field(default_factory=dict)

    def now(self) -> float:
        """Seconds since 1970 on the simulated clock."""
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        """Advance the clock: tokens expire, quotas end, logins age."""
        self.ahead += seconds

    def log_in(self, scopes: Iterable[str] | None = None) -> Tokens:
        """Tokens of a new login with these scopes (None: every scope of the contract)."""
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
        """The login of a refresh token; None if it is revoked or expired."""
        login = self.refresh.get(refresh_token)
        if not login or self.now() - login.at + self.age_of_login >= SIX_MONTHS:
            return None
        return login

    def expire_access_tokens(self) -> None:
        """Expire all access tokens: 401, The access token expired."""
        self.access = {token: Access(each.login, 0.0) for token, each in self.access.items()}

    def forget_access_tokens(self) -> None:
        """Delete all access tokens: 401, Invalid access token."""
        self.access.clear()

    def revoke_refresh_token(self) -> None:
        """Revoke all refresh tokens, as a user can in their Spotify account."""
        self.refresh.clear()
