from pathlib import Path

import pytest

from musicalface.annotations import AnnotationSource, read_source, read_sources
from musicalface.errors import DataError
from musicalface.mood import EMOTION_TAGS, Mood

TAGS = "artist,title,anger,calmness,happiness,sadness"


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
    assert read_source([plane]) == AnnotationSource("va", {}, {"a|one": (0.0, 0.0)})


def test_far_points_are_labels() -> None:
    source = AnnotationSource("va", {}, {"a|1": (-1.2, 0.4), "a|2": (0.3, 0.3), "a|3": (0.9, -0.9)})
    assert source.labels == {"a|1": Mood.ANGRY, "a|3": Mood.RELAXED}
    assert source.labels_beyond(0)["a|2"] is Mood.HAPPY


def test_counts_of_tags(tmp_path: Path) -> None:
    path = table(
        tmp_path / "t.csv", f"{TAGS},zest", "A,One,0,7,2,1,9", "B,Two,,3,3,,", "C,3,0,0,0,0,8"
    )
    source = read_source([path])
    counts = {key: dict(zip(EMOTION_TAGS, c, strict=True)) for key, c in source.counts.items()}
    assert counts.keys() == {"a|one", "b|two"}
    assert {tag: n for tag, n in counts["a|one"].items() if n} == {
        "calmness": 7,
        "happiness": 2,
        "sadness": 1,
    }
    assert source.labels == {"a|one": Mood.RELAXED}  # half of the tags of B's song are not enough
    assert source.ignored == ["zest"]
    assert not source.exclude_artists({"a", "b"}).counts


def test_exclude_artists() -> None:
    source = AnnotationSource(
        "x", {"a|1": Mood.SAD, "b|1": Mood.SAD}, {"a|2": (1, 1), "b|2": (1, 1)}
    )
    assert source.exclude_artists({"a"}) == AnnotationSource(
        "x", {"b|1": Mood.SAD}, {"b|2": (1, 1)}
    )


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["artist,title", "A,One"], "no song with a mood"),
        (["artist,title,mood", "A,One,merry"], "unknown mood 'merry'"),
        (["artist,title,valence,arousal", "A,One,high,0"], "row 2: 'high' isn't a number"),
        (["artist,title,valence,arousal", "A,One,inf,0"], "'inf' isn't a finite number"),
        (["artist,title,valence,arousal", "A,One,1e200,0"], "0 must be the middle"),
        (
            ["artist,title,valence,arousal", *(f"A,{i},{1 + i % 9},5" for i in range(40))],
            r"valence from 1 to 9\. Rescale it: 0 must be the middle",
        ),
        (["artist,title,valence,arousal", "A,One,nan,nan"], "no song with a mood"),
        (["artist,title,valence,arousal", "A,One,1,"], "no song with a mood"),
        (["title,mood", "One,sad"], "no column 'artist"),
        ([TAGS, "A,One,0,0,0,0", "B,Two,,,nan,"], "no song with a mood.* or with emotion tags"),
        ([TAGS, "A,One,1,2,3,-4"], "row 2: sadness is -4. Give each tag a whole number from 0"),
        ([TAGS, "A,One,1,2.5,3,4"], r"calmness is 2\.5"),
        ([TAGS, "A,One,many,2,3,4"], "'many' isn't a number"),
        ([TAGS, "A,One,1,2,3,1e300"], "sadness is 1e300"),
        ([TAGS, "A,One,1,2,inf,4"], "'inf' isn't a finite number"),
        (["artist,title,anger,fear,sadness", "A,One,1,2,3"], "no song with a mood"),
    ],
)
def test_invalid_tables(tmp_path: Path, rows: list[str], reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        read_source([table(tmp_path / "t.csv", *rows)])


def test_first_label_of_a_song_counts(tmp_path: Path) -> None:
    tags = table(tmp_path / "tags.csv", "artist,title,mood", "A,One,sad")
    plane = table(tmp_path / "va.csv", "artist,title,valence,arousal", "A,One,1,1", "A,Two,1,1")
    assert read_source([tags, plane]) == AnnotationSource(
        "tags+va", {"a|one": Mood.SAD}, {"a|two": (1.0, 1.0)}
    )


def test_duplicate_source_names_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one = table(tmp_path / "tags.csv", "artist,title,mood", "A,One,sad")
    other = table(tmp_path / "other" / "tags.csv", "artist,title,mood", "A,One,happy")
    with pytest.raises(DataError, match="Two sources are called tags"):
        read_sources([[one], [other]])
