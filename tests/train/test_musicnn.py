"""musicnn's checkpoint reader and networks, on made-up weights of the published shapes."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from musicalface.errors import DataError
from musicalface.train.tf_checkpoint import read_checkpoint

Weights = dict[str, NDArray[np.float32]]
MUSICNN = {
    "conv2d": (7, 38, 1, 204),
    "conv2d_1": (7, 67, 1, 204),
    "conv2d_2": (128, 1, 1, 51),
    "conv2d_3": (64, 1, 1, 51),
    "conv2d_4": (32, 1, 1, 51),
    "conv2d_5": (7, 561, 1, 64),
    "conv2d_6": (7, 64, 1, 64),
    "conv2d_7": (7, 64, 1, 64),
    "dense": (1506, 200),
}
VGG = {"1CNN": (3, 3, 1, 128)} | {f"{number}CNN": (3, 3, 128, 128) for number in range(2, 6)}
MUSICNN_NORMS = (1, 204, 204, 51, 51, 51, 64, 64, 64, 1506, 200)
VGG_NORMS = (1, 128, 128, 128, 128, 128)


def made_up(shapes: Mapping[str, tuple[int, ...]], norms: tuple[int, ...]) -> Weights:
    """Weights that keep values near 1, with batch normalisations of either sign."""
    rng = np.random.default_rng(1)
    weights: Weights = {}
    for name, shape in shapes.items():
        scale = 1 / np.sqrt(np.prod(shape[:-1]))
        weights[f"{name}/kernel"] = rng.normal(0, scale, shape).astype(np.float32)
        weights[f"{name}/bias"] = rng.normal(0, 0.1, shape[-1]).astype(np.float32)
    for number, size in enumerate(norms):
        name = "batch_normalization" + (f"_{number}" if number else "")
        weights[f"{name}/gamma"] = rng.normal(0, 1, size).astype(np.float32)
        weights[f"{name}/beta"] = rng.normal(0, 0.1, size).astype(np.float32)
        weights[f"{name}/moving_mean"] = rng.normal(0, 0.1, size).astype(np.float32)
        weights[f"{name}/moving_variance"] = rng.uniform(0.5, 2, size).astype(np.float32)
    return weights


def patches(count: int) -> NDArray[np.float32]:
    return np.random.default_rng(2).gamma(1, 1, (count, 187, 96)).astype(np.float32)


def test_the_graphs_compute_what_the_published_order_of_layers_does(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    import onnx

    from musicalface.models.onnx_session import open_session
    from musicalface.train.audio_backbone import features_of
    from musicalface.train.musicnn import add_musicnn, add_vgg
    from musicalface.train.musicnn_numpy import musicnn_features, vgg_features
    from musicalface.train.onnx_graph import Graph

    for add, forward, weights, columns in (
        (add_musicnn, musicnn_features, made_up(MUSICNN, MUSICNN_NORMS), 200),
        (add_vgg, vgg_features, made_up(VGG, VGG_NORMS), 256),
    ):
        graph = Graph()
        model = graph.model("batch", ["n", 187, 96], add(graph, "batch", weights), columns)
        onnx.checker.check_model(model)
        onnx.save(model, tmp_path / "a.onnx")
        found = features_of(open_session(tmp_path / "a.onnx", 1), patches(2))
        expected = forward(weights, patches(2))
        assert found.shape == (2, columns)
        assert np.abs(expected).max() > 0.1
        np.testing.assert_allclose(found, expected, atol=1e-4, rtol=1e-4)


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def field(number: int, content: bytes | int) -> bytes:
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


def block(entries: list[tuple[bytes, bytes]]) -> bytes:
    """Keys share what they start with, as in a LevelDB table."""
    content, last = b"", b""
    for key, value in entries:
        shared = next((i for i, (a, b) in enumerate(zip(key, last, strict=False)) if a != b), 0)
        rest = key[shared:]
        content += varint(shared) + varint(len(rest)) + varint(len(value)) + rest + value
        last = key
    return content + bytes(4) + (1).to_bytes(4, "little")


def checkpoint(variables: Weights, kind: int = 1) -> tuple[bytes, bytes]:
    """Index and data of a checkpoint."""
    data, entries = b"", [(b"", field(1, 1))]
    for name in sorted(variables):
        array = variables[name]
        shape = b"".join(field(2, field(1, size)) for size in array.shape)
        about = field(1, kind) + field(2, shape) + field(4, len(data)) + field(5, array.nbytes)
        entries.append((name.encode(), about))
        data += array.tobytes()
    rows = block(entries)
    handle = varint(0) + varint(len(rows))
    directory = block([(b"~", handle)])
    at = len(rows) + 5
    footer = varint(0) + varint(0) + varint(at) + varint(len(directory))
    magic = (0xDB4775248B80FB57).to_bytes(8, "little")
    trailer = b"\0" + bytes(4)
    return rows + trailer + directory + trailer + footer.ljust(40, b"\0") + magic, data


VARIABLES: Weights = {
    "conv/kernel": np.arange(6, dtype=np.float32).reshape(2, 3),
    "conv/bias": np.ones(200, np.float32),
    "scalar": np.full((), 7, np.float32),
}


def test_a_checkpoint_is_read() -> None:
    read = read_checkpoint(*checkpoint(VARIABLES))
    assert set(read) == set(VARIABLES)
    for name, values in VARIABLES.items():
        np.testing.assert_array_equal(read[name], values)


def test_variables_of_other_types_are_left_out() -> None:
    assert read_checkpoint(*checkpoint(VARIABLES, kind=9)) == {}


@pytest.mark.parametrize("cut", [0, 1, 40, 60])
def test_half_a_checkpoint_is_refused(cut: int) -> None:
    index, data = checkpoint(VARIABLES)
    with pytest.raises(DataError, match="not a TensorFlow checkpoint"):
        read_checkpoint(index[:cut], data)
    with pytest.raises(DataError, match="not a TensorFlow checkpoint"):
        read_checkpoint(index, data[:cut])


def test_any_damage_is_a_data_error_or_read() -> None:
    index, data = checkpoint(VARIABLES)
    rng = np.random.default_rng(1)
    for _ in range(300):
        damaged = bytearray(index)
        damaged[rng.integers(len(index))] = rng.integers(256)
        try:
            read_checkpoint(bytes(damaged), data)
        except DataError:
            continue


def test_weights_come_out_of_a_wheel(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from musicalface.train.musicnn import read_weights

    index, data = checkpoint(VARIABLES)
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as wheel:
        wheel.writestr("musicnn/MSD_vgg/.index", index)
        wheel.writestr("musicnn/MSD_vgg/.data-00000-of-00001", data)
    assert set(read_weights(tmp_path / "a.whl", "MSD_vgg")) == set(VARIABLES)
    with pytest.raises(DataError, match=r"isn't the wheel of musicnn 0\.1\.0"):
        read_weights(tmp_path / "a.whl", "MSD_musicnn")
