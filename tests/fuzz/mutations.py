"""Hypothesis strategies that damage seeds."""

import re

from hypothesis import strategies as st

MOST = 2_000_000
"""Maximum bytes of an input; `make soak` tests larger ones."""

_VALUES = [
    *(b"0", b"-1", b"1e308", b"1e999", b"-1e999", b"NaN", b"9" * 400, b"9" * 5000),
    *(
        b"null",
        b"true",
        b"[]",
        b"{}",
        b'""',
        b'"\\ud800"',
        b"[" * 2000,
        b'"' + b"x" * 70_000 + b'"',
    ),
]
_BYTES = [b"\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"\r\n", b'"', b",", b"\xed\xa0\x80"]
_A_VALUE = re.compile(rb'-?\d[\d.e+-]*|"[^"]*"|true|false|null')
_edit = st.tuples(
    st.sampled_from(("overwrite", "insert", "delete", "cut", "repeat")),
    st.floats(0, 1),
    st.one_of(st.binary(max_size=40), st.sampled_from(_BYTES)),
    st.integers(1, 64),
)


def inputs(seeds: list[bytes]) -> st.SearchStrategy[bytes]:
    """Seeds with edits, seeds with other values, two seeds joined, and random bytes."""
    seed = st.sampled_from(seeds)
    edited = st.builds(_edited, seed, st.lists(_edit, max_size=4))
    revalued = st.builds(_revalued, seed, st.integers(0, 30), st.sampled_from(_VALUES))
    joined = st.builds(_joined, seed, seed, st.floats(0, 1), st.floats(0, 1))
    return st.one_of(edited, revalued, edited, revalued, joined, st.binary(max_size=500))


def _edited(content: bytes, edits: list[tuple[str, float, bytes, int]]) -> bytes:
    for kind, share, piece, count in edits:
        at = int(share * len(content))
        before, after = content[:at], content[at:]
        content = {
            "overwrite": before + piece + after[len(piece) :],
            "insert": before + piece + after,
            "delete": before + after[count:],
            "cut": before,
            "repeat": before + after[:count] * count + after,
        }[kind]
    return content[:MOST]


def _revalued(content: bytes, number: int, value: bytes) -> bytes:
    """Replaces one number, string or constant of JSON or csv by another value."""
    spans = [match.span() for match in _A_VALUE.finditer(content[:10_000])]
    if not spans:
        return content
    start, end = spans[number % len(spans)]
    return content[:start] + value + content[end:]


def _joined(first: bytes, second: bytes, until: float, since: float) -> bytes:
    return first[: int(until * len(first))] + second[int(since * len(second)) :]
