from dataclasses import replace

import pytest

from musicalface.errors import ModelError
from musicalface.lyrics import read_lyrics
from musicalface.lyrics.mood_classifier import _encoder, mood_probabilities
from musicalface.models import load
from musicalface.mood import MOODS
from tests.conftest import SONG


def test_a_sad_song_reads_as_sad() -> None:
    (moods,) = read_lyrics([SONG.read_text()])
    assert moods is not None
    assert sum(moods.as_dict().values()) > 0.999
    assert moods.sad == max(moods.as_dict().values())


def test_model_with_other_labels_is_rejected() -> None:
    model = load("lstm2018", "lyrics")
    other = replace(model, card=replace(model.card, labels=tuple(reversed(MOODS))))
    with pytest.raises(ModelError, match="other labels than angry, happy, relaxed, sad"):
        mood_probabilities(["la la"], other)


def test_unscored_texts_keep_their_position() -> None:
    song = SONG.read_text()
    spanish = "Camino solo por la calle y pienso en ti cada noche sin dormir " * 3
    scored = read_lyrics([spanish, song, "too short", song, ""], "lstm2018")
    assert [moods is not None for moods in scored] == [False, True, False, True, False]
    assert scored[1] == scored[3]


@pytest.mark.parametrize("length", ["0", "-1", "1000000000", "9" * 5000, "many"])
def test_invalid_input_length_is_rejected(length: str) -> None:
    with pytest.raises(ValueError):
        _encoder({"vocabulary": "la", "length": length})
