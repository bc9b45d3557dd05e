"""Reads the sentences of a language, and fills them into HTML."""

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

from ..settings import language

FOLDER = Path(__file__).parent
"""Has `en.json`, and a file of the same form for every other language."""

_ENGLISH = FOLDER / "en.json"
_AREAS = re.compile(r"\{\{areas ([a-z_ ]+)\}\}")
_KEY = re.compile(r"\{\{([a-z_]+\.[a-z0-9_]+)\}\}")

Sentence = str | Mapping[str, str]
"""A text, or the texts for one thing and several ("one", "other", ...: the plurals of CLDR)."""

Sentences = Mapping[str, Mapping[str, Sentence]]
"""By area of the page and name."""


def read_sentences() -> Sentences:
    """All sentences of MUSICALFACE_LANGUAGE, in English where it has no file or lacks one."""
    english, chosen = _read(_ENGLISH), FOLDER / f"{language()}.json"
    translated = _read(chosen) if chosen.is_file() else english
    return {area: {**names, **translated.get(area, {})} for area, names in english.items()}


def sentence(key: str) -> str:
    """The text of a key, "messages.private" for example.

    Raises KeyError for an unknown key.
    """
    area, _, name = key.partition(".")
    found = read_sentences()[area][name]
    return found if isinstance(found, str) else found["other"]


def fill(html: str) -> str:
    """HTML whose placeholders are filled.

    `{{area.name}}` becomes the escaped text, and `{{areas one two}}` the JSON of these areas for
    the page's scripts, which is safe inside a <script> of the type application/json.
    """
    filled = _KEY.sub(lambda found: escape(sentence(found[1])), html)
    return _AREAS.sub(lambda found: _script_json(found[1].split()), filled)


def _script_json(areas: list[str]) -> str:
    chosen = {area: read_sentences()[area] for area in areas}
    return json.dumps(chosen, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")


@cache
def _read(path: Path) -> Sentences:
    sentences: Sentences = json.loads(path.read_text("utf-8"))
    return sentences
