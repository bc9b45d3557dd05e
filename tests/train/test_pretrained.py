"""A network with weights from a TensorFlow.js graph model computes the same output."""

import json
from pathlib import Path

import numpy as np
import pytest

from musicalface.errors import ModelError
from tests.train.graphs import GraphWriter, evaluated, mobilenet

torch = pytest.importorskip("torch")

from musicalface.train.networks.argus import SIDE, Argus  # noqa: E402
from musicalface.train.networks.mobilenet import LAYERS, MobileNet, read_folded  # noqa: E402
from musicalface.train.tfjs import read_graph  # noqa: E402


@pytest.fixture
def small() -> GraphWriter:
    graph = GraphWriter()
    graph.convolution(
        "conv", graph.node("Placeholder", "input"), np.ones((3, 3, 3, 2), "f4"), 2, False
    )
    return graph


KINDS = ("Placeholder", "Conv2D", "Add", "Relu", "Minimum", "Maximum")


@pytest.mark.parametrize("side", [32, 40, 96])
def test_network_output_equals_the_graphs(tmp_path: Path, side: int) -> None:
    graph = mobilenet(LAYERS)
    folded = read_folded(graph.write(tmp_path / "faceres.json"))
    torch.manual_seed(1)
    faces = torch.randn(3, 1, side, side) * 60
    network = MobileNet()
    network.load_folded(folded, torch.randn(16, 1, 64, 64) * 60)
    with torch.no_grad():
        features = network.eval()(faces).numpy()
    rgb = faces.numpy().transpose(0, 2, 3, 1).repeat(3, axis=-1)
    expected = evaluated(graph, rgb)
    assert expected.max() > 0.1
    np.testing.assert_allclose(features, expected, atol=1e-3)


def test_norms_start_with_the_faces_statistics(tmp_path: Path) -> None:
    folded = read_folded(mobilenet(LAYERS).write(tmp_path / "faceres.json"))
    torch.manual_seed(1)
    faces = torch.randn(16, 1, 64, 64) * 60
    network = MobileNet()
    network.load_folded(folded, faces)
    with torch.no_grad():
        inferred = network.eval()(faces)
        trained = network.train()(faces)
    torch.testing.assert_close(trained, inferred, atol=1e-2, rtol=1e-2)


def test_camera_head_is_the_mean_of_people_and_web() -> None:
    torch.manual_seed(1)
    network, faces = Argus().eval(), torch.rand(3, 1, SIDE, SIDE) * 255
    with torch.no_grad():
        before = network(faces)
        network.add_camera_head()
        after = network(faces)
    assert before.shape == (3, 3, 7)
    torch.testing.assert_close(after[:, :3], before)
    torch.testing.assert_close(after[:, 3], before[:, 1:].mean(1))


def test_brightness_and_contrast_are_normalised() -> None:
    faces = torch.rand(3, 1, SIDE, SIDE) * 200
    network = Argus().eval()
    with torch.no_grad():
        seen = network.normal(faces)
        torch.testing.assert_close(network.normal(faces + 40), seen, atol=1e-3, rtol=1e-3)
        assert (network.normal(faces * 0.5) - seen).abs().mean() < 0.2 * seen.abs().mean()


def test_quantized_weights_are_dequantized(tmp_path: Path, small: GraphWriter) -> None:
    stored = np.array([[0, 1], [2, 255]], np.uint8)
    small.weight("bytes", stored)
    small.quantised["bytes"] = {
        "dtype": "float32",
        "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1.0},
    }
    small.weight("halves", np.array([0.5, -2], np.float16))
    small.quantised["halves"] = {"dtype": "float32", "quantization": {"dtype": "float16"}}
    weights = read_graph(small.write(tmp_path / "g.json"), KINDS).weights
    np.testing.assert_array_equal(weights["bytes"], stored * 0.5 - 1)
    np.testing.assert_array_equal(weights["halves"], [0.5, -2])
    assert weights["bytes"].dtype == weights["halves"].dtype == np.float32


def test_truncated_weights(tmp_path: Path, small: GraphWriter) -> None:
    path = small.write(tmp_path / "g.json")
    shard = path.with_suffix(".bin")
    whole = shard.read_bytes()
    shard.write_bytes(whole[:100])
    with pytest.raises(ModelError, match=r"g\.json: the weights conv/kernel are truncated"):
        read_graph(path, KINDS)
    shard.write_bytes(whole + b"more")
    with pytest.raises(ModelError, match="but its shards have"):
        read_graph(path, KINDS)
    shard.unlink()
    with pytest.raises(ModelError, match=r"g\.bin doesn't exist"):
        read_graph(path, KINDS)


def test_an_unknown_operation_is_named(tmp_path: Path, small: GraphWriter) -> None:
    small.node("Erf", "odd", "conv")
    with pytest.raises(ModelError, match=r"the operation Erf \(odd\) isn't supported"):
        read_graph(small.write(tmp_path / "g.json"), KINDS)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"modelTopology": {}}', '{"weightsManifest": 3, "modelTopology": 4}']
)
def test_invalid_graph_model(tmp_path: Path, text: str) -> None:
    path = tmp_path / "g.json"
    path.write_text(text)
    with pytest.raises(ModelError, match="isn't a TensorFlow"):
        read_graph(path, KINDS)


def test_shard_outside_the_folder_is_rejected(tmp_path: Path, small: GraphWriter) -> None:
    path = small.write(tmp_path / "g.json")
    model = json.loads(path.read_text())
    model["weightsManifest"][0]["paths"] = ["../g.bin"]
    path.write_text(json.dumps(model))
    with pytest.raises(ModelError, match="isn't a TensorFlow"):
        read_graph(path, KINDS)


def test_another_network_is_rejected(tmp_path: Path, small: GraphWriter) -> None:
    with pytest.raises(ModelError, match="isn't MobileNetV1"):
        read_folded(small.write(tmp_path / "g.json"))
    narrow = mobilenet([(8, 2), *LAYERS[1:]])
    with pytest.raises(ModelError, match="isn't MobileNetV1"):
        read_folded(narrow.write(tmp_path / "narrow.json"))
