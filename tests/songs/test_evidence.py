"""Words and listeners together: what the catalog says of a song, and how it is known."""

import csv
from pathlib import Path

import pytest

from musicalface.mood import Mood
from musicalface.songs import Song, open_catalog
from musicalface.songs.build import build_catalog
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
        ("A", "Words alone", WORDS["angry"] * 3),
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
        ("E", "Heard alone", "relaxed"),
    )


def built(out: Path, *sources: Path, **options: object) -> dict[str, Song]:
    build_catalog(sources, out, **options)  # type: ignore[arg-type]
    with open_catalog(out) as catalog:
        return {song.artist: song for song in catalog}


def test_words_and_listeners(lyrics: Path, tags: Path, tmp_path: Path) -> None:
    plain = built(tmp_path / "plain.sqlite", lyrics)
    songs = built(tmp_path / "out.sqlite", lyrics, listeners=[[tags]])
    assert plain.keys() == {"A", "B"}
    assert songs.keys() == {"A", "B", "C", "E"}  # D is not English, and nobody spoke of it
    assert songs["A"] == plain["A"]
    assert {name: song.evidence for name, song in songs.items()} == {
        "A": "lyrics",
        "B": "listeners",
        "C": "listeners",
        "E": "listeners",
    }
    assert songs["E"].moods.relaxed == pytest.approx(2 / 3, abs=0.001)
    # A word that is right in two of three cases makes sad six times as likely as each other.
    before, after = plain["B"].moods, songs["B"].moods
    assert after.sad / after.angry == pytest.approx(6 * before.sad / before.angry, rel=0.1)
    assert sum(after.as_dict().values()) == pytest.approx(1, abs=0.002)


def test_the_facts_name_each_voice_and_its_agreement(
    lyrics: Path, tags: Path, tmp_path: Path
) -> None:
    build_catalog([lyrics], tmp_path / "out.sqlite", listeners=[[tags]])
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        assert catalog.facts()["listeners"] == "tags 0.667"


def test_an_exported_catalog_is_a_source(
    lyrics: Path, tags: Path, tmp_path: Path, run: Run
) -> None:
    songs = built(tmp_path / "one.sqlite", lyrics, listeners=[[tags]])
    for suffix in (".csv", ".parquet"):
        table = tmp_path / f"songs{suffix}"
        assert run("catalog", "export", "--catalog", tmp_path / "one.sqlite", "--out", table).out
        again = tmp_path / f"again{suffix}.sqlite"
        assert built(again, table) == songs
        with open_catalog(again) as catalog:
            assert catalog.facts()["model"] == ""  # who scored it, it does not know


@pytest.mark.parametrize("shares", ["0.5,0.5,0.5,0.5", "2,-1,0,0", "inf,0,0,1", "x,0,0,1"])
def test_probabilities_that_are_none(tmp_path: Path, run: Run, shares: str) -> None:
    table = tmp_path / "bad.csv"
    table.write_text(f"artist,title,angry,happy,relaxed,sad\nA,One,{shares}\n")
    told = run("catalog", "build", table, "--out", tmp_path / "out.sqlite")
    assert told.status == 2
    assert f"{table}, row 2: " in told.err
    assert not (tmp_path / "out.sqlite").exists()


def test_listeners_from_the_command_line(
    lyrics: Path, tags: Path, tmp_path: Path, run: Run
) -> None:
    more = write(
        tmp_path / "va.csv", ("artist", "title", "valence", "arousal"), ("E", "Heard alone", 2, -2)
    )
    out = tmp_path / "out.sqlite"
    told = run("catalog", "build", lyrics, "--listeners", f"{tags},{more}", "--out", out)
    assert told.status == 0, told.err
    assert "4 added" in told.out
    with open_catalog(out) as catalog:
        songs = {song.artist: song for song in catalog}
    assert songs["E"].mood is Mood.RELAXED
    missing = run("catalog", "build", lyrics, "--listeners", "none.csv", "--out", out)
    assert missing.status == 2
    assert "no file none.csv" in missing.err


def test_names_typed_without_capitals_are_given_them(tmp_path: Path) -> None:
    table = write(
        tmp_path / "low.csv",
        ("artist", "title", "lyrics"),
        ("bill withers", "lean on me (don't go)", WORDS["sad"] * 3),
        ("k.d. lang", "Constant Craving", WORDS["sad"] * 3),
    )
    build_catalog([table], tmp_path / "c.sqlite")
    with open_catalog(tmp_path / "c.sqlite") as catalog:
        names = [(song.artist, song.title) for song in catalog]
    assert names == [("Bill Withers", "Lean On Me (don't Go)"), ("k.d. lang", "Constant Craving")]


def test_what_a_catalog_holds(lyrics: Path, tags: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out.sqlite"
    build_catalog([lyrics], out, listeners=[[tags]])
    told = run("catalog", "show", "--catalog", out).out
    assert (
        told.splitlines()[0].split() == "songs by listeners by words played with Spotify id".split()
    )
    assert told.splitlines()[5].split()[:4] == ["all", "4", "3", "1"]
    assert "listeners: tags 0.667" in told


def test_a_column_of_record_labels_harms_no_build(tmp_path: Path) -> None:
    table = write(
        tmp_path / "records.csv",
        ("artist", "title", "lyrics", "label", "valence", "arousal"),
        ("A", "One", WORDS["sad"] * 3, "Blue Note", "high", "nan"),
    )
    assert built(tmp_path / "c.sqlite", table).keys() == {"A"}
