"""Fuzzes with atheris: python -m tests.fuzz [--seconds N] [TARGET ...]. See docs/reliability.md."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

_MOST_MEMORY, _LONGEST, _LARGEST = 2048, 30, 1_000_000  # MB, seconds and bytes of one input
_FOUND = Path("build/fuzz")


def _main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="per target (default: 60)")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("targets", nargs="*", help="target names (default: all)")
    options, rest = parser.parse_known_args()
    if options.one:
        return _fuzz(options.one, [*rest, *options.targets])
    from .targets import TARGETS

    unknown = set(options.targets) - set(TARGETS)
    if unknown:
        parser.error(f"unknown target {', '.join(unknown)}; choose from {', '.join(TARGETS)}")
    failed = [name for name in options.targets or TARGETS if not _passes(name, options.seconds)]
    print(f"Failed: {', '.join(failed)} (inputs in {_FOUND})" if failed else "All targets passed.")
    return bool(failed)


def _passes(name: str, seconds: int) -> bool:
    """Fuzzes one target in a subprocess, because a native crash ends the process."""
    from .targets import TARGETS

    _FOUND.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(TARGETS[name].seeds()):
            (Path(corpus) / str(number)).write_bytes(seed)
        options = {
            "max_total_time": seconds,
            "rss_limit_mb": _MOST_MEMORY,
            "timeout": _LONGEST,
            "max_len": _LARGEST,
            "artifact_prefix": f"{_FOUND}/{name}-",
            "print_final_stats": 1,
        }
        line = [sys.executable, "-m", "tests.fuzz", "--one", name]
        line += [f"-{option}={value}" for option, value in options.items()]
        done = subprocess.run([*line, corpus], capture_output=True, text=True, errors="replace")
    executed = [part for part in done.stderr.splitlines() if "number_of_executed_units" in part]
    count = executed[-1].split()[-1] if executed else "?"
    print(f"{name}: {count} inputs, {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-3000:], flush=True)
    return done.returncode == 0


def _fuzz(name: str, options: list[str]) -> int:
    import atheris

    with atheris.instrument_imports(include=["musicalface", "tinytag", "PIL", "h11"]):
        from .target import check
        from .targets import TARGETS

    target = TARGETS[name]
    atheris.Setup([sys.argv[0], *options], lambda content: check(target, content))
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(_main())
