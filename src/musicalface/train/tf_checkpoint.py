"""Reads TensorFlow checkpoints without TensorFlow.

A checkpoint is two files. The index is a table of LevelDB's format (blocks of
prefix-compressed keys and values, found by a footer) whose values are protobuf messages:
dtype, shape, offset and size of each variable in the data file. Only what a plain
float32 checkpoint of one shard has is read.
"""

from collections.abc import Iterator
from math import prod

import numpy as np
from numpy.typing import NDArray

from ..errors import DataError

_MAGIC = (0xDB4775248B80FB57).to_bytes(8, "little")
_FOOTER = 48
_FLOAT32 = 1


def read_checkpoint(index: bytes, data: bytes) -> dict[str, NDArray[np.float32]]:
    """Each float32 variable by its name. Raises DataError for anything that is no checkpoint."""
    try:
        return dict(_variables(index, data))
    except (IndexError, ValueError, UnicodeDecodeError) as error:
        raise DataError(f"This is not a TensorFlow checkpoint ({error}).") from None


def _variables(index: bytes, data: bytes) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for key, value in _table(index):
        if not key:
            continue  # the header: number of shards, byte order
        fields = _message(value)
        if _number(fields, 1) != _FLOAT32:
            continue
        shape = [_number(_message(size), 1) for size in _parts(_message(_part(fields, 2)), 2)]
        start, length = _number(fields, 4), _number(fields, 5)
        if length != 4 * prod(shape) or start + length > len(data):
            raise ValueError(f"the size of {key.decode()} does not fit")
        values = np.frombuffer(data, "<f4", prod(shape), start)
        yield key.decode(), values.reshape(shape).astype(np.float32)


def _table(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    footer = content[-_FOOTER:]
    if len(footer) < _FOOTER or not footer.endswith(_MAGIC):
        raise ValueError("its footer is missing")
    _, at = _handle(footer, 0)
    index, _ = _handle(footer, at)
    for _, value in _entries(_block(content, index)):
        handle, _ = _handle(value, 0)
        yield from _entries(_block(content, handle))


def _handle(content: bytes, at: int) -> tuple[tuple[int, int], int]:
    """Offset and size of a block, and where the next handle starts."""
    offset, at = _varint(content, at)
    size, at = _varint(content, at)
    return (offset, size), at


def _block(content: bytes, handle: tuple[int, int]) -> bytes:
    offset, size = handle
    if content[offset + size] != 0:
        raise ValueError("its blocks are compressed")
    return content[offset : offset + size]


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    restarts = int.from_bytes(block[-4:], "little")
    end, at, key = len(block) - 4 - 4 * restarts, 0, b""
    while at < end:
        shared, at = _varint(block, at)
        rest, at = _varint(block, at)
        size, at = _varint(block, at)
        key = key[:shared] + block[at : at + rest]
        at += rest
        yield key, block[at : at + size]
        at += size


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _message(content: bytes) -> list[tuple[int, int | bytes]]:
    """A protobuf message as (field, value) pairs."""
    fields: list[tuple[int, int | bytes]] = []
    at = 0
    while at < len(content):
        tag, at = _varint(content, at)
        number, kind = tag >> 3, tag & 7
        if kind == 0:
            value, at = _varint(content, at)
            fields.append((number, value))
            continue
        if kind not in (1, 2, 5):
            raise ValueError(f"a field of kind {kind}")
        size, at = _varint(content, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
        fields.append((number, content[at : at + size]))
        at += size
    return fields


def _number(fields: list[tuple[int, int | bytes]], wanted: int) -> int:
    return next((v for n, v in fields if n == wanted and isinstance(v, int)), 0)


def _part(fields: list[tuple[int, int | bytes]], wanted: int) -> bytes:
    return next(iter(_parts(fields, wanted)), b"")


def _parts(fields: list[tuple[int, int | bytes]], wanted: int) -> list[bytes]:
    return [value for number, value in fields if number == wanted and isinstance(value, bytes)]
