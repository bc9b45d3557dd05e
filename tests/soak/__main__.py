"""Run the soak tests: python -m tests.soak [--rounds N] [--seconds N] [PART ...]."""

import argparse
import sys
import tempfile
from pathlib import Path

from .kills import kills
from .measure import Row, markdown
from .memory import memory
from .sockets import sockets

_PARTS = ("kills", "sockets", "memory")


def _main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="kills per command (20)")
    parser.add_argument(
        "--seconds", type=int, default=60, help="duration of held connections and floods (60)"
    )
    parser.add_argument("parts", nargs="*", help=f"{', '.join(_PARTS)} (all)")
    options = parser.parse_args()
    if set(options.parts) - set(_PARTS):
        parser.error(f"unknown part; choose from {', '.join(_PARTS)}")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder, parts = Path(name), options.parts or _PARTS
        if "kills" in parts:
            rows += kills(folder, options.rounds)
        if "sockets" in parts:
            rows += sockets(folder, options.seconds)
        if "memory" in parts:
            rows += memory(folder, options.rounds)
    print(markdown(rows))
    return int(not all(row.is_held for row in rows))


if __name__ == "__main__":
    sys.exit(_main())
