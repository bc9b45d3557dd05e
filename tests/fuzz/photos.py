"""Fuzz targets: photos, videos, camera frames, tables of faces and embeddings."""

import io
import tempfile
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image, features

from musicalface.evaluate.embeddings import Embeddings
from musicalface.evaluate.face_dataset import read_labelled_faces
from musicalface.face import read_photo
from musicalface.face.video import open_video
from musicalface.web.frame_decoding import decode_frame

from .target import Target, written

_ROTATED = 274, 6  # EXIF orientation: rotated by 90 degrees
_CHOICES = "neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"


def _picture(kind: str, mode: str = "RGB") -> bytes:
    shades = Image.fromarray(np.arange(96, dtype=np.uint8).reshape(8, 12)).convert(mode)
    exif = Image.Exif()
    exif[_ROTATED[0]] = _ROTATED[1]
    file = io.BytesIO()
    shades.save(file, kind, **({"exif": exif} if kind in ("JPEG", "PNG", "WEBP") else {}))
    return file.getvalue()


def _pictures() -> list[bytes]:
    kinds = ["JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF"]
    kinds += ["AVIF"] if features.check("avif") else []
    odd = [("PNG", "I;16"), ("PNG", "P"), ("PNG", "LA"), ("TIFF", "F"), ("JPEG", "CMYK")]
    return [_picture(kind) for kind in kinds] + [_picture(*each) for each in odd]


def _frames() -> list[bytes]:
    raw = b"RGBA" + (2).to_bytes(2, "little") * 2 + bytes(16)
    return [raw, *(_picture(kind) for kind in ("JPEG", "PNG", "WEBP"))]


def _read_photo(content: bytes, _: Path) -> None:
    photo = read_photo(content)
    assert photo.ndim == 3
    assert photo.shape[2] == 3
    assert photo.dtype == np.uint8


def _read_frame(content: bytes, _: Path) -> None:
    assert decode_frame(content).shape[2] == 3


def _film() -> bytes:
    import cv2

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "curve.avi"
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 2, (32, 32))
        for shade in (0, 90, 180, 250):
            writer.write(np.full((32, 32, 3), shade, np.uint8))
        writer.release()
        return path.read_bytes()


def _read_video(content: bytes, folder: Path) -> None:
    with open_video(written(content, folder / "curve.avi")) as video:
        for at, frame in islice(video.frames(lambda: 0.5), 100):
            assert at >= 0
            assert frame.shape[2] == 3


def _read_csv(content: bytes, folder: Path) -> None:
    read_labelled_faces(written(content, folder / "faces.csv"))


def _read_votes(content: bytes, folder: Path) -> None:
    faces = written(_face_rows(), folder / "faces.csv")
    read_labelled_faces(faces, written(content, folder / "votes.csv"))


def _read_npz(content: bytes, folder: Path) -> None:
    read_labelled_faces(written(content, folder / "faces.npz"))


def _read_embeddings(content: bytes, folder: Path) -> None:
    Embeddings(written(content, folder / "texts.npz")).vectors_for(["some words"])


def _face_rows() -> bytes:
    pixels = " ".join(["7"] * 48 * 48)
    return f"emotion,pixels,Usage\n0,{pixels},Training\n6,{pixels},PublicTest\n".encode()


def _votes() -> bytes:
    rows = "Training,fer0.png,0,0,0,0,10,0,0,0,0,0\nPublicTest,fer1.png,10,0,0,0,0,0,0,0,0,0\n"
    return f"Usage,Image name,{_CHOICES}\n{rows}".encode()


def _arrays(**arrays: object) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def _faces_npz() -> bytes:
    zeros = np.zeros(2, np.uint8)
    pixels = np.zeros((2, 48, 48), np.uint8)
    return _arrays(pixels=pixels, label=zeros, usage=zeros, votes=np.ones((2, 10), np.uint8))


def _embeddings() -> bytes:
    return _arrays(digests=np.array(["0123456789abcdef"]), vectors=np.ones((1, 4), np.float32))


TARGETS = (
    Target("photo", _read_photo, _pictures),
    Target("video", _read_video, lambda: [_film()]),
    Target("camera-frame", _read_frame, _frames),
    Target("faces-csv", _read_csv, lambda: [_face_rows()]),
    Target("faces-votes", _read_votes, lambda: [_votes()]),
    Target("faces-npz", _read_npz, lambda: [_faces_npz()]),
    Target("embeddings", _read_embeddings, lambda: [_embeddings()]),
)
