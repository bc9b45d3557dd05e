"""Times of a video as text."""


def clock(seconds: float) -> str:
    """Seconds as m:ss or h:mm:ss, rounded down."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
