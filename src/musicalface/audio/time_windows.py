"""Chooses the seconds of a recording that are decoded."""

WINDOWS, SECONDS = 3, 6.0
"""Number and length of the windows that are decoded of a long recording: two patches each."""
MAX_SECONDS = WINDOWS * SECONDS


def windows(duration: float) -> list[tuple[float, float]]:
    """Returns start and length in seconds of each window of a recording of `duration` seconds.

    Returns the start of a recording of less than 36 seconds. In a longer one, the windows lie
    around a quarter, a half and three quarters.
    """
    if duration < 2 * MAX_SECONDS:
        return [(0.0, MAX_SECONDS)]
    centres = [duration * (number + 1) / (WINDOWS + 1) for number in range(WINDOWS)]
    return [(centre - SECONDS / 2, SECONDS) for centre in centres]
