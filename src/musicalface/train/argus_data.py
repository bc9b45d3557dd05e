"""Training data of argus: FER2013, sets of faces from the web, and a pre-trained network."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import DataError
from ..evaluate.face_dataset import read_labelled_faces
from ..evaluate.labelled_faces import LabelledFaces
from ..files import sha256
from .face_set_builder import FaceSet
from .face_training import require_splits


@dataclass(frozen=True)
class TrainingData:
    """FER2013, the sets from the web by name, and the path of the pre-trained network."""

    fer2013: LabelledFaces
    webs: dict[str, FaceSet]
    start: Path

    @property
    def sha256(self) -> str:
        """Checksum of all faces and labels, and of the pre-trained network's topology."""
        digest = hashlib.sha256(self.fer2013.sha256.encode())
        for web in self.webs.values():
            for array in (web.pixels, web.landmarks, web.labels):
                digest.update(array.tobytes())
        digest.update(sha256(self.start).encode())
        return digest.hexdigest()


def read_training_data(
    data: Path, votes: Path | None, webs: Sequence[Path], start: Path
) -> TrainingData:
    """Reads everything; raises DataError."""
    fer2013 = read_labelled_faces(data, votes)
    require_splits(fer2013, data)
    if not webs:
        raise DataError("argus also needs faces from the web. Add --web SET.npz.")
    return TrainingData(fer2013, {path.stem: FaceSet.load(path) for path in webs}, start)
