"""All sentences of the pages stand in one file for each language."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest

from musicalface.face.quality import Problem
from musicalface.sentences import fill, read_sentences, sentence, sentences
from tests.sentences.sources import (
    HTML,
    PLAYERS_PAGE,
    PYTHON,
    SCRIPTS,
    STATIC,
    code,
    computed_keys,
    fixed_keys,
    literals,
    texts,
)
from tests.web.test_page_imports import closure

SENTENCES = read_sentences()
KEYS = {f"{area}.{name}" for area, names in SENTENCES.items() for name in names}
LANGUAGES = tuple(sentences.FOLDER.glob("*.json"))
PROBLEMS = {problem.replace(" ", "_") for problem in get_args(Problem)}
NAMES = {"Deezer", "Escape", "Esc", "MusicalFace", "Spotify"}
"""Names of services, of the program and of keys: the same in all languages."""

NOT_SENTENCES = {
    "MusicalFace",
    "· MusicalFace",
    "-px 0px 0px",  # the margin of an IntersectionObserver
    "Files",  # a type of what is dragged
    "No cover:",  # an error that nobody sees
    "Replaced",  # as above: the song was replaced
    "autoplay; encrypted-media",
    "icon heart",
    "icon more",
    "input:not([type=range]), textarea, select, [contenteditable]",
    "button, summary,",
    "main use",
    "noopener noreferrer",
    "rotate(  41)",
    "translate( ) scale() rotate( 50 50)",
    "rgb(0 0 0 / 28%)",
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
}
"""Literals with a space that are CSS, attributes or code."""


def used_keys() -> set[str]:
    """Keys of the file that the HTML, the scripts or Python uses."""
    fixed = set[str]().union(*(fixed_keys(path) for path in (*HTML, *SCRIPTS, *PYTHON)))
    words = PROBLEMS.union(*(words_of(path) for path in SCRIPTS))
    patterns = set[str]().union(*(computed_keys(path) for path in SCRIPTS))
    return fixed | {
        key
        for pattern in patterns
        for key in KEYS
        if (found := re.fullmatch(pattern, key)) and words.issuperset(found.groups())
    }


def words_of(script: Path) -> set[str]:
    """What may stand for a computed part of a key: literals, and names in objects."""
    text = script.read_text("utf-8")
    found = re.findall(r"""["']([a-z0-9_]+)["']|(?<![\w.])([a-z0-9_]+):""", text)
    return {literal or name for literal, name in found}


@pytest.mark.parametrize("path", [*HTML, *SCRIPTS], ids=lambda path: path.name)
def test_used_keys_exist(path: Path) -> None:
    of_areas = {key for key in fixed_keys(path) if key.partition(".")[0] in SENTENCES}
    assert of_areas <= KEYS
    assert set(re.findall(r"\{\{([\w.]+)\}\}", code(path))) <= KEYS
    for pattern in computed_keys(path):
        area = pattern.partition("\\.")[0]
        assert area not in SENTENCES or any(re.fullmatch(pattern, key) for key in KEYS), pattern


def test_every_key_is_used() -> None:
    assert KEYS - used_keys() == set()


@pytest.mark.parametrize("path", HTML, ids=lambda path: path.name)
def test_no_sentence_stands_in_html(path: Path) -> None:
    found = texts(re.sub(r"\$\w+", "", path.read_text("utf-8")))
    assert [
        text
        for text in found
        if re.search("[A-Za-z]{2}", text) and text not in {*NAMES, *NOT_SENTENCES}
    ] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_sentence_stands_in_a_script(path: Path) -> None:
    shown = [text for literal in literals(path) for text in texts(literal)]
    assert [text for text in shown if is_sentence(text) and text not in NOT_SENTENCES] == []


def is_sentence(text: str) -> bool:
    """Words with a space between them, or one word as buttons have it."""
    if re.fullmatch(r"[A-Z][a-z’]+[.:…?!]?", text):
        return text not in NAMES
    return bool(re.search(r"\s", text) and re.search(r"\b[a-z]{2,}\b", text))


def areas_of(path: Path) -> set[str]:
    """The areas whose keys a script uses."""
    keys = {*fixed_keys(path), *(key.replace("\\", "") for key in computed_keys(path))}
    return {key.partition(".")[0] for key in keys} & SENTENCES.keys()


def sent_areas(html: Path) -> set[str]:
    (found,) = re.findall(r"\{\{areas ([a-z_ ]+)\}\}", html.read_text("utf-8"))
    return set(found.split())


def test_first_modules_use_the_sentences_that_the_page_has_at_first() -> None:
    """What is not loaded by afterSentences() must do with them."""
    modules = closure(after_sentences=False)
    used = {area for name in modules for area in areas_of(script(name))}
    assert used == sent_areas(STATIC / "index.html")


def test_the_players_page_has_the_sentences_that_it_uses() -> None:
    page = (PLAYERS_PAGE / "page.js", *(PLAYERS_PAGE / "ui").glob("*.js"))
    used = {area for path in page for area in areas_of(path)}
    assert used == sent_areas(PLAYERS_PAGE / "page.html")


def script(name: str) -> Path:
    """The file of a module, by its name in test_page_imports."""
    folder = PLAYERS_PAGE if name.startswith("ui/") else STATIC / "js"
    return folder / name


def placeholders(found: str | Mapping[str, str]) -> set[str]:
    text = found if isinstance(found, str) else found["other"]
    return set(re.findall(r"\{\w+\}|[`[\]]", text))


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)
def test_languages_have_the_same_keys_and_placeholders(path: Path) -> None:
    language = json.loads(path.read_text("utf-8"))
    assert language["page"]["language"] == path.stem
    assert {area: set(names) for area, names in language.items()} == {
        area: set(names) for area, names in SENTENCES.items()
    }
    for area, names in language.items():
        for name, found in names.items():
            assert placeholders(found) == placeholders(SENTENCES[area][name]), f"{area}.{name}"
            assert isinstance(found, str) or set(found) <= {
                "zero", "one", "two", "few", "many", "other"
            }  # fmt: skip


def test_html_gets_escaped_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = {"page": {"language": "x-y", "description": 'A < B & "C"'}}
    (tmp_path / "x-y.json").write_text(json.dumps(made_up), "utf-8")
    monkeypatch.setattr(sentences, "FOLDER", tmp_path)
    monkeypatch.setenv("MUSICALFACE_LANGUAGE", "x-y")
    assert fill('<p title="{{page.description}}">') == '<p title="A &lt; B &amp; &quot;C&quot;">'
    assert "<" not in fill("{{areas page}}")
    page = json.loads(fill("{{areas page}}"))["page"]
    assert page["language"] == "x-y"
    assert page["sources"] == "Music sources"  # not translated


def test_unknown_language_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICALFACE_LANGUAGE", "xx")
    assert sentence("page.language") == "en"
