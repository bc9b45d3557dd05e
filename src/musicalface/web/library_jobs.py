"""Background work on the library: one thread scans folders, another analyses songs' sound."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread

from ..audio.decode import has_decoder
from ..errors import InputError, MusicalFaceError
from ..http_server.errors import sentence_for
from ..library import open_library
from ..library.library import FILE
from ..settings import home
from .error_messages import error_message

_STOPPED = "Scanning stopped. Add the folder again to continue."


class _StoppedError(Exception):
    """The job was stopped."""


class _Job:
    """A function that runs in a thread, once at a time, and can be stopped."""

    def __init__(self, work: Callable[..., None], on_stop: str = "") -> None:
        self._work, self._on_stop = work, on_stop
        self._stop_requested = Event()
        self._thread: Thread | None = None
        self.error = ""

    @property
    def is_running(self) -> bool:
        return bool(self._thread and self._thread.is_alive())

    def start(self, *arguments: object) -> None:
        self.error = ""
        self._stop_requested.clear()
        self._thread = Thread(target=self._run, args=arguments, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop_requested.set()

    def cancel_stop(self) -> None:
        """Lets work continue that has not stopped yet."""
        self._stop_requested.clear()

    def check(self) -> None:
        """Raises _StoppedError if `stop` was called; for the progress callback of the work."""
        if self._stop_requested.is_set():
            raise _StoppedError

    def _run(self, *arguments: object) -> None:
        try:
            self._work(*arguments)
        except _StoppedError:
            self.error = self._on_stop
        except (MusicalFaceError, OSError) as error:
            self.error = error_message(error)
        except Exception as error:
            self.error = sentence_for(error)


class LibraryJobs:
    """Scans folders one at a time, then listens to their songs with low priority."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._scan, self._listening = _Job(self._read, _STOPPED), _Job(self._listen)
        self._closed = False
        self.files = self.heard = self.due = 0

    @property
    def is_scanning(self) -> bool:
        """True while a folder is scanned."""
        return self._scan.is_running

    @property
    def is_listening(self) -> bool:
        """True while songs are listened to."""
        return self._listening.is_running

    @property
    def error(self) -> str:
        """Why the last scan, or else the last listening, has ended early; empty if it has not."""
        return self._scan.error or self._listening.error

    def add(self, folder: Path) -> None:
        """Starts a scan; raises InputError if another one runs, or `folder` is not a folder."""
        with self._lock:
            if self.is_scanning:
                raise InputError("A folder is already being scanned. Wait until it's done.")
            if not folder.is_dir():
                raise InputError(
                    f"{folder} doesn't exist or isn't a folder. Check the path and try again."
                )
            self.files = 0
            self._scan.start(folder)

    def stop(self) -> None:
        """Stops the scan; the songs that it has read stay in the library."""
        self._scan.stop()

    def close(self) -> None:
        """Stops everything."""
        self._closed = True
        self._scan.stop()
        self._listening.stop()

    def resume_listening(self) -> None:
        """Starts to listen to songs that are due, unless the user has turned that off."""
        if not (home() / FILE).exists():
            return
        with self._lock:
            if not self.is_listening and not self._closed and has_decoder():
                self._listening.start()

    def set_listening(self, on: bool) -> None:
        """Stores the user's setting, and starts or stops."""
        with open_library() as library:
            library.listens = on
        if on:
            self._listening.cancel_stop()
            self.resume_listening()
        else:
            self._listening.stop()

    def _read(self, folder: Path) -> None:
        with open_library() as library:
            library.add([folder], progress=self._count_files)
        self.resume_listening()

    def _listen(self) -> None:
        """Listens until nothing is left, because scans may add songs meanwhile."""
        workers = max(1, (os.cpu_count() or 1) - 1)
        with open_library() as library:
            while library.listens and (due := library.count_due()):
                self.heard, self.due = 0, due
                library.listen(workers=workers, low_priority=True, progress=self._count_songs)
                if library.count_due() >= due:
                    break  # the rest can't be read now

    def _count_files(self, more: int) -> None:
        self.files += more
        self._scan.check()

    def _count_songs(self, more: int, _: float) -> None:
        self.heard += more
        self._listening.check()
