"""Parsing: the tokens of an Argdown text become a document, by the grammar of Argdown.

Source: the parser of @argdown/core 1.7.5. Nothing recurses: relations may be nested however deep.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, NoReturn

from ..source import Source
from . import scanning as s
from .document import (
    UNTITLED,
    Argument,
    Document,
    End,
    Inference,
    Kind,
    Line,
    Node,
    Relation,
    Section,
    Wording,
)
from .metadata import MetadataError, element_data, front_matter, text_of, texts
from .shortcodes import SHORTCODES

_KINDS: Final = {
    "+>": Kind.SUPPORT,
    "->": Kind.ATTACK,
    "+": Kind.SUPPORT,
    "<+": Kind.SUPPORT,
    "-": Kind.ATTACK,
    "<-": Kind.ATTACK,
    "><": Kind.CONTRADICTORY,
    "_>": Kind.UNDERCUT,
    "_": Kind.UNDERCUT,
    "<_": Kind.UNDERCUT,
}
_FROM_PARENT: Final = frozenset(("+>", "->", "><", "_>"))
_SIGN_OF_START: Final = {start: sign for sign, start in s.STARTS.items()}
_SIGN_OF_END: Final = {end: sign for sign, end in s.ENDS.items()}
_CONTENT: Final = frozenset(
    (
        s.TEXT, s.ESCAPED, s.SPECIAL, s.LINK, s.TAG, s.STATEMENT_MENTION, s.ARGUMENT_MENTION,
        s.NEWLINE, *_SIGN_OF_START,
    )
)  # fmt: skip
_TITLED: Final = frozenset((s.STATEMENT, s.STATEMENT_DEFINITION, s.ARGUMENT, s.ARGUMENT_DEFINITION))
_SPACE = re.compile(r"[ \t\n]+")


class _Mention(NamedTuple):
    """A place where a statement or an argument stands, and what is said of it there."""

    end: End
    wording: Wording | None
    tags: list[str]
    data: dict[str, Any]


def parse(source: Source, text: str) -> Document:
    """The document that a text is.

    Raises:
        InputError: it breaks the syntax of Argdown; the place is told.
    """
    return _Parser(source, text).document()


def plain(text: str) -> str:
    """The text with each run of spaces and line ends made one space, and none at its ends."""
    return _SPACE.sub(" ", text).strip(" ")


def without_tags_at_ends(pieces: Sequence[tuple[str, bool]]) -> str:
    """The text of which these are the pieces, each with whether it is a tag.

    Tags at the start and at the end are left out, those inside of a sentence are part of it.
    """
    start, end = 0, len(pieces)
    while start < end and (pieces[start][1] or not pieces[start][0].strip()):
        start += 1
    while start < end and (pieces[end - 1][1] or not pieces[end - 1][0].strip()):
        end -= 1
    return plain("".join(piece for piece, _ in pieces[start:end]))


class _Parser:
    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text = text
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.result = Document()
        self.section: Section | None = None
        self.untitled = 0
        self.without_tags = False
        self.inference: End | None = None
        self.first_mentions: dict[End, Section | None] = {}
        try:
            self.tokens = s.scan(text)
        except s.ScanError as error:
            self._fail_at(error.offset, str(error), error.remedy)
        self.at = 0

    # -- tokens -------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    @property
    def next_kind(self) -> str:
        return self.tokens[self.at + 1][0] if self.at + 1 < len(self.tokens) else s.END

    def _take(self) -> str:
        _, start, end = self.tokens[self.at]
        self.at += 1
        return self.text[start:end]

    def _skip(self, kind: str) -> bool:
        if self.kind == kind:
            self.at += 1
            return True
        return False

    def _line(self) -> int:
        return bisect_right(self.lines, self.tokens[self.at][1])

    def _fail_at(self, offset: int, message: str, remedy: str = "") -> NoReturn:
        line = bisect_right(self.lines, offset)
        self.source.fail(
            message, line=line, column=offset - self.lines[line - 1] + 1, remedy=remedy
        )

    def _fail(self, message: str, remedy: str = "") -> NoReturn:
        kind, start, end = self.tokens[self.at]
        if kind == s.INDENT:
            kind, start, end = self.tokens[self.at + 1]
        self._fail_at(start, f"{_article(kind, self.text[start:end])} {message}", remedy)

    # -- the document -------------------------------------------------------------------------

    def document(self) -> Document:
        self._skip(s.NEWLINE)
        self._skip(s.EMPTY_LINE)
        if self.kind == s.FRONT_MATTER:
            self._front_matter()
        argument = ""
        while self.kind != s.END:
            while self._skip(s.NEWLINE):
                pass
            argument = self._element(argument)
            if self.kind not in (s.EMPTY_LINE, s.END):
                self._out_of_place()
            self._skip(s.EMPTY_LINE)
        for end, section in self.first_mentions.items():
            node = (self.result.arguments if end.argument else self.result.statements)[end.title]
            node.section = node.section or section
        self._regroup()
        return self.result

    def _front_matter(self) -> None:
        found = self._metadata(front_matter)
        self.result.front_matter = found
        model = found.get("model")
        if isinstance(model, dict):
            self.without_tags = model.get("removeTagsFromText") == "true"
            self.result.strict = model.get("mode") == "strict"
        self._skip(s.NEWLINE)
        if self.kind != s.END and not self._skip(s.EMPTY_LINE):
            self._fail("follows the front matter at once", "leave an empty line after its ===")

    def _regroup(self) -> None:
        """Put in the place of the headings the groups that the front matter asks for instead."""
        group = self.result.front_matter.get("group")
        regroup = group.get("regroup") if isinstance(group, dict) else None
        if not isinstance(regroup, list):
            return
        self.result.sections.clear()
        nodes: tuple[Mapping[str, Node], ...] = (self.result.statements, self.result.arguments)
        for each in (*self.result.statements.values(), *self.result.arguments.values()):
            each.section = None
        waiting: list[tuple[Any, Section | None]] = [(each, None) for each in reversed(regroup)]
        while waiting:
            wanted, parent = waiting.pop()
            if isinstance(wanted, dict) and (title := text_of(wanted.get("title"))):
                section = Section(title, parent.level + 1 if parent else 1, parent)
                self.result.sections.append(section)
                for known, key in zip(nodes, ("statements", "arguments"), strict=True):
                    for name in texts(wanted.get(key)):
                        if name in known:
                            known[name].section = section
                children = wanted.get("children")
                if isinstance(children, list):
                    waiting.extend((child, section) for child in reversed(children))

    def _element(self, argument: str) -> str:
        """Reads one element; returns the title of the argument that it is, if it is one."""
        kind = self.kind
        if kind == s.HEADING:
            self._heading()
        elif kind == s.NUMBER:
            self._structure(argument)
        elif kind in _TITLED or kind in _CONTENT:
            end = self._tree()
            return end.title if end.argument else ""
        elif kind == s.INDENT and self.next_kind == s.LIST_ITEM:
            self._list()
        elif kind != s.END:
            self._out_of_place()
        return ""

    def _out_of_place(self) -> NoReturn:
        kind = self.next_kind if self.kind == s.INDENT else self.kind
        if kind in s.RELATIONS:
            self._fail(
                "has nothing above it to relate to",
                "indent it below a statement or an argument, with no empty line between",
            )
        if kind in (s.INFERENCE, s.NUMBER):
            self._fail(
                "stands outside of a premise-conclusion structure",
                "start one with (1) after an empty line, and leave no empty line inside of it",
            )
        if kind in _TITLED:
            self._fail(
                "stands inside of a text",
                "start a line with it after an empty line, put @ before it, or escape it with \\",
            )
        if kind == s.DATA:
            self._fail("must end what it belongs to", "escape the brace with \\ if it is text")
        if kind in _SIGN_OF_END or kind in _CONTENT:
            self._fail("follows what takes no text", "start it after an empty line")
        self._fail("stands where an element of Argdown was expected")

    def _heading(self) -> None:
        level = len(self._take()) - 1
        wording, _ = self._content("a heading")
        self._data()
        self._skip(s.NEWLINE)
        parent = self.section
        while parent and parent.level >= level:
            parent = parent.parent
        self.section = Section(wording.text, level, parent)
        self.result.sections.append(self.section)

    def _list(self) -> None:
        depth = 0
        while True:
            if self._skip(s.INDENT):
                depth += 1
            elif self._skip(s.DEDENT):
                depth -= 1
            elif self.kind == s.LIST_ITEM:
                self.at += 1
                self._tree()
            if depth <= 0 or self.kind not in (s.INDENT, s.DEDENT, s.LIST_ITEM):
                return

    # -- statements, arguments and their relations --------------------------------------------

    def _tree(self, *, statement: bool = False) -> End:
        """Reads a statement or an argument with the relations below it; returns the former.

        As in Argdown, each is entered after all that stands below it.
        """
        parents: list[_Mention] = []
        first = current = self._member(statement=statement)
        entered = False
        while True:
            kind = self.kind
            if kind == s.INDENT and self.next_kind in s.RELATIONS:
                parents.append(current)
                entered = True
                self.at += 1
                continue
            if not entered:
                self._enter(current)
                entered = True
            if kind == s.DEDENT and parents:
                current = parents.pop()
                self._enter(current)
                self.at += 1
            elif kind in s.RELATIONS and parents:
                line = self._line()
                self.at += 1
                current = self._member(statement=kind == "><")
                entered = False
                self._relate(kind, parents[-1].end, current.end, line)
            elif parents:
                self._out_of_place()
            else:
                return first.end

    def _relate(self, sign: str, parent: End, child: End, line: int) -> None:
        kind = _KINDS[sign]
        source, target = (parent, child) if sign in _FROM_PARENT else (child, parent)
        if kind is Kind.UNDERCUT and target is parent and self.inference and not parent.argument:
            target = self.inference
        self.result.relations.append(Relation(kind, source, target, line))

    def _member(self, *, statement: bool) -> _Mention:
        kind = self.kind
        line = self._line()
        if kind not in _TITLED:
            words, tags = self._content("a statement")
            self.untitled += 1
            node = Node(f"{UNTITLED}{self.untitled}", line, self.untitled)
            self.result.statements[node.title] = node
            return _Mention(End(False, node.title), words, tags, self._data())
        argument = kind in (s.ARGUMENT, s.ARGUMENT_DEFINITION)
        if argument and statement:
            self._fail("stands where only a statement can", "use [Title] or [Title]: text")
        title = self._take()[1:].rstrip(":")[:-1]
        known: dict[str, Any] = self.result.arguments if argument else self.result.statements
        if title not in known:
            known[title] = Argument(title, line) if argument else Node(title, line)
        wording: Wording | None = None
        tags = []
        if kind in (s.STATEMENT_DEFINITION, s.ARGUMENT_DEFINITION):
            wording, tags = self._content(f"the text of {_shown(title)}")
        else:
            while self.kind == s.TAG:
                tags.append(_tag(self._take()))
            self._skip(s.NEWLINE)
        return _Mention(End(argument, title), wording, tags, self._data())

    def _enter(self, mention: _Mention) -> None:
        end, wording, tags, data = mention
        known: Mapping[str, Node] = (
            self.result.arguments if end.argument else self.result.statements
        )
        node = known[end.title]
        node.data.update(data)
        node.tags.update(dict.fromkeys(tags))
        if wording is not None and wording.text:
            if data.get("isCanonical") == "true":
                node.canonical = len(node.wordings)
            node.wordings.append(wording)
        self.first_mentions.setdefault(end, self.section)
        in_group = data.get("isInGroup")
        if in_group == "true" or (wording and in_group is None and node.section is None):
            node.section = self.section

    def _data(self) -> dict[str, Any]:
        if self.kind != s.DATA:
            return {}
        data = self._metadata(element_data)
        self._skip(s.NEWLINE)
        return data

    def _metadata(self, read: Any) -> dict[str, Any]:
        _, start, end = self.tokens[self.at]
        try:
            found: dict[str, Any] = read(self.text[start:end])
        except MetadataError as error:
            line = bisect_right(self.lines, start) + error.line
            column = error.column + 1
            if not error.line:
                column += start - self.lines[line - 1]
            self.source.fail(str(error), line=line, column=column, remedy=error.remedy)
        self.at += 1
        return found

    # -- premise-conclusion structures --------------------------------------------------------

    def _structure(self, title: str) -> None:
        line = self._line()
        if not title:
            self.untitled += 1
            title = f"{UNTITLED}{self.untitled}"
            self.result.arguments[title] = Argument(title, line, self.untitled)
        argument = self.result.arguments[title]
        if argument.lines:
            self._fail(
                f"begins a second premise-conclusion structure of <{title}>",
                "give it another title",
            )
        argument.section = argument.section or self.section
        lines: list[Line] = []
        while self.kind in (s.NUMBER, s.INFERENCE):
            inference = None
            if self.kind == s.INFERENCE:
                if not lines:
                    self._out_of_place()
                inference = self._inference(End(True, title, len(lines)))
                if self.kind != s.NUMBER:
                    self._fail("stands where the conclusion was expected", "number it: (2) text")
            self.at += 1
            lines.append(Line(self._tree(statement=True).title, inference))
        if lines[-1].inference is None:
            self._fail(
                "ends a premise-conclusion structure that has no conclusion yet",
                "write ---- on a line of its own, and the numbered conclusion below it",
            )
        argument.lines = lines
        self.inference = None

    def _inference(self, end: End) -> Inference:
        self.inference = end
        inference = Inference(self._line())
        self.at += 1
        self._skip(s.NEWLINE)
        rules = [""]
        while self.kind in (s.TEXT, s.ESCAPED, s.SPECIAL, s.COMMA):
            kind, image = self.kind, self._take()
            if kind == s.COMMA:
                rules.append("")
            else:
                rules[-1] += _characters(kind, image)
        inference.rules = [rule for each in rules if (rule := plain(each))]
        self._skip(s.NEWLINE)
        inference.data.update(self._data())
        if not self._skip(s.INFERENCE_END):
            self._fail("stands where -- was expected", "end the inference with --")
        if not self._skip(s.NEWLINE):
            self._fail("stands behind the inference", "start a new line after it")
        if self._skip(s.INDENT):
            self._undercuts(end)
        return inference

    def _undercuts(self, end: End) -> None:
        while self.kind in ("_", "<_"):
            line = self._line()
            self.at += 1
            child = self._tree()
            self.result.relations.append(Relation(Kind.UNDERCUT, child, end, line))
        if not self._skip(s.DEDENT):
            self._fail("stands where only undercuts can: _", "move it below the conclusion")

    # -- text ---------------------------------------------------------------------------------

    def _content(self, what: str) -> tuple[Wording, list[str]]:
        """Reads a text; returns it with what it links to, and its tags."""
        line = self._line()
        if self.kind not in _CONTENT:
            self._fail(f"stands where {what} was expected", "write a line of text")
        pieces: list[tuple[str, bool]] = []
        tags: list[str] = []
        links: list[str] = []
        ranges: list[int] = []
        while True:
            kind = self.kind
            if kind in _SIGN_OF_END:
                if not ranges:
                    break
                ranges.pop()
                pieces.append((" " if self._take()[-1] in " \t" else "", False))
            elif kind not in _CONTENT:
                break
            elif kind in _SIGN_OF_START:
                ranges.append(self.at)
                self.at += 1
            elif kind == s.TAG:
                image = self._take()
                pieces.append((image, True))
                tags.append(_tag(image))
            elif kind == s.LINK:
                words, _, rest = self._take()[1:].partition("](")
                address, _, space = rest.rpartition(")")
                pieces.append((words + space, False))
                links.append(f"{words}: {address}")
            elif kind in (s.STATEMENT_MENTION, s.ARGUMENT_MENTION):
                image = self._take()
                space = " " if image[-1] in " \t" else ""
                pieces.append((image.rstrip(" \t")[2:-1] + space, False))
            else:
                pieces.append((_characters(kind, self._take()), False))
        if ranges:
            _, start, end = self.tokens[ranges[-1]]
            sign = self.text[start:end]
            self._fail_at(
                start,
                f"{sign} is never closed",
                f"close it, or write \\{sign[0]} for the character",
            )
        if self.without_tags:
            pieces = [(piece, is_tag) for piece, is_tag in pieces if not is_tag]
        return Wording(without_tags_at_ends(pieces), line, tuple(links)), tags


def _characters(kind: str, image: str) -> str:
    if kind == s.ESCAPED:
        return image[1:]
    if kind == s.SPECIAL:
        character = SHORTCODES.get(image.rstrip(" \t"))
        if character is not None:
            return character + (" " if image[-1] in " \t" else "")
    return image


def _tag(image: str) -> str:
    name = image.rstrip(" \t")[1:]
    return plain(name[1:-1] if name.startswith("(") else name)


def _article(kind: str, image: str) -> str:
    """What a token is called in a message, and how it reads."""
    if kind in (s.END, s.EMPTY_LINE, s.NEWLINE, s.DEDENT):
        return f"the {s.EMPTY_LINE if kind == s.DEDENT else kind}"
    name = s.RELATIONS.get(kind, kind)
    return f"the {name if kind not in _SIGN_OF_END else 'closing'} {_shown(image.strip())}"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
