"""Ten songs become sound."""

from .links import link, open_in_browser

__all__ = ["link", "open_in_browser"]
