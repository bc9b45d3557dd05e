"""Imports and ids of the page's JavaScript modules."""

import re
from collections import Counter
from graphlib import TopologicalSorter

from tests.conftest import ROOT

SOURCES = ROOT / "src" / "musicalface"
PAGE, SHARED = SOURCES / "web" / "static" / "js", SOURCES / "players" / "page" / "ui"
OTHER_PAGES = {"spotify-embed.js", "spotify-embed-output.js"}
"""Shared modules that only the other pages may load."""


def imports(kind: str = r"from |import\(") -> dict[str, set[str]]:
    """For each module the names of those that it imports; shared ones begin with "ui/"."""
    pattern = re.compile(rf"""(?:{kind})\s*["'](\./|\.\./ui/)([\w-]+\.js)["']""")
    return {
        home + path.name: {
            ("ui/" if place == "../ui/" else home) + name
            for place, name in pattern.findall(path.read_text("utf-8"))
        }
        for home, folder in (("", PAGE), ("ui/", SHARED))
        for path in folder.glob("*.js")
    }


def test_page_modules_have_no_import_cycle() -> None:
    """Imports that run later, by `import()`, may lead back."""
    TopologicalSorter(imports("from ")).prepare()  # a cycle raises CycleError, which names it


def closure(after_sentences: bool = True) -> set[str]:
    """All modules that main.js loads; maybe without those that wait for more sentences."""
    graph = (
        imports() if after_sentences else imports(r"from |(?<!afterSentences\(\(\) => )import\(")
    )
    loaded, waiting = set[str](), ["main.js"]
    while waiting:
        name = waiting.pop()
        if name not in loaded:
            loaded.add(name)
            waiting += graph[name]
    return loaded


def test_every_page_module_is_loaded() -> None:
    assert closure() >= set(imports()) - {f"ui/{name}" for name in OTHER_PAGES}


def test_ids_are_unique() -> None:
    """An id in two places leads the code of one to the element of the other."""
    sources = [PAGE.parent / "index.html", *PAGE.glob("*.js"), *SHARED.glob("*.js")]
    ids = Counter(
        found
        for path in sources
        if path.name not in OTHER_PAGES
        for found in set(re.findall(r'\bid(?:="|: ")([\w-]+)"', path.read_text("utf-8")))
    )
    assert [name for name, count in ids.items() if count > 1] == []


def test_subscriptions_name_keys_of_the_state() -> None:
    """A subscription to a key that was renamed is never called."""
    state = (PAGE / "store.js").read_text("utf-8").split("};")[0]
    keys = set(re.findall(r"^  (\w+):", state, re.MULTILINE))
    lists = [
        found
        for path in PAGE.glob("*.js")
        for found in re.findall(r"subscribe\(\[([^\]]*)\]", path.read_text("utf-8"))
    ]
    assert {key for each in lists for key in re.findall(r'"(\w+)"', each)} <= keys
    assert {"startedSong", "barSong"} <= keys
