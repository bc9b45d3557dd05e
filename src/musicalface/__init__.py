"""MusicalFace looks at a face and plays the music that fits."""

__version__ = "0.1.0"
