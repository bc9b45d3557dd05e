"""A mood and a wish become ten songs that can sound: from the catalog, Spotify or own files."""

from .choosing import Choose, Wish, choosing
from .on_spotify import OnSpotify, on_spotify

__all__ = ["Choose", "OnSpotify", "Wish", "choosing", "on_spotify"]
