"""The pages' HTML and scripts, the keys that they use, and the texts that stand in them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "musicalface"
STATIC, PLAYERS_PAGE = PACKAGE / "web" / "static", PACKAGE / "players" / "page"
HTML = (*STATIC.glob("*.html"), *PLAYERS_PAGE.glob("*.html"))
SCRIPTS = (*STATIC.rglob("*.js"), *PLAYERS_PAGE.rglob("*.js"))
PYTHON = tuple(PACKAGE.rglob("*.py"))

_CODE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""", re.DOTALL
)
_SELECTOR = re.compile(r"(?:query|queryAll|closest|matches|matchMedia|querySelector)\($")
_VALUE = re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}")
_KEY = re.compile(r"""["'{]([a-z_]+\.(?!css|js)[a-z0-9_]+)["'}]""")
_ATTRIBUTES = ("alt", "aria-description", "aria-label", "content", "placeholder", "title")
_NOT_SHOWN = ("script", "style")


def literals(path: Path) -> Iterator[str]:
    """The string literals of a script, without comments and selectors."""
    text = path.read_text("utf-8")
    for found in _CODE.finditer(text):
        if found[0][0] != "/" and not _SELECTOR.search(text[: found.start()]):
            yield found[0][1:-1]


def code(path: Path) -> str:
    """The text of a file; that of a script without comments."""
    text = path.read_text("utf-8")
    if path.suffix != ".js":
        return text
    return _CODE.sub(lambda found: "" if found[0][0] == "/" else found[0], text)


def fixed_keys(path: Path) -> set[str]:
    """What looks like a key: "area.name" or {{area.name}}."""
    return set(_KEY.findall(code(path)))


def computed_keys(path: Path) -> set[str]:
    """Keys of which a part is computed, `moods.${mood}` for example, as regular expressions."""
    return {
        "([a-z0-9_]+)".join(map(re.escape, _VALUE.split(literal)))
        for literal in re.findall(r"`[a-z_]+\.[^`\s]*\$\{[^`\s]*`", code(path))
        for literal in [literal.strip("`")]
    }


def texts(html: str) -> list[str]:
    """Texts of HTML that people see or hear, without placeholders and computed values."""
    parser = _Texts()
    parser.feed(re.sub(r"\{\{[^}]*\}\}", "", _VALUE.sub("", html)))
    parser.close()
    return [text.strip() for text in parser.found if text.strip()]


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        values = dict(attrs)
        if tag != "meta" or values.get("name") == "description":
            self.found += [values[name] or "" for name in _ATTRIBUTES if name in values]

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag not in _NOT_SHOWN:
            self.found.append(data)
