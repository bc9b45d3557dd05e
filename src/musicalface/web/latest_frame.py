"""Back-pressure for camera frames: drops all but the newest frame."""

import asyncio


class LatestFrame:
    """Holds one frame. A newer frame replaces it, so frames never queue."""

    def __init__(self) -> None:
        self._frame = b""
        self._has_frame = asyncio.Event()

    def put(self, frame: bytes) -> None:
        """Replace the frame that waits."""
        self._frame = frame
        self._has_frame.set()

    async def get(self) -> bytes:
        """Wait for a frame, and remove it."""
        await self._has_frame.wait()
        self._has_frame.clear()
        frame, self._frame = self._frame, b""
        return frame
