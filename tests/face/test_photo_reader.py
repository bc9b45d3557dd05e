import io
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from musicalface.errors import MissingExtraError, PhotoError
from musicalface.face.photo_reader import list_photos, read_photo
from tests.conftest import PORTRAIT

WIDTH, HEIGHT = 60, 40


def marked() -> Image.Image:
    """A picture that is wider than high, with a red top left quarter."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (40, 80, 120))
    picture.paste((250, 10, 10), (0, 0, WIDTH // 2, HEIGHT // 2))
    return picture


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def is_marked(photo: NDArray[np.uint8]) -> bool:
    red = photo[5:15, 5:20].astype(int).mean((0, 1))
    rest = photo[25:35, 35:55].astype(int).mean((0, 1))
    return bool(red[0] > 200 and red[2] < 60 and rest[2] > 90 and rest[0] < 80)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_turned_upright(orientation: int) -> None:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = marked().transpose(turns[orientation]) if orientation in turns else marked()
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = read_photo(saved(stored, "JPEG", exif=exif, quality=95))
    assert photo.shape == (HEIGHT, WIDTH, 3)
    assert is_marked(photo)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF"])
def test_image_formats(kind: str) -> None:
    photo = read_photo(saved(marked(), kind))
    assert photo.dtype == np.uint8
    assert is_marked(photo)


def test_cmyk_image() -> None:
    assert is_marked(read_photo(saved(marked().convert("CMYK"), "JPEG", quality=95)))


def test_palette_image() -> None:
    assert is_marked(read_photo(saved(marked().quantize(8), "PNG")))


def test_gray_image_becomes_rgb() -> None:
    photo = read_photo(saved(marked().convert("L"), "PNG"))
    assert photo.shape == (HEIGHT, WIDTH, 3)
    assert (photo[..., 0] == photo[..., 2]).all()


def test_sixteen_bit_image() -> None:
    shades = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    photo = read_photo(saved(Image.fromarray(shades), "PNG"))
    expected = shades / 257
    assert np.abs(photo[..., 0] - expected).max() <= 1


@pytest.mark.parametrize(
    ("black", "white", "kind", "suffix"),
    [
        *((0, 2**bits - 1, np.uint16, "PNG") for bits in range(8, 17)),
        (0, 2**20 - 1, np.int32, "TIFF"),
        (0, 1, np.float32, "TIFF"),
        (-1, 1, np.float32, "TIFF"),
        (0, 255, np.float32, "TIFF"),
    ],
)
def test_gray_values_of_any_range(black: int, white: int, kind: type, suffix: str) -> None:
    shades = np.tile(np.arange(256, dtype=np.uint8), (16, 1))
    values: NDArray[Any] = (black + shades / 255 * (white - black)).astype(kind)
    photo = read_photo(saved(Image.fromarray(values), suffix))
    assert np.abs(photo[..., 0].astype(int) - shades).max() <= 1


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_ppm_and_pgm(mode: str) -> None:
    picture = marked().convert(mode)
    expected = np.asarray(picture.convert("RGB"))
    np.testing.assert_array_equal(read_photo(saved(picture, "PPM")), expected)


def test_transparency_on_white() -> None:
    clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert (read_photo(saved(clear, "PNG")) == 255).all()


def test_first_frame_of_an_animation() -> None:
    other = Image.new("RGB", (WIDTH, HEIGHT), "white")
    assert is_marked(read_photo(saved(marked(), "GIF", save_all=True, append_images=[other])))


def test_wrong_file_extension_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "photo.txt"
    path.write_bytes(saved(marked(), "PNG"))
    assert is_marked(read_photo(path))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG", "TIFF"])
def test_invalid_orientation_is_ignored(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 99
    assert is_marked(read_photo(saved(marked(), kind, exif=exif.tobytes() + b"junk")))
    if kind != "TIFF":
        assert is_marked(read_photo(saved(marked(), kind, exif=b"Exif\0\0nonsense")))


def test_no_external_program_is_run(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n%%EOF\n")
    with pytest.raises(PhotoError, match="isn't a photo"):
        read_photo(path)


def test_damaged_images_raise_photo_error(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    for kind in ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF", "AVIF", "JPEG2000"):
        whole = bytearray(saved(marked(), kind))
        for _ in range(30):
            damaged = whole.copy()
            for index in chance.integers(0, len(whole), 8):
                damaged[index] = chance.integers(256)
            try:
                photo = read_photo(bytes(damaged[: chance.integers(20, len(whole))]))
            except PhotoError:
                continue
            assert photo.ndim == 3


def test_24_megapixels() -> None:
    large = marked().resize((6000, 4000), Image.Resampling.NEAREST)
    assert read_photo(saved(large, "JPEG")).shape == (4000, 6000, 3)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"this is text", "isn't a photo"),
        (b"\x89PNG\r\n\x1a\n", "isn't a photo"),
        (PORTRAIT.read_bytes()[:20_000], "is damaged"),
    ],
)
def test_invalid_files_are_rejected(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    with pytest.raises(PhotoError, match=message):
        read_photo(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
def test_endless_input_is_limited() -> None:
    with pytest.raises(PhotoError, match="not a regular file"):
        read_photo("/dev/zero")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="There is no file"):
        read_photo(tmp_path / "nothing.jpg")


@pytest.mark.parametrize("side", [10_001, 20_000, 60_000])
def test_decompression_bomb_is_rejected(side: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    # The data are truncated, so decoding would give another error; the size is checked first.
    with pytest.raises(PhotoError, match="larger than 100 megapixels"):
        read_photo(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)))


def test_list_photos_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.JPG", "a.png", "deep/c.webp", "notes.txt", "._a.png"):
        (tmp_path / name).touch()
    found = [p.relative_to(tmp_path).as_posix() for p in list_photos(tmp_path)]
    assert found == ["a.png", "b.JPG", "deep/c.webp"]


def test_folder_without_photos(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="has no photos"):
        list_photos(tmp_path)


@pytest.fixture
def heic(tmp_path: Path) -> Path:
    if not shutil.which("heif-enc"):
        pytest.skip("heif-enc is not installed")
    marked().save(tmp_path / "photo.png")
    target = tmp_path / "photo.heic"
    command = ["heif-enc", "-q", "95", str(tmp_path / "photo.png"), "-o", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def test_heic_with_the_extra(heic: Path) -> None:
    pytest.importorskip("pi_heif")
    photo = read_photo(heic)
    assert photo.shape == (HEIGHT, WIDTH, 3)
    assert is_marked(photo)


def test_heic_without_the_extra(heic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.face.heif.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"musicalface\[heic\]"):
        read_photo(heic)


def test_damaged_heic_is_rejected(heic: Path, tmp_path: Path) -> None:
    pytest.importorskip("pi_heif")
    with pytest.raises(PhotoError):
        read_photo(heic.read_bytes()[:200])
