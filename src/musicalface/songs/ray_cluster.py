"""Ray cluster: connects to one, or starts one on this machine, without network access."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..errors import CatalogError, MusicalFaceError

_LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
"""Binds a local cluster to 127.0.0.1, the default on macOS and Windows; on Linux, Ray would
listen on the local network."""

_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    # Even without usage reports, Ray queries the metadata services of three clouds. Its HTTP client
    # uses this unreachable proxy; gRPC, which the cluster needs, does not use it.
    "HTTP_PROXY": "http://127.0.0.1:9",
    "NO_PROXY": "",
}


@contextmanager
def ray_cluster(address: str | None) -> Iterator[Any]:
    """Connects to the cluster at `address`, or starts one on this machine; yields the module `ray`.

    Shuts down on exit. Raises CatalogError if the cluster fails, and the project's own errors
    that were raised inside it.
    """
    os.environ.update(_ENVIRONMENT if address else _ENVIRONMENT | _LOOPBACK)
    import ray
    import ray.data

    try:
        ray.init(
            address=address or "local",
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
        _configure(ray.data.DataContext.get_current())
        yield ray
    except (ray.exceptions.RayError, ConnectionError, RuntimeError, ValueError) as error:
        raise _as_our_error(error) from None
    finally:
        ray.shutdown()


def _configure(context: Any) -> None:
    """Keeps the row order, and turns off Ray's own progress bars and warnings."""
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="ray")  # advice for developers


def _as_our_error(error: BaseException) -> MusicalFaceError:
    """Returns the project's own error raised inside the cluster, else a CatalogError."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, MusicalFaceError):
            return cause
        cause = getattr(cause, "cause", None) or cause.__cause__
    reason = str(error).strip().splitlines()[-1:] or [type(error).__name__]
    return CatalogError(
        f"Ray failed to score the tables ({reason[0].strip()}). Run the same command again."
    )
