from pathlib import Path

import pytest

from musicalface.errors import DataError
from musicalface.listeners import Source, read_source, read_sources
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
        (["artist,title,valence,arousal", "A,One,inf,0"], "'inf' is no number"),
        (["artist,title,valence,arousal", "A,One,1e200,0"], "0 must be the middle"),
        (
            ["artist,title,valence,arousal", *(f"A,{i},{1 + i % 9},5" for i in range(40))],
            "valence from 1 to 9: 0 must be the middle",
        ),
        (["artist,title,valence,arousal", "A,One,nan,nan"], "of no song its mood"),
        (["artist,title,valence,arousal", "A,One,1,"], "of no song its mood"),
        (["title,mood", "One,sad"], "no column 'artist"),
    ],
)
def test_tables_that_are_none(tmp_path: Path, rows: list[str], reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        read_source([table(tmp_path / "t.csv", *rows)])


def test_one_voice_speaks_once_of_a_song(tmp_path: Path) -> None:
    tags = table(tmp_path / "tags.csv", "artist,title,mood", "A,One,sad")
    plane = table(tmp_path / "va.csv", "artist,title,valence,arousal", "A,One,1,1", "A,Two,1,1")
    assert read_source([tags, plane]) == Source(
        "tags+va", {"a|one": Mood.SAD}, {"a|two": (1.0, 1.0)}
    )


def test_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one = table(tmp_path / "tags.csv", "artist,title,mood", "A,One,sad")
    other = table(tmp_path / "other" / "tags.csv", "artist,title,mood", "A,One,happy")
    with pytest.raises(DataError, match="Two sources are called tags"):
        read_sources([[one], [other]])
