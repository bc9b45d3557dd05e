"""onnxruntime without telemetry. The only module that imports onnxruntime (ruff checks it)."""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError


class Session(Protocol):
    """The part of onnxruntime's InferenceSession that the project uses."""

    def run(
        self, outputs: Sequence[str] | None, inputs: Mapping[str, NDArray[np.generic]]
    ) -> list[NDArray[np.float32]]:
        """Computes the named outputs; None means all."""

    def get_inputs(self) -> Sequence[Any]:
        """The inputs with their names and shapes."""

    def get_modelmeta(self) -> Any:
        """The metadata inside the file."""


def open_session(path: Path, cores: int = 0, content: bytes | None = None) -> Session:
    """Opens an ONNX file on the CPU. Raises ModelError if the file is invalid.

    `cores` is the number of threads; 0 means all cores. `content` is the model of a file
    that has been read already.
    """
    ort = _onnxruntime()
    options = ort.SessionOptions()
    options.log_severity_level = 4  # fatal only: other errors are raised
    options.intra_op_num_threads = cores
    # The arena would keep the peak memory of the largest picture, and saves no time.
    options.enable_cpu_mem_arena = False
    # Threads must not spin while they wait for the next camera frame.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Dequantize 8-bit weights once at load, not at each run.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    try:
        session: Session = ort.InferenceSession(
            content or path, options, providers=["CPUExecutionProvider"]
        )
        return session
    except Exception as error:  # onnxruntime raises a dozen classes with no common base
        raise ModelError(
            f"{path} isn't a valid ONNX model ({type(error).__name__}). Download it again."
        ) from None


@cache
def _onnxruntime() -> Any:
    # Its wheels contain telemetry since 1.29: the import alone writes a device id and an event
    # database to the user's cache, and later sends them. Only this variable, set before the
    # import, prevents both. This overrides the user's environment.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.set_default_logger_severity(4)
    onnxruntime.disable_telemetry_events()  # Windows' event tracing, which has its own switch
    return onnxruntime
