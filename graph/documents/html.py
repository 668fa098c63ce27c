"""HTML as its reader sees it, by the tokenizer of the standard library.

It is the one tokenizer that tells the line of each piece of text, which is what is needed here.
"""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

from .text import DocumentText, Role, Traced

_ROLES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADING),
    **dict.fromkeys(("figcaption", "caption"), Role.CAPTION),
    **dict.fromkeys(("td", "th"), Role.CELL),
    **dict.fromkeys(("li", "dd", "dt"), Role.ITEM),
    "pre": Role.CODE,
    **dict.fromkeys(("nav", "footer", "aside", "form", "menu", "button", "dialog"), Role.APPARATUS),
    **dict.fromkeys(
        (
            "address", "article", "blockquote", "body", "center", "details", "div", "dl",
            "fieldset", "figure", "header", "hgroup", "hr", "html", "main", "ol", "p", "section",
            "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
        ),
        Role.TEXT,
    ),
}  # fmt: skip
"""Element that begins a block → what the block is, unless an element around it says more."""

_UNSEEN = frozenset(("script", "style", "template", "noscript", "svg", "math", "head", "iframe"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_CLOSED_BY_THEIR_LIKE = frozenset(("p", "li", "dt", "dd", "tr", "td", "th"))


def read_html(text: str) -> DocumentText:
    """The document that this HTML shows, however broken it is."""
    traced = Traced()
    reader = HtmlReader(text, traced)
    said = reader.said
    return traced.document(
        "html",
        title=said.get("title", ""),
        author=said.get("author", ""),
        language=said.get("lang", ""),
        url=said.get("url", ""),
    )


class HtmlReader(HTMLParser):
    """Puts the text that a piece of HTML shows into `traced`, from this line of the file on.

    `said` holds what the page says of itself: title, author, lang, url.
    """

    def __init__(self, text: str, traced: Traced, first_line: int = 1) -> None:
        super().__init__(convert_charrefs=False)
        self.said: dict[str, str] = {}
        self._traced = traced
        self._before = first_line - 1
        self._open: list[str] = []
        self._in_title = False
        traced.begin(Role.TEXT)
        self.feed(text)
        self.close()

    @property
    def _role(self) -> Role:
        """The telling role nearest to here; what is not for reading stays so all the way down."""
        roles = [_ROLES[tag] for tag in self._open if tag in _ROLES]
        if Role.APPARATUS in roles:
            return Role.APPARATUS
        return next((role for role in reversed(roles) if role is not Role.TEXT), Role.TEXT)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins: perhaps a new block."""
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        if tag == "br":
            self._show("\n")
        if tag == "title" and "svg" not in self._open:
            self._in_title = True
        if tag in _CLOSED_BY_THEIR_LIKE and self._open and self._open[-1] == tag:
            self._open.pop()
        if tag in _ROLES and self._open and self._open[-1] == "p":
            self._open.pop()
        if tag == "body":  # a head that nobody closed
            self._open = [name for name in self._open if name not in _UNSEEN]
        if tag not in _VOID:
            self._open.append(tag)
        if tag in _ROLES:
            self._traced.begin(self._role)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is closed at once, as in XHTML."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it those inside that nobody closed."""
        if tag == "title":
            self._in_title = False
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in _ROLES:
            self._traced.begin(self._role)

    def handle_data(self, data: str) -> None:
        """Text as it stands."""
        self._show(data)

    def handle_entityref(self, name: str) -> None:
        """A character by name."""
        self._show(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """A character by number."""
        self._show(unescape(f"&#{name};"))

    def _show(self, text: str) -> None:
        if self._in_title:
            self.said["title"] = self.said.get("title", "") + text
        elif _UNSEEN.isdisjoint(self._open):
            line, _column = self.getpos()
            self._traced.add(text, self._before + line)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if tag == "html" and given.get("lang"):
            self.said.setdefault("lang", given["lang"])
        if tag == "meta" and given.get("name", "").lower() == "author":
            self.said.setdefault("author", given.get("content", ""))
        if tag == "link" and given.get("rel", "").lower() == "canonical":
            self.said.setdefault("url", given.get("href", ""))
