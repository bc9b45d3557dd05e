import pytest

from musicalface.identity import song_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Beyoncé", "Halo"), ("BEYONCE", "halo")),
        (("The Beatles", "Help!"), ("Beatles", "Help")),
        (("Simon & Garfunkel", "America"), ("Simon and Garfunkel", "America")),
        (("Rihanna feat. Jay-Z", "Umbrella"), ("Rihanna", "Umbrella (feat. Jay-Z)")),
        (("Nirvana", "Lithium (Live at Reading)"), ("Nirvana", "Lithium")),
        (("Moby", "Porcelain - 2016 Remaster"), ("Moby", "Porcelain")),
        (("Cher", "Believe [Club Remix]"), ("Cher", "Believe")),
    ],
)
def test_spellings_of_one_song(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert song_key(*one) == song_key(*other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Oasis", "Live Forever"), ("Oasis", "Forever")),
        (("安室奈美恵", "愛"), ("宇多田ヒカル", "愛")),
        (("宇多田ヒカル", "光"), ("宇多田ヒカル", "桜")),
        (("Кино", "Песня 1"), ("Кино", "Группа 1")),
        (("A", "B"), ("AB", "")),
        (("Adele", "Hello"), ("Lionel Richie", "Hello")),
        (("The The", "Giant"), ("", "Giant")),
        (("Them", "Gloria"), ("M", "Gloria")),
        (("FT Island", "Heaven"), ("", "Heaven")),
        (("Prince", "Mix"), ("Prince", "Edit")),
    ],
)
def test_different_songs(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert song_key(*one) != song_key(*other)
