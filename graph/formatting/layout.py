"""Statements written in the one layout, which is that of the shipped claims.

A property is a line of its own, in the order of `ordering.ORDER`; objects keep the order that the
author gave them, and so do statements. Brackets that fit stand on one line, and quotes always do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from .. import terms as t
from ..writing import WIDTH, prefix_order
from .tokens import Comment
from .trees import Atom, Directive, Document, Entry, Members, Object, Properties, Statement, Term

_OF_QUOTES = {t.TYPE, t.EXACT, t.QUOTE_PREFIX, t.QUOTE_SUFFIX, t.SOURCE}
_STEP = 4


def laid_out(document: Document) -> str:
    """The text of the document; what has been laid out stays as it is."""
    lines: list[str] = []
    previous: Directive | Statement | None = None
    was_long = False
    for statement in _with_sorted_prefixes(document.statements):
        above = list(statement.above)
        gap = statement.gap
        if isinstance(statement, Directive):
            block = [_with_comment(_directive(statement), statement.after)]
        else:
            hoisted = [Comment(text) for entry in statement.entries[:1] for text in entry.before]
            if hoisted:
                hoisted[0].gap, gap = gap, False
            above += hoisted
            block = _statement(statement)
        is_long = len("\n".join(block).split("\n")) > 1
        after_prefixes = isinstance(previous, Directive) and isinstance(statement, Statement)
        if (after_prefixes or (was_long and is_long)) and not gap and not _has_gap(above):
            gap = _open(above, gap)
        _put_comments(lines, above)
        lines += ["", *block] if gap and lines else block
        previous, was_long = statement, is_long
    _put_comments(lines, document.below)
    return "".join(f"{line}\n" for line in lines)


def _has_gap(comments: Sequence[Comment]) -> bool:
    return any(comment.gap for comment in comments)


def _open(above: list[Comment], gap: bool) -> bool:
    """Put an empty line before the first comment, or where there is none, before the statement."""
    if not above:
        return True
    above[0] = Comment(above[0].text, gap=True)
    return gap


def _put_comments(lines: list[str], comments: Sequence[Comment]) -> None:
    for comment in comments:
        if comment.gap and lines:
            lines.append("")
        lines.append(comment.text)


def _with_comment(text: str, comment: str) -> str:
    return f"{text}  {comment}" if comment else text


# -- directives ---------------------------------------------------------------------------------


def _directive(directive: Directive) -> str:
    return f"@{directive.word} {' '.join(directive.arguments)} ."


def _with_sorted_prefixes(
    statements: Sequence[Statement | Directive],
) -> Iterator[Statement | Directive]:
    """The statements, prefixes that are declared in a row sorted.

    A comment above a prefix begins a new row, so that it stays where it stands. A row that
    declares a prefix twice is left as it is.
    """
    row = 0

    def row_of(statement: Statement | Directive) -> tuple[bool, int]:
        nonlocal row
        is_prefix = isinstance(statement, Directive) and statement.word == "prefix"
        if not is_prefix or statement.above:
            row += 1
        return is_prefix, row

    for (is_prefix, _row), members in groupby(statements, key=row_of):
        found = list(members)
        names = [_prefix(statement) for statement in found] if is_prefix else []
        if len(names) > 1:
            yield from _sorted_row(found, is_sortable=len(set(names)) == len(names))
        else:
            yield from found


def _sorted_row(
    row: list[Statement | Directive], *, is_sortable: bool
) -> list[Statement | Directive]:
    gap, above = row[0].gap, row[0].above
    if is_sortable:
        row.sort(key=lambda statement: prefix_order(_prefix(statement)))
    for statement in row:
        statement.gap, statement.above = False, []
    row[0].gap, row[0].above = gap, above
    return row


def _prefix(directive: Statement | Directive) -> str:
    assert isinstance(directive, Directive)
    return directive.arguments[0][:-1]


# -- statements ---------------------------------------------------------------------------------


def _statement(statement: Statement) -> list[str]:
    entries = statement.entries
    subject = _term(statement.subject, 0, 0)
    if not entries:
        if not statement.end:
            return [_with_comment(f"{subject} .", statement.after)]
        return [subject, *_closed(statement)]
    mark = " ;" if statement.end or len(entries) > 1 else " ."
    column = len(subject.rpartition("\n")[2]) + 1
    first = _entry(entries[0], column, _STEP) + mark
    lines = [_with_comment(f"{subject} {first}", entries[0].objects[-1].after)]
    lines += _entries(entries[1:], _STEP, ";" if statement.end else ".")
    return lines + (_closed(statement) if statement.end else [])


def _closed(statement: Statement) -> list[str]:
    """The comments at the end of a statement, and its dot on a line of its own."""
    margin = " " * _STEP
    return [
        *(margin + text for text in statement.end),
        _with_comment(f"{margin}.", statement.after),
    ]


def _entries(entries: Sequence[Entry], indent: int, last_mark: str) -> list[str]:
    """A line for each property, its comments above it; `last_mark` ends the last."""
    margin = " " * indent
    lines = []
    for number, entry in enumerate(entries, start=1):
        mark = ";" if number < len(entries) else last_mark
        text = margin + _entry(entry, indent, indent) + (f" {mark}" if mark else "")
        lines += [margin + comment for comment in entry.before]
        lines.append(_with_comment(text, entry.objects[-1].after))
    return lines


def _entry(entry: Entry, column: int, indent: int) -> str:
    """The predicate and its objects; `indent` is the margin of the lines that belong to it."""
    line = _flat_entry(entry)
    names_only = all(isinstance(o.term, Atom) and not o.term.is_text for o in entry.objects)
    if line is not None and names_only and _fits(line, column):
        return line
    margin = " " * (indent + _STEP)
    column += len(entry.verb) + 1
    pieces = [f"{entry.verb} {_object(entry.objects[0], column, indent)}"]
    for before, obj in zip(entry.objects, entry.objects[1:], strict=False):
        pieces[-1] = _with_comment(pieces[-1] + ",", before.after)
        pieces += [margin + comment for comment in obj.before]
        pieces.append(margin + _object(obj, indent + _STEP, indent + _STEP))
    return "\n".join(pieces)


# -- terms --------------------------------------------------------------------------------------


def _fits(text: str, column: int) -> bool:
    return "\n" not in text and column + len(text) + 2 <= WIDTH


def _object(obj: Object, column: int, indent: int) -> str:
    if not obj.notes:
        return _term(obj.term, column, indent)
    flat = _flat_object(obj)
    if flat is not None and _fits(flat, column):
        return flat
    pieces = [_term(obj.term, column, indent)]
    pieces += [_term(note, WIDTH, indent) for note in obj.notes]
    return " ".join(pieces)


def _term(term: Term, column: int, indent: int) -> str:
    """The term on one line if it fits there or is a quote, else on a line for each part."""
    flat = _flat(term)
    if isinstance(term, Atom):
        return term.text
    if flat is not None and (_fits(flat, column) or _is_one_piece(term)):
        return flat
    margin = " " * (indent + _STEP)
    lines = [term.opening]
    if isinstance(term, Properties):
        lines += _entries(term.entries, indent + _STEP, ";" if term.end else "")
    else:
        for member in term.members:
            lines += [margin + comment for comment in member.before]
            text = margin + _object(member, indent + _STEP, indent + _STEP)
            lines.append(_with_comment(text, member.after))
    lines += [margin + comment for comment in term.end]
    lines.append(" " * indent + term.closing)
    return "\n".join(lines)


def _is_one_piece(term: Properties | Members) -> bool:
    """Whether a term gains nothing by being broken, or is a quote: those stay on their line."""
    if isinstance(term, Members):
        return not term.members
    if all(entry.iri in _OF_QUOTES for entry in term.entries):
        return True
    objects = [obj for entry in term.entries for obj in entry.objects]
    return len(objects) == 1 and isinstance(objects[0].term, Atom)


def _flat(term: Term) -> str | None:
    """The term on one line, or nothing if comments forbid it."""
    if isinstance(term, Atom):
        return term.text
    if term.end:
        return None
    if isinstance(term, Properties):
        entries = term.entries
        parts = [_flat_entry(entry) if not _commented(entry) else None for entry in entries]
        join = " ; "
    else:
        parts = [
            None if member.before or member.after else _flat_object(member)
            for member in term.members
        ]
        join = " "
    if not parts:
        return term.opening + term.closing
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        return None
    return f"{term.opening} {join.join(found)} {term.closing}"


def _commented(entry: Entry) -> bool:
    return bool(entry.before or entry.objects[-1].after)


def _flat_entry(entry: Entry) -> str | None:
    """The entry on one line; comments before it and after its last object stand outside."""
    objects = entry.objects
    if any(obj.before for obj in objects) or any(obj.after for obj in objects[:-1]):
        return None
    parts = [_flat_object(obj) for obj in objects]
    found = [part for part in parts if part is not None]
    return f"{entry.verb} {', '.join(found)}" if len(found) == len(parts) else None


def _flat_object(obj: Object) -> str | None:
    parts = [_flat(term) for term in (obj.term, *obj.notes)]
    found = [part for part in parts if part is not None]
    return " ".join(found) if len(found) == len(parts) else None
