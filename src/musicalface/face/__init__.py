"""Face detection, face tracking and expression recognition."""

from .detect import Face, find_faces
from .expression_classifier import (
    Reading,
    deciding,
    read_faces,
    read_known_faces,
    read_resting_face,
)
from .face_tracker import Track, Tracker
from .mood_tracker import FrameResult, MoodTracker
from .photo_reader import read_photo
from .prior import Prior
from .quality import Quality
from .resting_face import RestingFace

__all__ = [
    "Face",
    "FrameResult",
    "MoodTracker",
    "Prior",
    "Quality",
    "Reading",
    "RestingFace",
    "Track",
    "Tracker",
    "deciding",
    "find_faces",
    "read_faces",
    "read_known_faces",
    "read_photo",
    "read_resting_face",
]
