"""The user's music library: scans folders of audio files for songs and their moods."""

from .library import Library, open_library

__all__ = ["Library", "open_library"]
