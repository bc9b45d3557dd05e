"""Photos become faces, and faces seven expression probabilities."""

from .detect import Face, find_faces
from .photo import read_photo
from .prior import Prior
from .quality import Quality
from .read import Reading, read_faces, read_known_faces, resting
from .rest import Rest
from .track import Track, Tracker
from .watch import Sight, Watcher

__all__ = [
    "Face",
    "Prior",
    "Quality",
    "Reading",
    "Rest",
    "Sight",
    "Track",
    "Tracker",
    "Watcher",
    "find_faces",
    "read_faces",
    "read_known_faces",
    "read_photo",
    "resting",
]
