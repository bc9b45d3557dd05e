from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from torch import nn  # noqa: E402

from musicalface.models.onnx_session import open_session  # noqa: E402
from musicalface.train.networks.cnn2018 import CNN2018  # noqa: E402
from musicalface.train.networks.compact import Compact  # noqa: E402
from musicalface.train.networks.janus import Janus  # noqa: E402
from musicalface.train.networks.lstm2018 import LENGTH, LSTM2018  # noqa: E402
from musicalface.train.onnx_export import export_onnx, fold_temperatures  # noqa: E402


def layers(network: nn.Module) -> list[str]:
    return [type(part).__name__ for part in network.modules() if not list(part.children())]


def parameters(network: nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())


def test_cnn2018_architecture() -> None:
    network = CNN2018()
    block = ["Conv2d", "BatchNorm2d", "MaxPool2d", "Tanh", "Dropout"]
    dense = ["Linear", "BatchNorm1d", "ReLU", "Dropout"]
    assert layers(network) == block * 4 + ["Flatten"] + dense * 2 + ["Linear"]
    convolutions = [m for m in network.modules() if isinstance(m, nn.Conv2d)]
    assert [(c.out_channels, c.kernel_size[0], c.padding) for c in convolutions] == [
        (64, 3, "same"),
        (128, 5, "valid"),
        (512, 3, "same"),
        (512, 3, "same"),
    ]
    dropouts = [m.p for m in network.modules() if isinstance(m, nn.Dropout)]
    assert dropouts == [0.25, 0.25, 0.5, 0.1, 0.5, 0.5]
    assert parameters(network) == 3_819_399


def test_compact_network_ignores_brightness_and_contrast() -> None:
    torch.manual_seed(1)
    network = Compact().eval()
    faces = torch.randint(60, 190, (4, 1, 48, 48)).float()
    with torch.no_grad():
        logits, brighter = network(faces), network(faces * 1.2 + 20)
    assert logits.shape == (4, 7)
    assert torch.allclose(logits, brighter, atol=0.2 * logits.abs().max().item())
    assert parameters(network) < 2_700_000


def test_tanh_and_pooling_commute() -> None:
    x = torch.randn(2, 3, 8, 8)
    pool = nn.MaxPool2d(2)
    assert torch.equal(pool(torch.tanh(x)), torch.tanh(pool(x)))


def test_lstm2018_architecture() -> None:
    network = LSTM2018()
    assert layers(network) == ["Embedding", "LSTM", "Linear", "Dropout", "Linear"]
    assert network.embedding.weight.shape == (550, 50)
    assert network.lstm.hidden_size == 32
    assert network.widen.out_features == 256
    assert network.dropout.p == 0.2
    # Keras has one bias in the LSTM; torch has two, of which one stays zero.
    trained = sum(p.numel() for p in network.parameters() if p.requires_grad)
    assert trained == 550 * 50 + 4 * 32 * (50 + 32 + 1) + 33 * 256 + 257 * 4


@pytest.mark.parametrize("bits", [8, 32])
def test_exported_model_matches_the_network(tmp_path: Path, bits: int) -> None:
    torch.manual_seed(1)
    network = CNN2018().eval()
    path = tmp_path / "cnn.onnx"
    export_onnx(
        network,
        torch.zeros(2, 1, 48, 48),
        path,
        shape=("n", 1, 48, 48),
        metadata={"a": "b"},
        bits=bits,
    )
    faces = np.random.default_rng(1).integers(0, 256, (5, 1, 48, 48)).astype(np.float32)
    session = open_session(path)
    with torch.no_grad():
        expected = network(torch.from_numpy(faces)).numpy()
    np.testing.assert_allclose(
        session.run(None, {"batch": faces})[0], expected, atol=1e-4 if bits == 32 else 0.05
    )
    assert session.get_modelmeta().custom_metadata_map == {"a": "b"}
    assert path.stat().st_size < (4_000_000 if bits == 8 else 16_000_000)


def test_onnx_export_of_lstm2018(tmp_path: Path) -> None:
    """Two exports are the same bytes, and the file computes what the network does."""
    torch.manual_seed(1)
    network = LSTM2018().eval()
    for name in ("one", "two"):
        example = torch.zeros(2, LENGTH, dtype=torch.int64)
        export_onnx(
            network,
            example,
            tmp_path / name,
            shape=("n", LENGTH),
            metadata={"vocabulary": "a\nb"},
            bits=32,
        )
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    words = torch.randint(1, 550, (3, LENGTH))
    words[0, :250] = 0
    with torch.no_grad():
        expected = network(words).numpy()
    found = open_session(tmp_path / "one").run(None, {"batch": words.numpy()})[0]
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_folded_temperature_divides_the_logits() -> None:
    layer = nn.Linear(3, 2)
    x = torch.randn(4, 3)
    before = layer(x).detach()
    fold_temperatures(layer, [2.5])
    assert torch.allclose(layer(x), before / 2.5, atol=1e-6)


def test_each_head_has_its_own_temperature() -> None:
    layer = nn.Linear(3, 6)
    x = torch.randn(4, 3)
    before = layer(x).detach()
    fold_temperatures(layer, [2.0, 0.5])
    assert torch.allclose(layer(x)[:, :3], before[:, :3] / 2, atol=1e-6)
    assert torch.allclose(layer(x)[:, 3:], before[:, 3:] * 2, atol=1e-6)


@pytest.mark.parametrize("side", [40, 48])
def test_two_heads_at_each_side(side: int) -> None:
    network = Janus().eval()
    with torch.no_grad():
        assert network(torch.randint(0, 256, (3, 1, side, side))).shape == (3, 2, 7)
    assert parameters(network) < 3_000_000
