"""What listeners said of songs becomes four mood probabilities."""

from .fuse import Verdicts, heard
from .sources import Source, read_source, read_sources

__all__ = ["Source", "Verdicts", "heard", "read_source", "read_sources"]
