"""Markdown as its reader sees it (CommonMark and tables), by markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .html import HtmlReader
from .text import DocumentText, Role, Traced

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?\n)??(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|author|lang|url)[^\S\n]*:[^\S\n]*(.+?)[^\S\n]*$", re.MULTILINE)
_ROLES = {
    "heading_open": Role.HEADING,
    "list_item_open": Role.ITEM,
    "td_open": Role.CELL,
    "th_open": Role.CELL,
}


def read_markdown(text: str) -> DocumentText:
    """The document that this Markdown makes; of its front matter, title, author, lang and url."""
    head = _FRONT_MATTER.match(text)
    said = {name: value.strip("\"'") for name, value in _FIELD.findall(head[0] if head else "")}
    skipped = head[0].count("\n") if head else 0
    body = text[head.end() :] if head else text
    traced = Traced()
    roles: list[Role] = []
    title = said.get("title", "")
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        line = skipped + (token.map[0] if token.map else 0) + 1
        if token.type in _ROLES:
            roles.append(_ROLES[token.type])
        elif token.type.endswith("_close") and token.type[:-5] + "open" in _ROLES:
            roles.pop()
        elif token.type == "inline":
            role = roles[-1] if roles else Role.TEXT
            traced.begin(role)
            shown = _add_inline(traced, token.children or (), line)
            if role is Role.HEADING:
                title = title or shown
        elif token.type in ("fence", "code_block"):
            traced.begin(Role.CODE)
            traced.add(token.content, line + (token.type == "fence"))
        elif token.type == "html_block":
            HtmlReader(token.content, traced, line)
    return traced.document(
        "markdown",
        title=title,
        author=said.get("author", ""),
        language=said.get("lang", ""),
        url=said.get("url", ""),
    )


def _add_inline(traced: Traced, tokens: Sequence[Token], line: int) -> str:
    """Add the text of a paragraph or heading, and return it."""
    shown = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            text = "\n"
        elif token.type in ("text", "text_special", "code_inline"):
            text = token.content
        else:  # a tag, a link or a picture
            line += token.content.count("\n")
            continue
        traced.add(text, line)
        line += text.count("\n")
        shown.append(text)
    return "".join(shown)
