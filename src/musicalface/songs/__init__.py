"""A mood becomes ten songs, from a catalog."""

from .catalog import Catalog, open_catalog
from .choose import Pick, choose_songs
from .song import Song

__all__ = ["Catalog", "Pick", "Song", "choose_songs", "open_catalog"]
