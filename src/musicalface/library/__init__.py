"""The person's own music: folders of audio files become songs with moods."""

from .library import Library, open_library

__all__ = ["Library", "open_library"]
