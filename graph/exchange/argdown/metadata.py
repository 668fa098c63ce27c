"""Metadata: the YAML in Argdown's front matter and in the braces after an element.

Every scalar is read as the text that stands there, so that a name is never taken for a number.
Aliases are refused: a few bytes of them can stand for any amount of data.
"""

from __future__ import annotations

import re
from typing import Any, Final

_DEPTH: Final = 40
_BLOCK = re.compile(r"\{[ \t]*\n(.*)\}\s*", re.DOTALL)
_FRONT_MATTER = re.compile(r"===+(.*?)===+", re.DOTALL)


class MetadataError(ValueError):
    """No YAML that can be used here; `line` and `column` count from 0 within the text."""

    def __init__(self, message: str, line: int = 0, column: int = 0, remedy: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.remedy = remedy


def front_matter(token: str) -> dict[str, Any]:
    """The front matter between two lines of ``===``; raises `MetadataError`."""
    match = _FRONT_MATTER.fullmatch(token)
    return _mapping("   " + match.group(1) if match else token)


def element_data(token: str) -> dict[str, Any]:
    """The data in a pair of braces, a block if these stand on lines of their own.

    Raises:
        MetadataError: it is no YAML, no mapping, or too much of it.
    """
    block = _BLOCK.fullmatch(token)
    return _mapping("\n" + block.group(1) if block else token)


def texts(value: Any) -> list[str]:
    """A value, or the values of a list, as texts; what is no scalar is left out."""
    several = value if isinstance(value, list) else [value]
    return [text for each in several if (text := text_of(each))]


def text_of(value: Any) -> str:
    """A scalar as text, empty for any other value and for nothing."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
    return "" if text in ("null", "~") else text


def words_of(value: Any) -> list[str]:
    """A text, or the texts of a list, with the white space as it is."""
    several = value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, str) and each.strip()]


def _mapping(text: str) -> dict[str, Any]:
    value = _value(text)
    if value == "" or value is None:
        return {}
    if not isinstance(value, dict):
        raise MetadataError("data is a mapping of names to values", remedy="write {name: value}")
    return {text_of(key): each for key, each in value.items() if text_of(key)}


def _value(text: str) -> Any:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        _refuse_excess(yaml, loader, text)
        return yaml.load(text, Loader=loader)  # noqa: S506 - the base loader makes only texts
    except MetadataError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join((error.problem or str(error)).split())
        raise MetadataError(
            f"not YAML: {problem}", mark.line if mark else 0, mark.column if mark else 0
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise MetadataError(f"not YAML: {' '.join(str(error).split())}") from error


def _refuse_excess(yaml: Any, loader: Any, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            raise MetadataError(
                "YAML aliases are not followed here",
                event.start_mark.line,
                event.start_mark.column,
                "write the value out",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH:
                raise MetadataError(
                    f"data is nested more than {_DEPTH} deep",
                    event.start_mark.line,
                    event.start_mark.column,
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
