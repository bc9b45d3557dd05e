from pathlib import Path

import pytest

from tests.audio.music import music
from tests.system_calls import needs_strace, traced


@needs_strace
@pytest.mark.parametrize("suffix", ["mp3", "m4a"])
def test_listening_asks_for_no_address_and_writes_nothing(
    suffix: str, tmp_path: Path, own_home: Path
) -> None:
    path = music(tmp_path / f"a.{suffix}")
    user = tmp_path / "user"
    user.mkdir()
    with traced(tmp_path / "trace", user, "audio", path) as (process, trace):
        _, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors
    assert trace.addresses == set()
    written = {name for name in trace.written if "__pycache__" not in name}
    assert {name for name in written if not name.startswith("/dev/")} == set()
    assert list(user.iterdir()) == []
