"""The LSTM layer of Keras, 2018: piecewise-linear gates, and no mask over the padding.

One call runs several networks at once, each with its own weights and songs: a leading axis
K. Songs are padded in front and there is no mask, so every song of a network goes through
the same states until its first word. They are computed once, in an extra last row.
"""

from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

Gates = Literal["hard_sigmoid", "logistic"]
SLOPE, MIDDLE = 0.2, 0.5
"""hard_sigmoid(x) is SLOPE * x + MIDDLE, limited to 0..1."""


class Batch(NamedTuple):
    """Word numbers of N songs of K networks, without what all songs share.

    `words` (K, M) has the words of step 1, then of step 2, and so on: at each step first
    the songs that have begun, then one 0. `begun` has the number of songs per step.
    """

    words: Tensor
    begun: list[int]


def pack(words: Tensor) -> tuple[Batch, Tensor]:
    """The batch of word numbers (K, N, T), padded with 0 in front, and its order (K, N).

    The order has the song of each row of the layer's output.
    """
    steps = words.shape[2]
    padding = (words == 0).long().cumprod(2).sum(2).clamp(max=steps - 1)
    first, order = padding.sort(dim=1, stable=True)
    by_row = words.gather(1, order[..., None].expand_as(words))
    begun = [int((first <= step).sum(1).max()) for step in range(steps)]
    padded = functional.pad(by_row, (0, 0, 0, 1))
    flat = [
        torch.cat([padded[:, :count, step], padded[:, -1:, step]], 1)
        for step, count in enumerate(begun)
    ]
    return Batch(torch.cat(flat, 1), begun), order


def last_states(table: Tensor, recurrent: Tensor, batch: Batch, gates: Gates) -> Tensor:
    """The states (K, N, H) after the last word, by row of the batch.

    `table` (K, V, 4H) has the input of the four gates for each word, bias included, in the
    order of torch (input, forget, cell, output); `recurrent` is (K, 4H, H).
    """
    networks, words, width = table.shape
    offsets = torch.arange(networks)[:, None] * words
    inputs = functional.embedding(batch.words + offsets, table.reshape(-1, width))
    states: Tensor = _Recurrence.apply(inputs, recurrent, batch.begun, gates)  # type: ignore[no-untyped-call]
    return states[:, :-1]


class _Recurrence(torch.autograd.Function):
    """All steps with their gradients; a tenth of the time of autograd's own."""

    @staticmethod
    def forward(
        ctx: Any, inputs: Tensor, recurrent: Tensor, begun: list[int], gates: Gates
    ) -> Tensor:
        networks, _, width = inputs.shape
        size = width // 4
        turned = recurrent.transpose(1, 2).contiguous()
        state = cell = inputs.new_zeros(networks, 1, size)
        saved = []
        for now in torch.split(inputs, [count + 1 for count in begun], 1):
            state, cell = _grow(state, now.shape[1]), _grow(cell, now.shape[1])
            active = torch.baddbmm(now, state, turned)
            _activate(active, size, gates)
            enter, forget, new, leave = torch.split(active, size, 2)
            next_cell = torch.addcmul(forget * cell, enter, new)
            squashed = next_cell.tanh()
            saved.append((state, cell, active, squashed))
            state, cell = leave * squashed, next_cell
        ctx.steps, ctx.gates, ctx.recurrent = saved, gates, recurrent
        return state

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, None, None]:
        (d_state,) = gradients
        size, d_cell = d_state.shape[2], torch.zeros_like(d_state)
        d_inputs, before = [], []
        for state, cell, active, squashed in reversed(ctx.steps):
            d_state, d_cell = _shrink(d_state, active.shape[1]), _shrink(d_cell, active.shape[1])
            enter, forget, new, leave = torch.split(active, size, 2)
            d_cell = torch.addcmul(d_cell, d_state * leave, 1 - squashed * squashed)
            d_active = torch.cat(
                [d_cell * new, d_cell * cell, d_cell * enter, d_state * squashed], 2
            )
            d_active *= _slopes(active, size, ctx.gates)
            d_cell, d_state = d_cell * forget, torch.bmm(d_active, ctx.recurrent)
            d_inputs.append(d_active)
            before.append(state)
        d_all = torch.cat(d_inputs[::-1], 1)
        d_recurrent = torch.bmm(d_all.transpose(1, 2), torch.cat(before[::-1], 1))
        return d_all, d_recurrent, None, None


def _grow(rows: Tensor, count: int) -> Tensor:
    """Songs begin: their state is that of the last row, the padding alone."""
    missing = count - rows.shape[1]
    if not missing:
        return rows
    return torch.cat([rows[:, :-1], rows[:, -1:].expand(-1, missing + 1, -1)], 1)


def _shrink(gradient: Tensor, count: int) -> Tensor:
    """The reverse of `_grow`: the songs' gradients reach the row that they came from."""
    if gradient.shape[1] == count:
        return gradient
    return torch.cat([gradient[:, : count - 1], gradient[:, count - 1 :].sum(1, keepdim=True)], 1)


def _activate(active: Tensor, size: int, gates: Gates) -> None:
    for part in (active[..., : 2 * size], active[..., 3 * size :]):
        if gates == "logistic":
            part.sigmoid_()
        else:
            part.mul_(SLOPE).add_(MIDDLE).clamp_(0, 1)
    active[..., 2 * size : 3 * size].tanh_()


def _slopes(active: Tensor, size: int, gates: Gates) -> Tensor:
    linear = (active > 0) & (active < 1)
    slopes = active * (1 - active) if gates == "logistic" else linear * SLOPE
    new = active[..., 2 * size : 3 * size]
    slopes[..., 2 * size : 3 * size] = 1 - new * new
    return slopes
