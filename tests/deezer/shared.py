"""Shared by both fake servers: faults, value checks and song names."""

from ..spotify import faults
from ..spotify.fault_responses import LOGIN_PAGE, send_fault
from ..spotify.faults import Fault
from ..spotify.sample import SONGS
from ..spotify.values import BreachError, Values
from ..spotify.values import check_values as check_values

__all__ = [
    "LOGIN_PAGE",
    "SONGS",
    "BreachError",
    "Fault",
    "Values",
    "check_values",
    "faults",
    "send_fault",
]
