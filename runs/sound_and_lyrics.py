"""Fits how sound and lyrics are combined: python runs/sound_and_lyrics.py CLIPS LYRICS OUT

CLIPS is a folder of MOOD/clips and LYRICS a folder with the tables of docs/data.md. Prints

- SPREAD_WEIGHT (`audio/mood_classifier.py`): how much patches that disagree lower the sureness of
  a clip; chosen by log loss on clips of artists that the last layer has not learnt from;
- SOUND_WEIGHT and LYRICS_WEIGHT (`library/mood_fusion.py`): the exponents with the lowest log
  loss on pairs of a clip and the lyrics of a song with the same label.

There are no songs with a clip, lyrics and a label here (the names of the clips are withheld), so
the pairs assume that sound and lyrics are independent given the mood. The features of the clips
are kept in OUT. `--count N` uses N clips at random.
"""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from musicalface.annotations import artist_of
from musicalface.audio.decode import read_excerpts
from musicalface.audio.mood_classifier import TIMEOUT, split_into_patches
from musicalface.audio.worker_processes import in_workers
from musicalface.evaluate.labelled_audio import read_labelled_clips
from musicalface.evaluate.labelled_lyrics import folds_by_artist
from musicalface.evaluate.metrics import fit_temperature
from musicalface.lyrics.mood_classifier import log_probabilities
from musicalface.models import load
from musicalface.models.loader import shipped_path
from musicalface.models.onnx_session import open_session
from musicalface.models.probabilities import log_softmax
from musicalface.train.audio_backbone import features_of, without_head
from musicalface.train.audio_head import Head
from musicalface.train.lyrics_corpus import read_corpus
from musicalface.train.lyrics_distillation import _held_out_artists
from musicalface.train.teachers import labelled_songs

TABLES = (
    ("moodylyrics4q", "allmusic771"),
    ("deezer_va",),
    ("listeners400",),
    ("gems",),
    ("mirex",),
    ("rasbt_musicmood",),
)
SPREADS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.2)
WEIGHTS = np.arange(0, 1.61, 0.1)
PAIRS = 20_000
Floats = NDArray[np.float32]
Labels = NDArray[np.int64]


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("clips", type=Path)
    options.add_argument("lyrics", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--count", type=int)
    options.add_argument("--seed", type=int, default=1)
    arguments = options.parse_args()
    sound, sound_labels = read_sound(arguments.clips, arguments.out, arguments.count)
    lyrics, lyrics_labels = read_words(arguments.lyrics)
    pairs = draw_pairs(sound_labels, lyrics_labels, np.random.default_rng(arguments.seed))
    fit_weights(sound[pairs[0]], lyrics[pairs[1]], sound_labels[pairs[0]])


def read_sound(clips: Path, out: Path, count: int | None) -> tuple[Floats, Labels]:
    """Log-probabilities (N, 4) of clips by last layers that have not learnt from their artists."""
    features, owners, labels, artists = patch_features(clips, out, count)
    clips_read = np.unique(owners)
    position = {clip: i for i, clip in enumerate(clips_read.tolist())}
    rows = np.array([position[owner] for owner in owners.tolist()])
    labels, artists = labels[clips_read], tuple(artists[clips_read].tolist())
    means = np.stack([features[rows == i].mean(0) for i in range(len(labels))])
    mean = np.zeros((len(labels), 4), np.float32)
    variance = np.zeros(len(labels), np.float32)
    for part in folds_by_artist(artists, 5, 1):
        rest = np.setdiff1d(np.arange(len(labels)), part)
        head = Head.fitted(means[rest], labels[rest])
        for i in part.tolist():
            logits = head.logits(features[rows == i])
            mean[i], variance[i] = logits.mean(0), logits.var(0).mean()
    found = {}
    for spread in SPREADS:
        scaled = mean / np.sqrt(1 + spread * variance)[:, None]
        logs = log_softmax(scaled / fit_temperature(scaled, labels))
        found[spread] = log_loss(logs, labels), logs
        print(f"spread weight {spread:<5} log loss {found[spread][0]:.4f}")
    print(f"{len(labels)} clips, {np.mean(mean.argmax(1) == labels):.3f} right")
    return found[min(found, key=lambda spread: found[spread][0])][1], labels


def patch_features(clips: Path, out: Path, count: int | None) -> tuple[Any, Any, Any, Any]:
    """Features of each patch, the number of its clip, and the labels and artists of all clips."""
    kept = out / "patches.npz"
    if not kept.exists():
        out.mkdir(parents=True, exist_ok=True)
        onnx.save(without_head(shipped_path("echo")), out / "body.onnx")
        labelled = read_labelled_clips(clips)
        chosen = np.random.default_rng(1).permutation(len(labelled.paths))[:count]
        tasks = [labelled.paths[i] for i in chosen]
        outcomes = in_workers(tasks, partial(make_reader, out / "body.onnx"), 2, TIMEOUT)
        found = [
            (i, features)
            for i, (_, features) in zip(chosen, outcomes, strict=True)
            if isinstance(features, np.ndarray)
        ]
        np.savez(
            kept,
            features=np.concatenate([f for _, f in found]),
            owner=np.concatenate([[i] * len(f) for i, f in found]),
            labels=labelled.labels,
            artists=np.array(labelled.artists),
        )
    with np.load(kept) as arrays:
        return arrays["features"], arrays["owner"], arrays["labels"], arrays["artists"]


def make_reader(body: Path) -> Callable[[Path], Floats]:
    session = open_session(body, 1)
    return lambda path: features_of(session, split_into_patches(read_excerpts(path)))


def read_words(folder: Path) -> tuple[Floats, Labels]:
    """Log-probabilities (N, 4) of the lyrics model for songs of artists that it has not seen."""
    corpus = read_corpus([[folder / f"{name}.parquet" for name in names] for names in TABLES], [])
    songs = labelled_songs(corpus)
    held_out = _held_out_artists(corpus, songs)
    is_held_out = np.array([artist_of(key) in held_out for key in corpus.keys])
    songs = songs.select(is_held_out[songs.rows])
    songs = songs.select(songs.labels >= 0)
    texts = list(corpus.texts.values())
    logs = log_probabilities([texts[row] for row in songs.rows], load(None, "lyrics"))
    right = np.mean(logs.argmax(1) == songs.labels)
    print(f"{len(songs.labels)} songs with lyrics, {right:.3f} right")
    return logs, songs.labels


def draw_pairs(first: Labels, second: Labels, chance: np.random.Generator) -> tuple[Any, Any]:
    """Indices of pairs with the same label, equally often each mood."""
    moods = chance.integers(0, 4, PAIRS)
    left = np.array([chance.choice(np.flatnonzero(first == mood)) for mood in moods])
    right = np.array([chance.choice(np.flatnonzero(second == mood)) for mood in moods])
    return left, right


def fit_weights(sound: Floats, lyrics: Floats, labels: Labels) -> None:
    found = {
        (round(float(s), 1), round(float(w), 1)): log_loss(
            log_softmax(s * sound + w * lyrics), labels
        )
        for s in WEIGHTS
        for w in WEIGHTS
    }
    best = min(found, key=lambda weights: found[weights])
    for weights in ((1.0, 0.0), (0.0, 1.0), (1.0, 1.0), best):
        logs = log_softmax(weights[0] * sound + weights[1] * lyrics)
        right, surest = logs.argmax(1) == labels, np.argsort(-logs.max(1))[: len(labels) // 3]
        print(
            f"sound {weights[0]:.1f}, lyrics {weights[1]:.1f}: log loss {found[weights]:.3f}, "
            f"right {right.mean():.3f}, surest third {right[surest].mean():.3f}"
        )


def log_loss(logs: Floats, labels: Labels) -> float:
    return float(-logs[np.arange(len(labels)), labels].mean())


if __name__ == "__main__":
    main()
