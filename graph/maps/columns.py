"""Records as columns: the same data in a fraction of the room, for pages of many claims.

A column is one of three, whichever is shorter: ``{"of": [a, b], "is": "0110"}``, a table of at
most ten values and a digit for each record; ``{"usual": a, "at": [3, 7], "is": [b, c]}``, what
most records have and what the others have; ``{"is": [a, b, c]}``, a value for each. A value that
a record lacks is null. A list of one number may stand for itself where ``lists`` is true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

Plain = dict[str, Any]

MOST_DIGITS = 10


def columns(records: Sequence[Plain]) -> Plain:
    """``{"n": how many, "fields": {name: column}}`` of records."""
    names = sorted({name for record in records for name in record})
    return {
        "n": len(records),
        "fields": {name: _column([record.get(name) for record in records]) for name in names},
    }


def _column(values: Sequence[Any]) -> Plain:
    keys = [_key(value) for value in values]
    counts = Counter(keys)
    usual, most = min(counts.items(), key=lambda item: (-item[1], str(item[0])))
    first = dict(zip(reversed(keys), reversed(values), strict=True))
    if 2 * most >= len(values) and (most >= 0.9 * len(values) or len(counts) > MOST_DIGITS):
        others = [number for number, key in enumerate(keys) if key != usual]
        return {
            "usual": first[usual],
            "at": others,
            **_unwrapped([values[number] for number in others]),
        }
    if len(counts) <= MOST_DIGITS:
        table = list(counts)
        digit = {key: str(number) for number, key in enumerate(table)}
        return {"of": [first[key] for key in table], "is": "".join(digit[key] for key in keys)}
    return _unwrapped(values)


def _unwrapped(values: Sequence[Any]) -> Plain:
    """The values; if they are lists of numbers, those of one number as that number."""
    held = [value for value in values if value is not None]
    if not held or not all(map(_is_numbers, held)):
        return {"is": list(values)}
    short = [value[0] if value is not None and len(value) == 1 else value for value in values]
    return {"is": short, "lists": True}


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(type(item) is int for item in value)


def _key(value: Any) -> Hashable:
    """Equal for equal values."""
    if isinstance(value, list | dict):
        return repr(value)
    return type(value), value
