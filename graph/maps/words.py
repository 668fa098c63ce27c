"""The words of the interface, which the page and the pictures share."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, str]:
    """Every string of the interface by its key, from ``page/strings.json``."""
    text = (files(__package__) / "page" / "strings.json").read_text(encoding="utf-8")
    strings: dict[str, str] = json.loads(text)
    return strings


def said(key: str, **values: object) -> str:
    """A string of the interface with ``{name}`` filled in from `values`."""
    text = words()[key]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def counted(key: str, number: int, **values: object) -> str:
    """A string that counts: ``KEY-one`` or ``KEY-many``."""
    return said(f"{key}-{'one' if number == 1 else 'many'}", n=number, **values)


def scope_sentence(data: dict[str, Any]) -> str:
    """What part of the debate is shown, from the page's data; empty if it is the whole."""
    scope, shown = data["scope"], len(data["claims"])
    parts = []
    if "focus" in scope:
        parts.append(said("scope-focus", n=scope["depth"]))
    if "matches" in scope:
        parts.append(counted("scope-matches", len(scope["matches"]), depth=scope["depth"]))
    if "topic" in scope:
        parts.append(said("scope-topic", name=scope["topic"]))
    if "speaker" in scope:
        parts.append(said("scope-speaker", name=scope["speaker"]))
    if parts:
        parts.append(said("scope-count", n=shown, all=data["total"]))
    return "; ".join(parts)
