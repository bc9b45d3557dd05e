"""Train orpheus: teachers learn from listeners, it learns from the teachers, on all songs."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray

from ..errors import DataError
from ..evaluate.embeddings import Embeddings
from ..lyrics.bag import BAG, bags
from ..lyrics.words import Vocabulary
from ..models.card import Card
from ..mood import MOODS
from .fit import Run
from .orpheus import METHOD, Orpheus
from .progress import Progress, busy
from .publish import Measured, Publication, Split, publish, tensor
from .recipe import Examples, Recipe
from .songbook import Songbook, artist_of
from .teachers import Lesson, lesson, taught

BATCH = 256
LICENCE = (
    "Research and personal use. Trained on lyrics with what listeners said of the songs, and on "
    "what two teachers read of further lyrics; holds common words and no lyrics."
)
_MOST_WORDS, _FEWEST_SONGS, _FEW_SONGS = 20_000, 8, 10_000
_FEWEST_EPOCHS, _SONGS_SEEN = 8, 300_000
_HELD_OUT = 10  # every tenth artist


@dataclass(frozen=True)
class Study:
    """What is learnt from, besides the songs, and what the card says of it."""

    embeddings: Embeddings | None
    command: str
    data: str
    seed: int = 1
    epochs: int | None = None


def train_orpheus(book: Songbook, study: Study, out: Path) -> Card:
    """Leave a calibrated model and its card in `out`, learnt from all songs of the book.

    Every tenth artist is kept aside: on what listeners said plainly of their songs
    (Validation) it is calibrated, and the teachers' regularisation is chosen.
    Raises DataError and TrainingError.
    """
    texts, learnt = list(book.texts.values()), lesson(book)
    kept_aside = _kept_aside(book, learnt)
    aside = np.array([artist_of(key) in kept_aside for key in book.keys])
    vocabulary = _vocabulary([text for text, kept in zip(texts, aside, strict=True) if not kept])
    with busy("teaching"):
        asked = learnt.part(aside[learnt.places])
        learnt = learnt.part(~aside[learnt.places])
        lessons = taught(texts, vocabulary, study.embeddings, learnt, asked)
        inputs = bags(vocabulary, texts).astype(np.int32)
    targets = lessons.readings[~aside, None].astype(np.float32)
    training = Examples(tensor(inputs[~aside]), tensor(targets))
    validation = _plain(inputs, asked)
    torch.manual_seed(study.seed)
    words = tensor(lessons.words.astype(np.float32))
    alone = torch.cat([torch.zeros(1, len(MOODS)), words[:-1]])
    net = Orpheus(torch.from_numpy(lessons.idf), alone, words[-1])
    run = _fitted(net, training, validation, book, study, out)
    about = _about(study, vocabulary, validation, len(training.labels))
    return publish(run, net.classifier, training.inputs[:2].long(), about)


def _fitted(
    net: Orpheus,
    training: Examples,
    validation: Split,
    book: Songbook,
    study: Study,
    out: Path,
) -> Run:
    epochs = study.epochs or _epochs(len(training.labels))
    # Other teachers make another run: a checkpoint of theirs must not pass for this one's.
    readings = sha256(training.labels.numpy().tobytes()).hexdigest()
    recipe = Recipe("orpheus", book.sha256, epochs, BATCH, study.seed, teachers=(readings,))
    run = Run(net, METHOD, recipe, out)
    inputs, labels = validation
    certain = np.eye(len(MOODS), dtype=np.float32)[labels][:, None]
    with Progress() as progress:
        run.fit(training, Examples(tensor(inputs), tensor(certain)), progress, keep="last")
    return run


def _epochs(songs: int) -> int:
    """Few songs would be learnt by heart; some ten thousand are seen until it is enough."""
    return _FEWEST_EPOCHS if songs < _FEW_SONGS else max(_FEWEST_EPOCHS, _SONGS_SEEN // songs)


def _vocabulary(texts: Sequence[str]) -> Vocabulary:
    """The words of at least eight songs; of at least two where songs are few."""
    fewest = _FEWEST_SONGS if len(texts) >= _FEW_SONGS else 2
    return Vocabulary.shared(texts, _MOST_WORDS, fewest)


def _plain(inputs: NDArray[np.int32], asked: Lesson) -> Split:
    """The songs kept aside of which listeners plainly said one mood."""
    said = asked.part(asked.labels >= 0)
    return inputs[said.places].astype(np.int64), said.labels


def _kept_aside(book: Songbook, learnt: Lesson) -> frozenset[str]:
    """A tenth of the artists of songs of which something was plainly said, in no order."""
    places = learnt.places[learnt.labels >= 0]
    artists = sorted(
        {artist_of(book.keys[place]) for place in places}, key=lambda name: crc32(name.encode())
    )
    if len(artists) < 2:
        raise DataError("There are too few songs of a plain mood, or artists, to learn from.")
    return frozenset(artists[: max(1, len(artists) // _HELD_OUT)])


def _about(
    study: Study, vocabulary: Vocabulary, validation: Split, learnt_from: int
) -> Publication:
    flat = np.full(len(MOODS), 1 / len(MOODS), np.float32)
    return Publication(
        task="lyrics",
        labels=tuple(MOODS),
        input={"shape": ["n", 2, "words"], "dtype": "int64", "words": len(vocabulary.words)},
        metadata={"vocabulary": str(vocabulary), "length": BAG},
        data=study.data,
        command=study.command,
        licence=LICENCE,
        bits=8,
        calibrate_on="Validation",
        learnt_from=learnt_from,
        heads={"listeners": Measured(flat, {"Validation": validation})},
    )
