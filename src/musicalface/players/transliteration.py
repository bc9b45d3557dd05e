"""Transliteration: Cyrillic letters in Latin letters, to compare spellings of one name."""

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщыэюяіїєґў"
_LATIN = (
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya i yi ye g u"
).split()
_LETTERS = dict(zip(_CYRILLIC, _LATIN, strict=True)) | {"ъ": "", "ь": ""}
_TABLE = str.maketrans(_LETTERS)


def latin(folded: str) -> str:
    """Returns a folded text with its Cyrillic letters in Latin letters."""
    return folded if folded.isascii() else folded.translate(_TABLE)
