"""Pages on this computer that make songs sound in its browser."""

from .browser import BrowserPlayer
from .local import LocalPlayer

__all__ = ["BrowserPlayer", "LocalPlayer"]
