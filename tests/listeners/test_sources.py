from pathlib import Path

import pytest

from musicalface.errors import DataError
from musicalface.listeners import Source, read_source
from musicalface.mood import Mood


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_moods_and_points(tmp_path: Path) -> None:
    tags = table(tmp_path / "tags.csv", "artist,title,mood", "A,One,sad", "the a,ONE (Live),happy")
    more = table(
        tmp_path / "more.csv", "artist,title,mood,conflict", "B,Two,angry,", "C,3,sad,true"
    )
    source = read_source([tags, more])
    assert source.name == "tags+more"
    assert source.moods == {"a|one": Mood.SAD, "b|two": Mood.ANGRY}
    plane = table(tmp_path / "va.csv", "artist,title,valence,arousal,mood", "A,One,0,0.0,sad")
    assert read_source([plane]) == Source("va", {}, {"a|one": (0.0, 0.0)})


def test_far_points_are_words() -> None:
    source = Source("va", {}, {"a|1": (-1.2, 0.4), "a|2": (0.3, 0.3), "a|3": (0.9, -0.9)})
    assert source.said == {"a|1": Mood.ANGRY, "a|3": Mood.RELAXED}
    assert source.words(0)["a|2"] is Mood.HAPPY


def test_without_an_artist() -> None:
    source = Source("x", {"a|1": Mood.SAD, "b|1": Mood.SAD}, {"a|2": (1, 1), "b|2": (1, 1)})
    assert source.without({"a"}) == Source("x", {"b|1": Mood.SAD}, {"b|2": (1, 1)})


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["artist,title", "A,One"], "of no song its mood"),
        (["artist,title,mood", "A,One,merry"], "'merry' is none of"),
        (["artist,title,valence,arousal", "A,One,high,0"], "row 2: 'high' is no number"),
        (["artist,title,valence,arousal", "A,One,nan,0"], "'nan' is no number"),
        (["artist,title,valence,arousal", "A,One,1,"], "of no song its mood"),
        (["title,mood", "One,sad"], "no column 'artist"),
    ],
)
def test_tables_that_are_none(tmp_path: Path, rows: list[str], reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        read_source([table(tmp_path / "t.csv", *rows)])
