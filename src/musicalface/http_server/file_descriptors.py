"""File descriptor limit of this process."""

_WITHOUT_LIMIT = 65_536
_WINDOWS = 512  # sockets that select() accepts on Windows


def descriptor_limit() -> int:
    """The soft limit, as in `ulimit -n`; the default of macOS is 256."""
    try:
        import resource
    except ImportError:
        return _WINDOWS
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    is_limited = 0 <= soft < _WITHOUT_LIMIT
    return soft if is_limited else _WITHOUT_LIMIT
