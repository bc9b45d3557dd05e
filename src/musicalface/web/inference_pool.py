"""Inference pool: threads that run the models for all camera sessions."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

import numpy as np

from ..errors import MusicalFaceError
from ..face.expression_classifier import load_expression_model, read_faces
from ..http_server.errors import sentence_for
from ..models.loader import set_session_threads

Result = TypeVar("Result")
MAX_SOCKETS = 16


class InferencePool:
    """Loads the models once, and reads each frame on one core."""

    def __init__(self) -> None:
        # A frame is small: one core for each tab is faster than several cores for one tab.
        set_session_threads(1)
        self._threads = ThreadPoolExecutor(os.cpu_count() or 1, "inference")
        self._ready = Event()
        self.error = ""
        self.sockets = 0

    @property
    def ready(self) -> bool:
        """True if the models are loaded."""
        return self._ready.is_set()

    def load_models(self) -> None:
        """Load the models in the background."""
        self._threads.submit(self._load)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run `work` in a thread; raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Cancel the waiting frames, without waiting for those that run."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _load(self) -> None:
        try:
            load_expression_model(None)
            read_faces(np.zeros((64, 64, 3), np.uint8))
        except MusicalFaceError as error:
            self.error = str(error)
        except Exception as error:
            self.error = sentence_for(error)
        else:
            self._ready.set()
