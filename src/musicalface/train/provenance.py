"""The source commit that trained a model."""

import subprocess
from pathlib import Path

from .. import __version__

_HERE = Path(__file__)


def source_commit() -> str:
    """The commit of this source, with "-dirty" if tracked files differ; else the version."""
    tracked = _git("ls-files", "--error-unmatch", _HERE.name)
    head = _git("rev-parse", "--short=12", "HEAD")
    if tracked is None or head is None:
        return f"version {__version__}"
    return head + ("-dirty" if _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*arguments: str) -> str | None:
    try:
        ran = subprocess.run(
            ["git", "-C", str(_HERE.parent), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ran.stdout.strip()
