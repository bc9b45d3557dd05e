"""Players: play songs in the browser, on Spotify or from local files, or save them as a list."""

from .player import Capability, Player
from .playlist_files import save_list
from .song_links import link, open_in_browser

__all__ = ["Capability", "Player", "link", "open_in_browser", "save_list"]
