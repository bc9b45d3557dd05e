"""Trains orpheus by distillation: teachers fit the annotations, orpheus fits the teachers."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray

from ..annotations import artist_of
from ..errors import DataError
from ..evaluate.embeddings import Embeddings
from ..lyrics.bag_of_words import BAG_LENGTH, bags_of_words
from ..lyrics.vocabulary import Vocabulary
from ..models.model_card import Card
from ..mood import MOODS
from .config import Examples, TrainingConfig
from .lyrics_corpus import LyricsCorpus
from .model_publishing import HeadData, ModelFacts, Split, publish, tensor
from .networks.orpheus import METHOD, Orpheus
from .teachers import LabelledSongs, labelled_songs, train_teachers
from .training_loop import TrainingRun
from .training_progress import Progress, spinner

BATCH = 256
LICENCE = (
    "Research and personal use. Trained on lyrics with mood labels from listeners, and on the "
    "predictions of two teacher models for more lyrics. The file contains common words but no "
    "lyrics."
)
_MAX_WORDS, _MIN_SONGS, _SMALL_CORPUS = 20_000, 8, 10_000
_MIN_EPOCHS, _SONGS_SEEN = 8, 300_000
_HELD_OUT = 10  # every tenth artist


@dataclass(frozen=True)
class DistillationConfig:
    """The options of a run besides the corpus, and the texts for the model card."""

    embeddings: Embeddings | None
    command: str
    data: str
    seed: int = 1
    epochs: int | None = None


def train_orpheus(corpus: LyricsCorpus, config: DistillationConfig, out: Path) -> Card:
    """Trains on all songs of the corpus and writes a calibrated model and its card to `out`.

    Every tenth artist is held out: their songs with a clear mood (Validation) are used to
    calibrate the model and to choose the teachers' regularisation. Raises DataError and
    TrainingError.
    """
    texts, training_songs = list(corpus.texts.values()), labelled_songs(corpus)
    held_out = _held_out_artists(corpus, training_songs)
    is_held_out = np.array([artist_of(key) in held_out for key in corpus.keys])
    vocabulary = _vocabulary(
        [text for text, kept in zip(texts, is_held_out, strict=True) if not kept]
    )
    with spinner("training the teachers"):
        validation_songs = training_songs.select(is_held_out[training_songs.rows])
        training_songs = training_songs.select(~is_held_out[training_songs.rows])
        predictions = train_teachers(
            texts, vocabulary, config.embeddings, training_songs, validation_songs
        )
        inputs = bags_of_words(vocabulary, texts).astype(np.int32)
    targets = predictions.probabilities[~is_held_out, None].astype(np.float32)
    training = Examples(tensor(inputs[~is_held_out]), tensor(targets))
    validation = _clear_split(inputs, validation_songs)
    torch.manual_seed(config.seed)
    words = tensor(predictions.words.astype(np.float32))
    alone = torch.cat([torch.zeros(1, len(MOODS)), words[:-1]])
    net = Orpheus(torch.from_numpy(predictions.idf), alone, words[-1])
    run = _fitted(net, training, validation, corpus, config, out)
    facts = _model_facts(config, vocabulary, validation, len(training.labels))
    return publish(run, net.classifier, training.inputs[:2].long(), facts)


def _fitted(
    net: Orpheus,
    training: Examples,
    validation: Split,
    corpus: LyricsCorpus,
    config: DistillationConfig,
    out: Path,
) -> TrainingRun:
    epochs = config.epochs or _epochs(len(training.labels))
    # A checkpoint of a run with other teachers must not be resumed.
    readings = sha256(training.labels.numpy().tobytes()).hexdigest()
    training_config = TrainingConfig(
        "orpheus", corpus.sha256, epochs, BATCH, config.seed, teachers=(readings,)
    )
    run = TrainingRun(net, METHOD, training_config, out)
    inputs, labels = validation
    certain = np.eye(len(MOODS), dtype=np.float32)[labels][:, None]
    with Progress() as progress:
        run.fit(training, Examples(tensor(inputs), tensor(certain)), progress, keep="last")
    return run


def _epochs(songs: int) -> int:
    """Fewer epochs for few songs, to avoid overfitting; else about 300,000 songs in all."""
    return _MIN_EPOCHS if songs < _SMALL_CORPUS else max(_MIN_EPOCHS, _SONGS_SEEN // songs)


def _vocabulary(texts: Sequence[str]) -> Vocabulary:
    """The words of at least eight songs; of at least two in a small corpus."""
    fewest = _MIN_SONGS if len(texts) >= _SMALL_CORPUS else 2
    return Vocabulary.from_document_counts(texts, _MAX_WORDS, fewest)


def _clear_split(inputs: NDArray[np.int32], validation_songs: LabelledSongs) -> Split:
    """The held-out songs with one clear mood."""
    labelled = validation_songs.select(validation_songs.labels >= 0)
    return inputs[labelled.rows].astype(np.int64), labelled.labels


def _held_out_artists(corpus: LyricsCorpus, training_songs: LabelledSongs) -> frozenset[str]:
    """A pseudo-random tenth of the artists who have songs with a clear mood."""
    places = training_songs.rows[training_songs.labels >= 0]
    artists = sorted(
        {artist_of(corpus.keys[place]) for place in places}, key=lambda name: crc32(name.encode())
    )
    if len(artists) < 2:
        raise DataError("There are too few artists with labelled songs. Add more labelled songs.")
    return frozenset(artists[: max(1, len(artists) // _HELD_OUT)])


def _model_facts(
    config: DistillationConfig, vocabulary: Vocabulary, validation: Split, training_size: int
) -> ModelFacts:
    flat = np.full(len(MOODS), 1 / len(MOODS), np.float32)
    return ModelFacts(
        task="lyrics",
        labels=tuple(MOODS),
        input={"shape": ["n", 2, "words"], "dtype": "int64", "words": len(vocabulary.words)},
        metadata={"vocabulary": str(vocabulary), "length": BAG_LENGTH},
        data=config.data,
        command=config.command,
        licence=LICENCE,
        bits=8,
        training_size=training_size,
        heads={"listeners": HeadData(flat, {"Validation": validation}, "Validation")},
    )
