"""The neutral face of the person at the app, shared by the camera and photos."""

from dataclasses import dataclass

import numpy as np

from ..face import RestingFace, kept_resting_face
from ..face.expression_classifier import load_expression_model
from ..face.prior import LogLikelihoods, posterior
from ..mood import Mood, MoodScores
from .json_body import Document


@dataclass
class NeutralFace:
    """The neutral face in use; kept in a file only if the person says so."""

    current: RestingFace | None = None
    _previous: RestingFace | None = None

    def measure(self, evidence: LogLikelihoods) -> Document:
        """Set it from log-likelihoods (N, 7), and return the moods before and after.

        Raises InputError if the face isn't neutral; the one in use then stays.
        """
        measured = RestingFace.from_log_likelihoods(evidence, load_expression_model(None).head())
        before = _mood(evidence, self.current)
        self._previous, self.current = self.current, measured
        return {"before": before.value, "after": _mood(evidence, measured).value}

    def undo(self) -> None:
        """Go back to the one before."""
        self.current, self._previous = self._previous, None

    def forget(self) -> None:
        """Clear it; the file, if there is one, stays."""
        self.current = self._previous = None

    def document(self) -> Document:
        """The JSON object of the routes."""
        return {"set": self.current is not None, "kept": kept_resting_face.is_kept()}


def _mood(evidence: LogLikelihoods, face: RestingFace | None) -> Mood:
    mean = np.mean(evidence, axis=0, keepdims=True)
    corrected = face.correct(mean) if face else mean
    (shares,) = posterior(corrected, "camera", load_expression_model(None).head())
    return MoodScores.from_expressions(shares).mood
