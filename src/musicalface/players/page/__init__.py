"""Player pages: local web pages that play songs in this computer's browser."""

from .browser_player import BrowserPlayer
from .local_player import LocalPlayer

__all__ = ["BrowserPlayer", "LocalPlayer"]
