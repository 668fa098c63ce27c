"""Argdown JSON: what ``argdown json`` writes of a document, with or without its map.

Source: the JSONExportPlugin of @argdown/core 1.7.5 and 2.0.0.
"""

from __future__ import annotations

import re
from typing import Any, Final

from ..part import Part
from ..source import Source
from .building import build
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
from .parsing import plain, without_tags_at_ends

_UNTITLED = re.compile(UNTITLED + r"(\d+)")
_START: Final = re.compile(rb'\s*\{\s*"(?:arguments|statements|relations|map|sections|tags)"\s*:')
_MENTIONS: Final = ("statement-mention", "argument-mention")


def recognises(source: Source) -> bool:
    """Whether the file is a JSON object that starts as Argdown's export does."""
    return _START.match(source.data.removeprefix(b"\xef\xbb\xbf")) is not None and (
        b'"statements"' in source.data
    )


def read(source: Source, part: Part) -> None:
    """Read an export of Argdown into the part.

    Raises:
        InputError: it is no JSON, or not what Argdown exports.
    """
    value = source.json()
    if not isinstance(value, dict) or not isinstance(value.get("statements"), dict):
        source.fail("no JSON export of Argdown: it has no object 'statements'")
    build(_Reader(source, value).document(), part)


class _Reader:
    def __init__(self, source: Source, value: dict[str, Any]) -> None:
        self.source = source
        self.value = value
        self.sections: dict[str, Section] = {}
        self.result = Document()

    def document(self) -> Document:
        self._read_sections()
        for title, each in self._objects("statements"):
            node = Node(title, _line(each), _number(title))
            self._fill(node, each)
            self.result.statements[title] = node
        for title, each in self._objects("arguments"):
            argument = Argument(title, _line(each), _number(title))
            self._fill(argument, each)
            for line in _dicts(each.get("pcs")):
                argument.lines.append(Line(self._statement(line), self._inference(line)))
            self.result.arguments[title] = argument
            if argument.lines and argument.lines[-1].inference is None:
                self.source.fail(f"argument {title!r} ends on a premise, not on its conclusion")
        for relation in _dicts(self.value.get("relations")):
            self._relation(relation)
        return self.result

    def _objects(self, key: str) -> list[tuple[str, dict[str, Any]]]:
        found = self.value.get(key)
        if not isinstance(found, dict):
            return []
        return [(title, each) for title, each in found.items() if isinstance(each, dict)]

    def _read_sections(self) -> None:
        waiting: list[tuple[dict[str, Any], Section | None]] = [
            (each, None) for each in reversed(_dicts(self.value.get("sections")))
        ]
        while waiting:
            each, parent = waiting.pop()
            level = each.get("level")
            section = Section(
                self._wording(each, "title").text,
                level if isinstance(level, int) else (parent.level + 1 if parent else 1),
                parent,
            )
            self.sections[str(each.get("id"))] = section
            self.result.sections.append(section)
            waiting.extend((child, section) for child in reversed(_dicts(each.get("children"))))

    def _fill(self, node: Node, value: dict[str, Any]) -> None:
        for member in _dicts(value.get("members")):
            if not member.get("isReference") and isinstance(member.get("text"), str):
                wording = self._wording(member, "text")
                if not wording.text:
                    continue
                data = member.get("data")
                if isinstance(data, dict) and data.get("isCanonical") is True:
                    node.canonical = len(node.wordings)
                node.wordings.append(wording)
        tags = value.get("tags")
        for tag in tags if isinstance(tags, list) else ():
            if isinstance(tag, str):
                node.tags[plain(tag)] = None
        data = value.get("data")
        if isinstance(data, dict):
            node.data.update(data)
        node.section = self.sections.get(str(value.get("section")))

    def _wording(self, member: dict[str, Any], key: str) -> Wording:
        """The text with titles for mentions, without the tags at its ends."""
        text = member.get(key)
        if not isinstance(text, str):
            return Wording("", 0)
        ranges = _dicts(member.get("ranges"))
        line, links = _line(member), []
        if not ranges:
            return Wording(plain(text), line)
        units = text.encode("utf-16-le", "surrogatepass")  # the ranges count in these
        pieces: list[tuple[str, bool]] = []
        position = 0

        def cut(start: int, end: int) -> str:
            return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")

        for each in sorted(ranges, key=lambda each: _integer(each.get("start"))):
            start, stop = _integer(each.get("start")), _integer(each.get("stop")) + 1
            kind = each.get("type")
            if kind == "link":
                words = cut(start, stop)
                links.append(f"{words}: {each.get('url')}")
            if start < position or kind not in ("tag", *_MENTIONS):
                continue
            image = cut(start, stop)
            pieces.append((cut(position, start), False))
            if kind == "tag":
                pieces.append((image, True))
            else:
                pieces.append((image.rstrip(" \t")[2:-1], False))
                pieces.append((" " if image[-1:] in (" ", "\t") else "", False))
            position = stop
        pieces.append((units[2 * position :].decode("utf-16-le", "surrogatepass"), False))
        return Wording(without_tags_at_ends(pieces), line, tuple(links))

    def _statement(self, value: dict[str, Any]) -> str:
        title = value.get("title")
        if not isinstance(title, str) or title not in self.result.statements:
            self.source.fail(f"a premise or conclusion {title!r} is not among the statements")
        return title

    def _inference(self, value: dict[str, Any]) -> Inference | None:
        found = value.get("inference")
        if not isinstance(found, dict):
            return None
        rules = found.get("inferenceRules")
        data = found.get("data")
        return Inference(
            _line(found),
            [plain(rule) for rule in rules or () if isinstance(rule, str) and rule.strip()],
            dict(data) if isinstance(data, dict) else {},
        )

    def _relation(self, value: dict[str, Any]) -> None:
        try:
            kind = Kind(str(value.get("relationType")))
        except ValueError:
            self.source.fail(f"a relation of unknown type {value.get('relationType')!r}")
        ends = []
        for end in ("from", "to"):
            title, of = value.get(end), value.get(f"{end}Type")
            argument = of in ("argument", "inference")
            known = self.result.arguments if argument else self.result.statements
            if not isinstance(title, str) or title not in known:
                self.source.fail(f"a relation leads {end} {title!r}, which is not in the file")
            line = _integer(value.get("conclusionIndex")) if of == "inference" else -1
            if line >= 0 and not self._concludes(title, line):
                self.source.fail(f"a relation leads {end} no inference of argument {title!r}")
            ends.append(End(argument, title, line))
        self.result.relations.append(Relation(kind, ends[0], ends[1], 0))

    def _concludes(self, title: str, line: int) -> bool:
        lines = self.result.arguments[title].lines
        return line < len(lines) and lines[line].inference is not None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _integer(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def _line(value: dict[str, Any]) -> int:
    """The line in the Argdown text, if it is told."""
    return _integer(value.get("startLine"))


def _number(title: str) -> int:
    match = _UNTITLED.fullmatch(title)
    return int(match.group(1)) if match else 0
