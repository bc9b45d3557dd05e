from pathlib import Path

import numpy as np
import pytest

from musicalface.errors import DataError
from musicalface.evaluate.labelled_lyrics import (
    folds_by_artist,
    read_labelled_lyrics,
    split_of_2018,
)


def test_songs_with_words_and_moods(songs_csv: Path) -> None:
    songs = read_labelled_lyrics(songs_csv)
    assert len(songs.texts) == 96
    assert np.bincount(songs.labels).tolist() == [24] * 4


def test_unusable_rows_are_skipped(tmp_path: Path) -> None:
    words = "la " * 20
    path = tmp_path / "songs.csv"
    path.write_text(
        "artist,title,lyrics,mood,conflict\n"
        f"A,kept,{words},sad,False\nA,short,la,sad,False\nA,both,{words},sad,True\nA,none,{words},,\n"
    )
    assert len(read_labelled_lyrics(path).texts) == 1


def test_no_usable_rows(tmp_path: Path) -> None:
    (tmp_path / "songs.csv").write_text("artist,title,lyrics,mood\nA,T,la,sad\n")
    with pytest.raises(DataError, match="contains no song"):
        read_labelled_lyrics(tmp_path / "songs.csv")


def test_split_sizes_of_2018() -> None:
    split = split_of_2018(2412, seed=1)
    assert {name: len(part) for name, part in split.items()} == {
        "Training": 1648,
        "Validation": 413,
        "Test": 351,
    }
    assert sorted(np.concatenate(list(split.values()))) == list(range(2412))


def test_split_depends_on_the_seed_only() -> None:
    np.testing.assert_array_equal(split_of_2018(99, 1)["Test"], split_of_2018(99, 1)["Test"])
    assert (split_of_2018(99, 1)["Test"] != split_of_2018(99, 2)["Test"]).any()


def test_no_artist_is_in_two_folds() -> None:
    artists = tuple(f"artist {i}" for i in np.random.default_rng(1).integers(0, 60, 500))
    folds = folds_by_artist(artists, 5, seed=1)
    assert sorted(np.concatenate(folds)) == list(range(500))
    assert max(map(len, folds)) - min(map(len, folds)) < 20
    names = [{artists[i] for i in fold} for fold in folds]
    assert sum(map(len, names)) == len(set(artists))
