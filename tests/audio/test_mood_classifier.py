from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musicalface.audio import mood_classifier, read_audio, read_audio_files
from musicalface.audio.mood_classifier import PATCH, moderate, patch_logits, split_into_patches
from musicalface.audio.worker_processes import Lost
from musicalface.errors import AudioError, InputError, ModelError
from musicalface.models import load
from musicalface.mood import MOODS, MoodScores
from tests.audio.music import music

DISTORTED = "aevalsrc=clip(3*random(0)-1.5\\,-1\\,1)*0.9"
"""A wall of noise."""


def test_a_wall_of_noise_is_more_excited_than_a_soft_chord(tmp_path: Path) -> None:
    loud = read_audio(music(tmp_path / "loud.wav", sound=DISTORTED))
    soft = read_audio(
        music(tmp_path / "soft.wav", sound="aevalsrc=0.05*sin(2*PI*220*t)+0.05*sin(2*PI*330*t)")
    )
    assert loud.arousal > soft.arousal
    assert sum(loud.as_dict().values()) == pytest.approx(1, abs=1e-5)


def test_it_reads_the_same_in_a_worker(tmp_path: Path) -> None:
    path = music(tmp_path / "a.flac")
    ((named, outcome),) = read_audio_files([path], workers=1)
    assert named == path
    assert isinstance(outcome, MoodScores)
    assert list(outcome.as_dict().values()) == pytest.approx(
        list(read_audio(path).as_dict().values()), abs=1e-4
    )


def test_bad_files_cost_nothing_but_themselves(tmp_path: Path) -> None:
    good = music(tmp_path / "good.mp3")
    bad = tmp_path / "bad.mp3"
    bad.write_bytes(np.random.default_rng(1).bytes(200_000))
    outcomes = dict(read_audio_files([bad, good, tmp_path / "none.mp3", good], workers=1))
    assert isinstance(outcomes[good], MoodScores)
    assert isinstance(outcomes[bad], AudioError)
    assert "No such file" in str(outcomes[tmp_path / "none.mp3"])


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        (Lost.LATE, "takes longer than 7 seconds"),
        (Lost.CRASHED, "crashes the decoder"),
    ],
)
def test_a_lost_worker_is_a_sentence(
    lost: Lost, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        mood_classifier, "in_workers", lambda paths, *_, **__: [(path, lost) for path in paths]
    )
    ((_, outcome),) = read_audio_files([tmp_path / "a.mp3"], timeout=7)
    assert isinstance(outcome, AudioError)
    assert sentence in str(outcome)
    assert str(outcome).startswith(str(tmp_path))


def test_no_files_need_no_worker() -> None:
    assert list(read_audio_files([])) == []


def test_patches_lie_side_by_side() -> None:
    seven, three = (np.ones(int(s * 16000), np.float32) for s in (7, 3))
    assert split_into_patches([seven, three]).shape == (3, PATCH, 96)


def test_model_with_other_labels_is_rejected() -> None:
    model = load(None, "audio")
    other = replace(model, card=replace(model.card, labels=tuple(reversed(MOODS))))
    with pytest.raises(ModelError, match="has other labels than angry, happy, relaxed, sad"):
        patch_logits(np.zeros((1, PATCH, 96), np.float32), other)


def test_patches_that_disagree_lower_the_sureness() -> None:
    steady = np.array([[2, 0, 0, 0]] * 4, np.float32)
    changing = np.array([[4, 0, 0, 0], [0, 0, 0, 0]] * 2, np.float32)
    assert moderate(steady).tolist() == [2, 0, 0, 0]
    assert 0 < moderate(changing)[0] < 2
    assert moderate(changing).argmax() == 0


def test_unknown_model(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no model 'loud'"):
        list(read_audio_files([tmp_path / "a.mp3"], "loud"))
