"""Photos become faces, and faces seven expression probabilities."""

from .detect import Face, find_faces
from .photo import read_photo
from .read import Reading, read_faces

__all__ = ["Face", "Reading", "find_faces", "read_faces", "read_photo"]
