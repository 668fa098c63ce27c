"""Moments: dates and times as other tools write them, and as XML Schema does."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final

_ZONE: Final = r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_COLUMN: Final = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    rf"(?:[ T]([0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]{{1,6}})?))?)?)?{_ZONE}"
)
_UTC: Final = re.compile("[+-]00:00")
_SCHEMA: Final = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?(T[0-9:.]+)?(Z|[+-]\d\d:\d\d)?")


def read_moment(text: str) -> str:
    """A date or time as XML Schema writes it, from a column of a database; empty if it is none.

    A part of a date is one too: the month or the year.

    >>> read_moment("2016-09-26 21:00:00"), read_moment("2016-09-00"), read_moment("12.5")
    ('2016-09-26T21:00:00', '2016-09', '')
    >>> read_moment("2016-09"), read_moment("2016"), read_moment("2016-09-26 21:00:00.50+00:00")
    ('2016-09', '2016', '2016-09-26T21:00:00.5Z')
    """
    match = _COLUMN.fullmatch(text.strip())
    if not match or match[1] == "0000":
        return ""
    year, month, day = match[1], match[2] or "00", match[3] or "00"
    clock, zone = match[4], _UTC.sub("Z", match[5] or "")
    partial = "00" in (month, day)
    try:
        date(int(year), int(month) or 1, int(day) or 1)
        if clock:
            time.fromisoformat(clock.partition(".")[0])
    except ValueError:
        return ""
    if partial:
        return (year if month == "00" else f"{year}-{month}") + zone
    if clock and "." in clock:
        clock = clock.rstrip("0").rstrip(".")
    return f"{year}-{month}-{day}" + (f"T{clock}" if clock else "") + zone


def written_moment(said_on: str) -> str:
    """A date or time for a column of a database, in which missing parts of a date are zero.

    >>> written_moment("2016-09-26T21:00:00"), written_moment("2016-09")
    ('2016-09-26 21:00:00', '2016-09-00')
    """
    match = _SCHEMA.fullmatch(said_on)
    if not match:
        return said_on
    clock = (match[4] or "").replace("T", " ")
    return f"{match[1]}{match[2] or '-00'}{match[3] or '-00'}{clock}{match[5] or ''}"
