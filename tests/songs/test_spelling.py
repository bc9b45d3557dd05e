from dataclasses import replace
from pathlib import Path

import pytest

from musicalface.identity import song_key
from musicalface.mood import MoodScores
from musicalface.songs import Song, open_catalog
from musicalface.songs.catalog_build import build_catalog
from musicalface.songs.english_spelling import capitalized
from musicalface.songs.spelling import Spellings, _known_artists
from tests.conftest import WORDS

SONG = Song("", "", MoodScores(0.1, 0.2, 0.3, 0.4), "lyrics")


def repaired(artist: str, title: str, spellings: Spellings | None = None) -> tuple[str, str]:
    song = (spellings or Spellings()).repair(replace(SONG, artist=artist, title=title))
    assert song_key(song.artist, song.title) == song_key(artist, title)
    return song.artist, song.title


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("Dont Lie", "Don't Lie"),
        ("He Aint Heavy Hes My Brother", "He Ain't Heavy He's My Brother"),
        ("im sorry i dont know", "im sorry i don't know"),
        ("Hope There'S Someone", "Hope There's Someone"),
        ("I'M A Believer", "I'm A Believer"),
        ("Lets Dance", "Let's Dance"),
        ("Dont Tell Em", "Don't Tell Em"),
        ("Another Brick In The Wall Part Ii", "Another Brick In The Wall Part II"),
    ],
)
def test_english_titles_get_their_apostrophes(title: str, right: str) -> None:
    assert repaired("Nobody", title) == ("Nobody", right)


@pytest.mark.parametrize(
    "title",
    [
        *("Ill Wind", "Wish You Were Here", "Misery Loves Its Company", "All Is Well"),
        *("Sex im Hotel", "Im Nin'Alu", "Im Himmel", "La Femme Dont Je Reve", "L'Été dont"),
        *("Lets Me Down", "(s)AINT", "VIRGO'S GROOVE", "Dj Vu", "Djs-only", "Iii-v", "Cant-Alone"),
    ],
)
def test_ambiguous_and_foreign_words_stay(title: str) -> None:
    assert repaired("Nobody", title) == ("Nobody", title)


@pytest.mark.parametrize(
    ("artist", "right"),
    [
        ("Tlc", "TLC"),
        ("Rem", "R.E.M."),
        ("AC-DC", "AC/DC"),
        ("The Mccoys", "The McCoys"),
        ("Boyz Ii Men", "Boyz II Men"),
        (
            "Destinys Child Featuring Ti And Lil Wayne",
            "Destiny's Child Featuring T.I. And Lil Wayne",
        ),
        ("Bob Featuring Bruno Mars", "B.o.B Featuring Bruno Mars"),
        ("Bob & His Texas Playboys", "Bob & His Texas Playboys"),
        ("Travis and Bob", "Travis and Bob"),
        ("Dj Esco", "DJ Esco"),
        ("Earth Wind Fire", "Earth Wind Fire"),  # "&" is part of the key
    ],
)
def test_artists_are_written_as_in_the_table_of_facts(artist: str, right: str) -> None:
    assert repaired(artist, "Song") == (right, "Song")


def test_table_of_facts_keeps_keys() -> None:
    lines = set(_known_artists().values())
    assert len(lines) == len(_known_artists()) > 200
    assert all(song_key(capitalized(name), "") == song_key(name, "") for name in lines)


def test_spelling_that_most_tables_have_counts() -> None:
    spellings = Spellings()
    for artist, title in [
        *[("Joan Osborne", "Cats In The Cradle"), ("joan osborne", "cat's in the cradle")],
        *[("Joan Osborne", "Cats In The Cradle"), ("Noel Pena", "I'll Be There")],
        *[("Noël Peña", "I'll Be There")] * 2,
        *[("NOËL PEÑA", "ROCKIN' ROBIN"), ("noël peña", "rockin' robin")],
    ]:
        spellings.add(artist, title)
    assert repaired("Noel Pena", "Ill Be There", spellings) == ("Noël Peña", "I'll Be There")
    assert repaired("Noel Pena", "Rockin Robin", spellings) == ("Noël Peña", "Rockin' Robin")
    assert repaired("Noel Pena", "Ill Be There (Live)", spellings)[1] == "Ill Be There (Live)"
    unchanged = ("Joan Osborne", "Cats In The Cradle")
    assert repaired(*unchanged, spellings) == unchanged


@pytest.mark.parametrize(
    ("name", "capitals"),
    [
        ("(take me back) mary jane", "(Take Me Back) Mary Jane"),
        ("'til i get it (feat. ty dolla $ign)", "'Til I Get It (feat. Ty Dolla $ign)"),
    ],
)
def test_names_in_lower_case_get_capitals(name: str, capitals: str) -> None:
    assert capitalized(name) == capitals


@pytest.mark.parametrize(
    ("artist", "shown"),
    [
        ("ryan cabrera", "Ryan Cabrera"),
        ("deadmau5", "deadmau5"),
        ("the bird and the bee", "the bird and the bee"),
    ],
)
def test_artist_in_lower_case_beside_a_title_with_capitals(artist: str, shown: str) -> None:
    assert repaired(artist, "TRUE", Spellings())[0] == shown


def test_build_repairs_names_and_keeps_ids(tmp_path: Path) -> None:
    table, ids = tmp_path / "songs.csv", tmp_path / "ids.csv"
    table.write_text(
        f"artist,title,lyrics\nmc hammer,u cant touch this,{WORDS['sad'] * 3}\n"
        f"the young rascals,groovin,{WORDS['sad'] * 3}\n",
        encoding="utf-8",
    )
    ids.write_text("artist,title,deezer_id\nThe Young Rascals,Groovin',7\n", encoding="utf-8")
    build_catalog([table], tmp_path / "out.sqlite", ids=[ids])
    with open_catalog(tmp_path / "out.sqlite") as catalog:
        songs = {(song.artist, song.title, song.deezer_id) for song in catalog}
    assert songs == {
        ("MC Hammer", "U Can't Touch This", 0),
        ("The Young Rascals", "Groovin'", 7),
    }
