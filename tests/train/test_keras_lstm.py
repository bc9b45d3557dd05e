"""The LSTM layer of Keras, 2018, against torch's own layer and a plain loop."""

from typing import Any

import pytest

torch = pytest.importorskip("torch")

from musicalface.train.networks.keras_lstm import Gates, last_states, pack  # noqa: E402
from musicalface.train.networks.lstm2018 import LSTM2018  # noqa: E402

STEPS, WORDS = 12, 30


def songs(count: int) -> Any:
    """Word numbers (count, STEPS), padded in front; one song is empty, one is full."""
    generator = torch.Generator().manual_seed(3)
    words = torch.randint(1, WORDS, (count, STEPS), generator=generator)
    lengths = torch.tensor([0, STEPS, *range(1, count - 1)])
    return words * (torch.arange(STEPS) >= STEPS - lengths[:, None])


def by_song(states: Any, order: Any) -> Any:
    return torch.empty_like(states).scatter(1, order[..., None].expand_as(states), states)


def test_logistic_gates_equal_the_layer_of_torch() -> None:
    """The states of several networks at once, and all gradients."""
    torch.manual_seed(1)
    layers = [torch.nn.LSTM(5, 4, batch_first=True).double() for _ in range(3)]
    embedding = torch.nn.Embedding(WORDS, 5).double()
    words = torch.stack([songs(7), songs(7).flip(0), songs(7)])
    expected = torch.stack(
        [layer(embedding(own))[0][:, -1] for layer, own in zip(layers, words, strict=True)]
    )
    weights = [embedding.weight, *(weight for layer in layers for weight in layer.parameters())]
    gradients = torch.autograd.grad(expected.square().sum(), weights)
    table = torch.stack(
        [embedding.weight @ own.weight_ih_l0.T + own.bias_ih_l0 + own.bias_hh_l0 for own in layers]
    )
    recurrent = torch.stack([layer.weight_hh_l0 for layer in layers])
    batch, order = pack(words)
    found = by_song(last_states(table, recurrent, batch, "logistic"), order)
    torch.testing.assert_close(found, expected)
    torch.testing.assert_close(torch.autograd.grad(found.square().sum(), weights), gradients)


@pytest.mark.parametrize("gates", ["hard_sigmoid", "logistic"])
def test_gradients_are_those_of_finite_differences(gates: Gates) -> None:
    torch.manual_seed(1)
    table = torch.randn(1, WORDS, 12, dtype=torch.float64, requires_grad=True)
    recurrent = torch.randn(1, 12, 3, dtype=torch.float64, requires_grad=True)
    batch, _ = pack(songs(4)[None])
    assert torch.autograd.gradcheck(
        lambda table, recurrent: last_states(table, recurrent, batch, gates), (table, recurrent)
    )


def test_hard_gates_equal_a_plain_loop() -> None:
    torch.manual_seed(1)
    network = LSTM2018("hard_sigmoid").eval()
    with torch.no_grad():
        for weight in network.parameters():
            weight.mul_(3)  # so that some gates reach 0 and 1
    words = songs(6)
    state = cell = torch.zeros(6, 32)
    inputs, recurrent, bias, _ = network.lstm.parameters()
    for step in range(STEPS):
        gates = network.embedding(words[:, step]) @ inputs.T + bias + state @ recurrent.T
        enter, forget, new, leave = gates.chunk(4, 1)
        hard = [(0.2 * gate + 0.5).clamp(0, 1) for gate in (enter, forget, leave)]
        cell = hard[1] * cell + hard[0] * new.tanh()
        state = hard[2] * cell.tanh()
    expected = network.classifier(network.widen(state).relu())
    torch.testing.assert_close(network(words), expected, atol=1e-5, rtol=1e-5)
