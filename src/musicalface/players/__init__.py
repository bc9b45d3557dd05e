"""Ten songs become sound."""

from .links import link, open_in_browser
from .lists import save_list
from .player import Can, Player

__all__ = ["Can", "Player", "link", "open_in_browser", "save_list"]
