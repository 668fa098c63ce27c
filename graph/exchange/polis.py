"""Polis: comments as claims, votes as stances.

Each of the files of an export is read by itself, and a folder of them makes one debate:
``comments.csv`` (the comments), ``votes.csv`` or ``participants-votes.csv`` (1 agrees, -1
disagrees, 0 passes) and ``summary.csv`` (the topic). A participant is called by his number.
Source: https://compdemocracy.org/export.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

from ..model import Stance
from .part import Part
from .source import Source

_REJECTED: Final = "-1"
"""The value of ``moderated`` of a comment that the moderators took out."""

_TIMESTAMP: Final = re.compile("[0-9]{1,15}")
_Row = dict[str, str]


def recognises(source: Source) -> bool:
    """Whether the first line has the columns of one of the files of an export."""
    return _reader_for(source) is not None


def read(source: Source, part: Part) -> None:
    """Read a file of an export into the part.

    Raises:
        InputError: the file is none of them, or a row is not like the first.
    """
    reader = _reader_for(source)
    if reader is None:
        source.fail(
            "not a file of a Polis export", line=1, column=1,
            remedy="name comments.csv, votes.csv, participants-votes.csv or summary.csv",
        )  # fmt: skip
    reader(source, part)


def _reader_for(source: Source) -> Callable[[Source, Part], None] | None:
    first = source.data[:20_000].decode(errors="replace").lstrip("\ufeff").partition("\n")[0]
    columns = {column.strip().strip('"') for column in first.split(",")}
    if {"comment-id", "comment-body"} <= columns:
        return _read_comments
    if {"comment-id", "voter-id", "vote"} <= columns:
        return _read_votes
    if {"participant", "n-votes"} <= columns:
        return _read_matrix
    if first.startswith("topic,") and b"\nviews," in source.data:
        return _read_summary
    return None


def _rows(source: Source, *needed: str) -> Iterator[tuple[int, _Row]]:
    """Line number and row, by column; those that are `needed` are there."""
    reader = csv.DictReader(source.text().split("\n"), restkey="", restval="")
    try:
        columns = [name.strip() for name in reader.fieldnames or ()]
        if missing := [name for name in needed if name not in columns]:
            source.fail(f"no column named {missing[0]!r}", line=1, column=1)
        reader.fieldnames = columns
        for row in reader:
            yield reader.line_num, {key: value or "" for key, value in row.items() if key}
    except csv.Error as error:
        source.fail(f"not CSV: {error}", line=reader.line_num)


def _read_comments(source: Source, part: Part) -> None:
    rejected = 0
    for _line, row in _rows(source, "comment-id", "comment-body"):
        if row.get("moderated", "").strip() == _REJECTED:
            rejected += 1
            continue
        author = row.get("author-id", "").strip()
        part.claim(
            row["comment-id"].strip(),
            row["comment-body"],
            speakers=(_participant(part, author),) if author else (),
            said_on=_day(row.get("timestamp", "")),
        )
    if rejected:
        part.note(f"comments that the moderators took out are left out: {rejected}")


def _read_votes(source: Source, part: Part) -> None:
    last: dict[tuple[str, str], str] = {}
    for line, row in _rows(source, "comment-id", "voter-id", "vote"):
        if row["vote"].strip() not in ("1", "0", "-1"):
            source.fail(f"vote {row['vote']!r} is none of 1, 0 and -1", line=line)
        key = row["voter-id"].strip(), row["comment-id"].strip()
        last.pop(key, None)
        last[key] = row["vote"].strip()
    for (voter, comment), vote in last.items():
        _vote(part, voter, comment, vote)


def _read_matrix(source: Source, part: Part) -> None:
    for _line, row in _rows(source, "participant"):
        for column, vote in row.items():
            if column.strip().isdecimal():
                _vote(part, row["participant"].strip(), column.strip(), vote.strip())


def _read_summary(source: Source, part: Part) -> None:
    reader = csv.reader(source.text().split("\n"))
    try:
        said = {row[0]: row[1] for row in reader if len(row) > 1}
    except csv.Error as error:
        source.fail(f"not CSV: {error}", line=reader.line_num)
    part.title = said.get("topic", "")
    part.description = said.get("conversation-description", "")


def _vote(part: Part, voter: str, comment: str, vote: str) -> None:
    if vote in ("1", "-1"):
        stance = Stance(_participant(part, voter), part.claim_key(comment), vote == "1")
        part.stances.append(stance)


def _participant(part: Part, number: str) -> str:
    return part.speaker(f"Participant {number}")


def _day(timestamp: str) -> str:
    """The day of a time in seconds or milliseconds since 1970, in UTC; empty if it is none."""
    if not _TIMESTAMP.fullmatch(timestamp.strip()):
        return ""
    seconds = int(timestamp) / (1000 if len(timestamp.strip()) > 11 else 1)
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds < 4e9 else ""
