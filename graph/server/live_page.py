"""The map as the live page: the same page, with a script that hears of every save.

The map allows only its own scripts and no request. Here one script, one style sheet and requests
to this server are added; the policy moves from the page to the header of the response, where it
also keeps other pages from framing this one.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from importlib.resources import files
from typing import Any, NamedTuple

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?')
_ADDED = {"connect-src": "'self'", "frame-ancestors": "'none'"}
_EMPTY = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>dissensus</title>
</head>
<body class="live-empty">
<main><h1>No map</h1><p>{reason}</p></main>
</body>
</html>
"""
_NOTHING = (
    "default-src 'none'; script-src 'none'; style-src 'none'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


class Page(NamedTuple):
    """A page ready to be sent: its bytes, its content policy, and a digest that tells it apart."""

    body: bytes
    policy: str
    digest: str


def empty_page(reason: str) -> str:
    """A page that stands where there is no map; `reason` says why."""
    return _EMPTY.format(policy=html.escape(_NOTHING, quote=True), reason=html.escape(reason))


def live_page(page: str, *, write: bool) -> Page:
    """The text of a page, made live; `write` adds the form for a new claim."""
    policy = _POLICY.search(page)
    assert policy, "the page has a content policy"
    page = page.replace(policy[0], "", 1)
    style, script = asset("live.css"), asset("live.js")
    if write:
        script += asset("contribute.js")
    digest = hashlib.sha256("\0".join((page, style, script)).encode()).hexdigest()[:16]
    settings = _data("live", {"page": digest})
    page = _before(page, "</head>", f'<link rel="icon" href="data:,">\n<style>{style}</style>\n')
    last = page.rindex("</body>")
    page = f"{page[:last]}{settings}<script>{script}</script>\n{page[last:]}"
    return Page(page.encode(), _extended(html.unescape(policy[1]), style, script), digest)


def asset(name: str) -> str:
    """The text of a file of this package's page, with the line ends that a browser sees."""
    text = (files(__package__) / "page" / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _before(page: str, mark: str, added: str) -> str:
    head, found, rest = page.partition(mark)
    assert found, f"the page has {mark}"
    return f"{head}{added}{mark}{rest}"


def _data(name: str, value: dict[str, Any]) -> str:
    text = json.dumps(value, sort_keys=True).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{text}</script>\n'


def _extended(policy: str, style: str, script: str) -> str:
    """The page's policy with our script, our style and requests to this server allowed."""
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    for directive, text in (("script-src", script), ("style-src", style)):
        allowed = directives.get(directive, "").replace("'none'", "").strip()
        directives[directive] = f"{allowed} {_digest(text)}".strip()
    directives |= _ADDED
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
