"""Mood scoring: how lyrics and listeners' annotations combine, and which evidence is recorded."""

import csv
from pathlib import Path

import pytest

from musicalface.mood import Mood
from musicalface.songs import Song, open_catalog
from musicalface.songs.catalog_build import build_catalog
from tests.conftest import WORDS, Run

SPANISH = "camino solo por la calle y pienso en ti cada noche sin dormir " * 3


def write(path: Path, *rows: tuple[object, ...]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture
def lyrics(tmp_path: Path) -> Path:
    return write(
        tmp_path / "lyrics.csv",
        ("artist", "title", "lyrics"),
        ("A", "Lyrics only", WORDS["angry"] * 3),
        ("B", "Both", WORDS["angry"] * 3),
        ("C", "Lejos", SPANISH),
        ("D", "Lejos", SPANISH),
    )


@pytest.fixture
def tags(tmp_path: Path) -> Path:
    return write(
        tmp_path / "tags.csv",
        ("artist", "title", "mood"),
        ("B", "BOTH (live)", "sad"),
        ("C", "Lejos", "sad"),
        ("E", "Tags only", "relaxed"),
    )


def built(out: Path, *sources: Path, **options: object) -> dict[str, Song]:
    build_catalog(sources, out, **options)  # type: ignore[arg-type]
    with open_catalog(out) as catalog:
        return {song.artist: song for song in catalog}


def test_lyrics_and_annotations_are_combined(lyrics: Path, tags: Path, tmp_path: Path) -> None:
    plain = built(tmp_path / "plain.sqlite", lyrics)
    songs = built(tmp_path / "out.sqlite", lyrics, listeners=[[tags]])
    assert plain.keys() == {"A", "B"}
    assert songs.keys() == {"A", "B", "C", "E"}  # D is not English and has no tags
    assert songs["A"] == plain["A"]
    assert {name: song.evidence for name, song in songs.items()} == {
        "A": "lyrics",
        "B": "listeners",
        "C": "listeners",
        "E": "listeners",
    }
    assert songs["E"].moods.relaxed == pytest.approx(2 / 3, abs=0.001)
    # A label that is right in two of three cases makes sad six times as likely as another mood.
    before, after = plain["B"].moods, songs["B"].moods
    assert after.sad / after.angry == pytest.approx(6 * before.sad / before.angry, rel=0.1)
    assert sum(after.as_dict().values()) == pytest.approx(1, abs=0.002)


def test_other_songs_of_an_artist_count_for_songs_without_annotations(
    lyrics: Path, tmp_path: Path
) -> None:
    others = write(
        tmp_path / "others.csv",
        ("artist", "title", "anger", "calmness", "happiness", "sadness"),
        *(("A", f"Other {i}", 0, 40, 0, 0) for i in range(5)),
    )
    plain = built(tmp_path / "plain.sqlite", lyrics)
    with_artist = tmp_path / "out.sqlite"
    build_catalog([lyrics], with_artist, listeners=[[others]])
    with open_catalog(with_artist) as catalog:
        (song,) = (song for song in catalog if song.evidence == "lyrics" and song.artist == "A")
        assert sum(song.artist == "A" for song in catalog) == 6
    before, after = plain["A"].moods, song.moods
    assert 1 < (after.relaxed / after.angry) / (before.relaxed / before.angry) < 3.6


def test_facts_list_each_source_and_its_agreement(lyrics: Path, tags: Path, tmp_path: Path) -> None:
    build_catalog([lyrics], tmp_path / "out.sqlite", listeners=[[tags]])
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        assert catalog.facts()["listeners"] == "tags 0.667"


def test_exported_catalog_can_be_rebuilt(
    lyrics: Path, tags: Path, tmp_path: Path, run: Run
) -> None:
    songs = built(tmp_path / "one.sqlite", lyrics, listeners=[[tags]])
    for suffix in (".csv", ".parquet"):
        table = tmp_path / f"songs{suffix}"
        assert run("catalog", "export", "--catalog", tmp_path / "one.sqlite", "--out", table).out
        again = tmp_path / f"again{suffix}.sqlite"
        assert built(again, table) == songs
        with open_catalog(again) as catalog:
            assert catalog.facts()["model"] == ""  # the export does not name the model


@pytest.mark.parametrize("shares", ["0.5,0.5,0.5,0.5", "2,-1,0,0", "inf,0,0,1", "x,0,0,1"])
def test_invalid_probabilities(tmp_path: Path, run: Run, shares: str) -> None:
    table = tmp_path / "bad.csv"
    table.write_text(f"artist,title,angry,happy,relaxed,sad\nA,One,{shares}\n")
    result = run("catalog", "build", table, "--out", tmp_path / "out.sqlite")
    assert result.status == 2
    assert f"{table}, row 2: " in result.err
    assert not (tmp_path / "out.sqlite").exists()


def test_listeners_option(lyrics: Path, tags: Path, tmp_path: Path, run: Run) -> None:
    more = write(
        tmp_path / "va.csv", ("artist", "title", "valence", "arousal"), ("E", "Tags only", 2, -2)
    )
    out = tmp_path / "out.sqlite"
    result = run("catalog", "build", lyrics, "--listeners", f"{tags},{more}", "--out", out)
    assert result.status == 0, result.err
    assert "4 added" in result.out
    with open_catalog(out) as catalog:
        songs = {song.artist: song for song in catalog}
    assert songs["E"].mood is Mood.RELAXED
    missing = run("catalog", "build", lyrics, "--listeners", "none.csv", "--out", out)
    assert missing.status == 2
    assert "none.csv doesn't exist" in missing.err


def test_lowercase_names_are_capitalized(tmp_path: Path) -> None:
    table = write(
        tmp_path / "low.csv",
        ("artist", "title", "lyrics"),
        ("bill withers", "lean on me (don't go)", WORDS["sad"] * 3),
        ("k.d. lang", "Constant Craving", WORDS["sad"] * 3),
    )
    build_catalog([table], tmp_path / "c.sqlite")
    with open_catalog(tmp_path / "c.sqlite") as catalog:
        names = [(song.artist, song.title) for song in catalog]
    assert names == [("Bill Withers", "Lean On Me (Don't Go)"), ("k.d. lang", "Constant Craving")]


def test_catalog_show(lyrics: Path, tags: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out.sqlite"
    build_catalog([lyrics], out, listeners=[[tags]])
    result = run("catalog", "show", "--catalog", out).out
    assert (
        result.splitlines()[0].split()
        == "songs by listeners by lyrics played with Spotify id".split()
    )
    assert result.splitlines()[5].split()[:4] == ["all", "4", "3", "1"]
    assert "listeners: tags 0.667" in result


def test_record_label_column_is_ignored(tmp_path: Path) -> None:
    table = write(
        tmp_path / "records.csv",
        ("artist", "title", "lyrics", "label", "valence", "arousal"),
        ("A", "One", WORDS["sad"] * 3, "Blue Note", "high", "nan"),
    )
    assert built(tmp_path / "c.sqlite", table).keys() == {"A"}
