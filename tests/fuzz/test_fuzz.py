"""Runs every reader on damaged inputs: a value or a MusicalFaceError, in bounded memory."""

import os
import resource
import sys

import pytest
from hypothesis import HealthCheck, given, settings

from .mutations import inputs
from .target import check
from .targets import TARGETS

EXAMPLES = int(os.environ.get("MUSICALFACE_FUZZ_EXAMPLES", "60"))
_SLOW = {
    "model-onnx": 12,
    "catalog-build": 20,
    "spotify-answers": 30,
    "spotify-memory": 20,
    "history-sqlite": 20,
    "library-sqlite": 20,
}
"""Number of examples for targets that load a model or wait for the disk."""

_MOST_MEMORY = 400_000_000  # bytes above the peak before the target


@pytest.mark.filterwarnings("ignore")  # decoders warn about damaged files
@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_give_a_value_or_an_error(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICALFACE_HOME", "")  # `check` sets both; monkeypatch restores them
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "")
    target = TARGETS[name]
    if name == "songs-parquet":
        pytest.importorskip("pyarrow")
    if name == "video":
        pytest.importorskip("cv2")
    seeds = target.seeds()
    for seed in seeds:
        check(target, seed)
    before = _peak_memory()

    @settings(
        max_examples=min(EXAMPLES, _SLOW.get(name, EXAMPLES)),
        deadline=None,  # the machine may be busy
        derandomize=bool(os.environ.get("CI")),
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(seeds))
    def check_damaged(content: bytes) -> None:
        check(target, content)

    check_damaged()
    assert _peak_memory() - before < _MOST_MEMORY


@given(inputs([b"a seed", b"another"]))
@settings(max_examples=20, deadline=None)
def test_damage_is_bytes(content: bytes) -> None:
    assert isinstance(content, bytes)


def _peak_memory() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
