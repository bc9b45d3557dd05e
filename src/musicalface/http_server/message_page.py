"""A small HTML page with a single message, for a missing token or a finished login."""

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from string import Template

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response

from ..sentences import fill, sentence

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0;
  font: 1.06rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  background: light-dark(oklch(.951 .009 255), oklch(.178 .008 255));
  color: light-dark(oklch(.245 .01 255), oklch(.955 .004 255));
}
main { display: grid; place-content: center; justify-items: center; gap: 1rem;
  box-sizing: border-box; min-height: 100dvh; padding: 1.5rem; text-align: center; }
svg { width: 6.5rem; fill: light-dark(oklch(.485 .105 72), oklch(.87 .145 87)); }
h1 { margin: 0; font-size: clamp(2rem, 1.4rem + 3vw, 3.2rem); font-weight: 350;
  letter-spacing: -.04em; line-height: 1.08; text-wrap: balance; }
p { margin: 0; max-width: 34rem; text-wrap: balance;
  color: light-dark(oklch(.455 .0125 255), oklch(.765 .009 255)); }
code { padding: .15rem .5rem; border-radius: .5rem; white-space: nowrap;
  font: .94em ui-monospace, Menlo, Consolas, monospace;
  background: light-dark(oklch(.984 .0035 255), oklch(.243 .0095 255)); }
a { margin-top: .6rem; padding: .8rem 1.5rem; border-radius: 2rem; font-weight: 560;
  text-decoration: none;
  background: light-dark(oklch(.36 .03 255), oklch(.86 .025 255));
  color: light-dark(oklch(.99 .005 255), oklch(.2 .01 255)); }
:focus-visible { outline: .18rem solid; outline-offset: .16rem; }
@media (forced-colors: active) { a { border: 1px solid; } svg { fill: CanvasText; } }
"""
STYLE_SOURCE = f"'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
"""The source that a Content-Security-Policy allows in style-src, so that the page has its look."""

POLICY = f"default-src 'none'; style-src {STYLE_SOURCE}; base-uri 'none'; form-action 'none'"
"""The Content-Security-Policy of servers that send no other page."""

_PAGE = Template("""<!doctype html>
<html lang="{{page.language}}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>MusicalFace</title>
<style>$style</style>
<body>
<main>
<svg viewBox="14 24 72 66" aria-hidden="true">
<ellipse cx="32" cy="41" rx="9" ry="6" transform="rotate(-12 32 41)"/>
<ellipse cx="68" cy="41" rx="9" ry="6" transform="rotate(-12 68 41)"/>
<path d="M24 63Q50 90 76 63Q50 79 24 63Z"/>
</svg>
<h1>$title</h1>
<p>$more</p>
$link</main>
</body>
</html>
""")


def message_page(
    status: int,
    title: str,
    more: str,
    link: tuple[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page with a title, a sentence and maybe a link (address, label), by their keys.

    `backticks` in the sentence enclose a command.
    """
    words = re.sub("`(.+?)`", r"<code>\1</code>", escape(sentence(more)))
    way = f'<a href="{link[0]}">{escape(sentence(link[1]))}</a>\n' if link else ""
    content = _PAGE.substitute(style=_STYLE, title=escape(sentence(title)), more=words, link=way)
    return HTMLResponse(fill(content), status, headers)


def wants_page(headers: Headers) -> bool:
    """True if a person's browser asks for a page, not a script or a program for data."""
    return "text/html" in headers.get("accept", "")
