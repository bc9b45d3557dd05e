import pytest

from musicalface.models import load
from musicalface.models.model_card import Task

pytest.importorskip("torch")

from musicalface.train.argus_card import LICENCE as ARGUS_LICENCE
from musicalface.train.face_training import FER2013_TERMS
from musicalface.train.lyrics_distillation import LICENCE as ORPHEUS_LICENCE
from musicalface.train.lyrics_training import LICENCE as LSTM2018_LICENCE


@pytest.mark.parametrize(
    ("name", "task", "licence"),
    [
        ("cnn2018", "expressions", FER2013_TERMS),
        ("argus", "expressions", ARGUS_LICENCE),
        ("lstm2018", "lyrics", LSTM2018_LICENCE),
        ("orpheus", "lyrics", ORPHEUS_LICENCE),
    ],
)
def test_licences_in_the_cards_equal_the_constants(name: str, task: Task, licence: str) -> None:
    assert load(name, task).card.licence == licence
