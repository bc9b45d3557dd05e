"""Tests of reading photos at a smaller size and in bounded memory."""

import io
import os
import struct
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from musicalface.errors import PhotoError
from musicalface.face import jpeg, photo_decoder
from musicalface.face.photo_reader import read_photo, read_reduced
from tests.face.test_photo_reader import HEIGHT, WIDTH, is_marked, marked, saved


def large(mode: str = "RGB") -> Image.Image:
    """Ten times as wide and high as `marked`, with noise so that rows use different filters."""
    picture = marked().resize((WIDTH * 10, HEIGHT * 10), Image.Resampling.NEAREST)
    noise = Image.effect_noise(picture.size, 20)
    noisy = Image.blend(picture, Image.merge("RGB", [noise] * 3), 0.1)
    if mode in ("RGBA", "LA"):
        noisy.putalpha(Image.linear_gradient("L").resize(picture.size))
    return noisy.convert(mode)


def seen(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(Image.fromarray(pixels).resize((WIDTH, HEIGHT)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF", "AVIF", "JPEG2000"])
def test_photo_is_the_same_at_a_smaller_size(kind: str) -> None:
    photo = read_reduced(saved(large(), kind), WIDTH * HEIGHT)
    assert photo.pixels.size <= WIDTH * HEIGHT * 3
    assert photo.size == (WIDTH * 10, HEIGHT * 10)
    if kind != "JPEG":  # JPEG decodes only at certain sizes
        assert photo.scale == (10, 10)
    assert is_marked(seen(photo.pixels))


def test_small_photo_is_read_at_full_size() -> None:
    content = saved(marked(), "PNG")
    photo = read_reduced(content, WIDTH * HEIGHT)
    assert photo.scale == (1, 1)
    np.testing.assert_array_equal(photo.pixels, read_photo(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    ("orientation", "turn"), [(6, Image.Transpose.ROTATE_90), (3, Image.Transpose.ROTATE_180)]
)
def test_size_of_the_original_is_upright(
    kind: str, orientation: int, turn: Image.Transpose
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = large().transpose(turn)
    photo = read_reduced(saved(stored, kind, exif=exif), WIDTH * HEIGHT)
    assert photo.size == (WIDTH * 10, HEIGHT * 10)
    assert is_marked(seen(photo.pixels))


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA"])
def test_png_in_strips_equals_png_at_once(
    mode: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = saved(large(mode), "PNG")
    most = WIDTH * HEIGHT * 100 // times**2
    whole = read_reduced(content, most).pixels
    in_strips(monkeypatch)
    np.testing.assert_array_equal(read_reduced(content, most).pixels, whole)


def test_png_in_strips_with_a_transparent_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(marked(), "PNG", transparency=(250, 10, 10))
    whole = read_photo(content)
    assert (whole[5, 5] == 255).all()
    in_strips(monkeypatch)
    np.testing.assert_array_equal(read_reduced(content).pixels, whole)


@pytest.mark.parametrize(("colour", "samples"), [(2, 3), (6, 4)])
def test_sixteen_bit_png_in_strips(
    colour: int, samples: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(1)
    values = chance.integers(0, 65536, (40, 30, samples))
    values[..., 3:] = 65535
    in_strips(monkeypatch)
    photo = read_reduced(sixteen_bits(values, colour)).pixels
    np.testing.assert_array_equal(photo, (values[..., :3] >> 8).astype(np.uint8))


@pytest.mark.parametrize("cut", [60, 2000, -30])
def test_damaged_png_in_strips(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    in_strips(monkeypatch)
    with pytest.raises(PhotoError, match="is damaged"):
        read_reduced(saved(large(), "PNG")[:cut])


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("WEBP", {}),
        ("AVIF", {}),
        ("TIFF", {}),
        ("BMP", {}),
        ("JPEG2000", {}),
        ("JPEG", {"progressive": True}),
    ],
)
def test_photos_that_take_too_much_memory_are_rejected_before_decoding(
    kind: str, options: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = saved(large(), kind, **options)
    monkeypatch.setattr(photo_decoder, "MAX_MEMORY", WIDTH * HEIGHT * 100 * 2)
    with pytest.raises(PhotoError, match="takes too much memory"):
        read_reduced(content, WIDTH * HEIGHT)


def test_memory_limit_depends_on_the_bit_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    deep, flat = (saved(Image.new(mode, (200, 200)), "TIFF") for mode in ("F", "L"))
    monkeypatch.setattr(photo_decoder, "_BYTES_A_PIXEL", {})
    monkeypatch.setattr(photo_decoder, "MAX_MEMORY", 100_000)
    assert read_reduced(flat).pixels.shape == (200, 200, 3)
    with pytest.raises(PhotoError, match="takes too much memory"):
        read_reduced(deep)


def test_jpeg_is_decoded_at_a_smaller_size(monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(large(), "JPEG")
    monkeypatch.setattr(photo_decoder, "MAX_MEMORY", WIDTH * HEIGHT * 100)
    assert is_marked(seen(read_reduced(content, WIDTH * HEIGHT).pixels))
    with pytest.raises(PhotoError, match="takes too much memory"):
        read_reduced(content, WIDTH * HEIGHT * 100)


def test_jpeg_of_several_scans_needs_memory_like_a_progressive_one() -> None:
    content = bytearray(saved(large(), "JPEG"))
    for layers, needs in ((3, False), (1, True)):
        content[content.index(b"\xff\xda") + 4] = layers
        with Image.open(io.BytesIO(content)) as picture:
            assert isinstance(picture, JpegImageFile)
            at_once = picture.width * picture.height // 4 * 4
            assert (jpeg.drafted(picture, 2) > at_once) == needs


@pytest.mark.parametrize("size", [(70_000, 1), (1, 70_000)])
def test_too_long_sides_are_rejected(size: tuple[int, int]) -> None:
    with pytest.raises(PhotoError, match="a side of more than 65,535 pixels"):
        read_photo(saved(Image.new("L", size), "PNG"))


def test_nan_pixels_are_black() -> None:
    values = np.full((4, 4), np.nan, np.float32)
    values[0] = 1000
    photo = read_photo(saved(Image.fromarray(values), "TIFF"))
    assert photo[0, 0].tolist() == [249, 249, 249]
    assert photo[1, 0].tolist() == [0, 0, 0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such pipes")
def test_pipe_without_a_writer_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "photo.jpg")
    with pytest.raises(PhotoError, match="not a regular file"):
        read_photo(tmp_path / "photo.jpg")


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no such pipes")
def test_pipe_of_the_shell_is_read() -> None:
    reader, writer = os.pipe()

    def write() -> None:
        with os.fdopen(writer, "wb") as file:
            file.write(saved(marked(), "PNG"))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert is_marked(read_photo(f"/dev/fd/{reader}"))
    finally:
        os.close(reader)
        thread.join()


def in_strips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the reader decode even small PNGs in strips, if possible, and with small strips."""
    monkeypatch.setattr(photo_decoder, "PNG_AT_ONCE", 1)
    monkeypatch.setattr(photo_decoder, "MAX_MEMORY", 1)
    monkeypatch.setattr("musicalface.face.decode_in_strips._PIXELS", 3000)


def sixteen_bits(values: NDArray[np.int64], colour: int) -> bytes:
    """A 16-bit PNG that uses all five row filters; Pillow can't write one."""
    height, width, samples = values.shape
    rows = values.astype(">u2").view(np.uint8).reshape(height, -1).astype(int)
    pixel, above, content = samples * 2, np.zeros(rows.shape[1], int), b""
    for number, row in enumerate(rows):
        left, corner = (np.concatenate([np.zeros(pixel, int), r[:-pixel]]) for r in (row, above))
        predictions = [0 * row, left, above, (left + above) // 2, _paeth(left, above, corner)]
        kind = number % 5
        content += bytes([kind]) + ((row - predictions[kind]) % 256).astype(np.uint8).tobytes()
        above = row
    header = struct.pack(">IIBBBBB", width, height, 16, colour, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(content)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _paeth(
    left: NDArray[np.int64], above: NDArray[np.int64], corner: NDArray[np.int64]
) -> NDArray[np.int64]:
    guess = left + above - corner
    far = [abs(guess - each) for each in (left, above, corner)]
    rest = np.where(far[1] <= far[2], above, corner)
    return np.where((far[0] <= far[1]) & (far[0] <= far[2]), left, rest)
