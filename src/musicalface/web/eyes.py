"""One pair of eyes for all tabs: models are loaded once, and each frame is read on a core."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

import numpy as np

from ..errors import MusicalFaceError
from ..face.read import expression_model, read_faces
from ..models.loader import use_cores

Result = TypeVar("Result")
MOST_SOCKETS = 16


class Eyes:
    """Threads that look; `ready` once the models are loaded, which begins with `wake`."""

    def __init__(self) -> None:
        # A frame is small: cores serve several tabs better than one tab with several.
        use_cores(1)
        self._threads = ThreadPoolExecutor(os.cpu_count() or 1, "eyes")
        self._ready = Event()
        self.trouble = ""
        self.sockets = 0

    @property
    def ready(self) -> bool:
        """Whether the models are loaded."""
        return self._ready.is_set()

    def wake(self) -> None:
        """Load the models, in the background."""
        self._threads.submit(self._load)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do the work in a thread; raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Finish what is being looked at, and no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _load(self) -> None:
        try:
            expression_model(None)
            read_faces(np.zeros((64, 64, 3), np.uint8))
        except MusicalFaceError as error:
            self.trouble = str(error)
        else:
            self._ready.set()
