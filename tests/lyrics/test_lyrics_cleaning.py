"""Lyrics cleaning, on lines made up for this test."""

import time

import pytest

from musicalface.lyrics import read_lyrics
from musicalface.lyrics.english_detection import language_of
from musicalface.lyrics.lyrics_cleaning import clean_lyrics
from tests.conftest import SONG

LRC = """[ar:Somebody]
[ti: A Song ]
[offset:+500]
[id: xyz]
[00:12.00]I walk <00:12.50>alone
[00:17.345][01:02.3]and back [again]
[2:07] to you
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LRC, "I walk alone and back [again] to you"),
        ("[0,3000]<0,300,0>I <300,300,0>walk", "I walk"),
        ("1\n00:00:05,000 --> 00:00:07,000\nI walk\n\n2\n00:08.000 --> 00:09.000\nalone",
         "I walk alone"),
        ("[Verse 1: Maker]\n[Chorus] I walk\n(Bridge)\nChorus x2\nOutro:\nVerse 2: alone (x2)",
         "I walk alone"),
        ("Written by: A. Maker\nLyrics & Music by: B\n作词 : 李\nI walk\n12Embed\n© 2020 Maker",
         "I walk"),
        ("Lyrics licensed by LyricFind\nI walk\nwww.lyrics.example", "I walk"),
        ("Don&amp;#39;t you&rsquo;re<br>&lt;i&gt;I&lt;/i&gt; walk &amp; <3",
         "Don't you're I walk & <3"),
        ("it`s itâ€™s it´s it’s it＇s", "it's it's it's it's it's"),
        ("a…b—c “d” e·f", "a b c d e f"),
        ("I\u200bwalk\u200balone", "I walk alone"),
        ("I wa\u200blk al\u00adone \ufeffnow", "I walk alone now"),
        ("The bridge is over\nMusic by the river\nI love (you) music", None),
        ("[Instrumental]", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_only_sung_words_stay(text: str, words: str | None) -> None:
    cleaned = clean_lyrics(text)
    assert cleaned.split() == (text if words is None else words).split()
    assert clean_lyrics(cleaned) == cleaned


@pytest.mark.parametrize(
    "piece", ["\r\n", "[", "<", " ", "[00:", "(chorus ", "&amp;", "a\u200b", "- ", "www.", "\t"]
)
def test_long_input_takes_little_time(piece: str) -> None:
    started = time.process_time()
    clean_lyrics(piece * (1_000_000 // len(piece)) + "words")
    assert time.process_time() - started < 3


def test_disguised_words_read_alike() -> None:
    song = SONG.read_text()
    timed = "\n".join(f"[00:{i % 60:02}.00]{line}" for i, line in enumerate(song.split("\n")))
    disguised = [
        timed,
        song.replace("'", "&amp;#39;"),
        song.replace(" ", "…"),
        song.replace("'", "’"),
    ]
    plain, *others = read_lyrics([song, *disguised])
    assert others == [plain] * len(disguised)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("we lopen samen door de stad en we zeggen niets tegen elkaar of we nu lachen of huilen",
         "Dutch"),
        ("it is nacht en ik tink oan dy wylst de rein falt op it dak en it wetter sjongt",
         "Frisian"),
        ("ek loop alleen in die reën en ek dink aan jou want ons is nie meer hier nie",
         "Afrikaans"),
        ("ich gehe allein im Regen und du bist nicht da und ich weine um dich so", "German"),
        ("camino solo por la calle y pienso en ti cada noche sin dormir", "Spanish"),
        ("君のことが好きだよ 雨の中を歩く", "Japanese"),
        ("мы идём домой под дождём", "Russian"),
        ("we walk alone in the rain and it is night and I think of you my love", "English"),
        ("la la la na na na", "another language"),
    ],
)  # fmt: skip
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language
