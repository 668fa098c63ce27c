"""Escaping: any text as Argdown that reads as that text, with as few backslashes as may be."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from .document import UNTITLED
from .shortcodes import SHORTCODES

_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")
_ALWAYS = re.compile(r"[\\\[<{*_]|/(?=[/*])|={3,}|#(?=.)")
_IN_RULES = re.compile(r"[\\{<]|/(?=[/*])|-(?=-)")
_UNTITLED = re.compile(UNTITLED + r"\d+")
_STOPS = re.compile(r"[.:]")
_TAG = re.compile("[a-zA-Z0-9\\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]+")
_PLAIN_YAML = re.compile(r"[^\W\d_][\w'’.\-]*(?: [\w'’.\-]+)*")
_YAML_WORDS: Final = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_UNPRINTABLE = re.compile(r"[}=\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain_text(text: str) -> str:
    """The text as it can stand on one line: its words, one space between them."""
    return _SPACE.sub(" ", text).strip()


def escaped(text: str) -> str:
    """A text of a statement or a heading, on one line."""
    return " ".join(map(_word, plain_text(text).split(" ")))


def escaped_rules(text: str) -> str:
    """The names of inference rules; commas part them."""
    parts = [part for part in (plain_text(each) for each in text.split(",")) if part]
    if ", ".join(parts) != plain_text(text):
        return _rule(plain_text(text)).replace(",", "\\,")
    return ", ".join(map(_rule, parts))


def _rule(text: str) -> str:
    return " ".join(_word(word, _IN_RULES) for word in text.split(" "))


def title_text(text: str) -> str:
    """A text that can stand between the brackets of a title, which know no escape."""
    text = plain_text(text)
    text = text.translate({ord("["): "(", ord("]"): ")", ord("<"): "(", ord(">"): ")"})
    text = text.lstrip("+-_! ")
    return text.lower() if _UNTITLED.fullmatch(text) else text


def tag(label: str) -> str:
    """A tag with this label; a closing parenthesis becomes a bracket."""
    label = plain_text(label)
    return f"#{label}" if _TAG.fullmatch(label) else f"#({label.replace(')', ']')})"


def yaml_value(value: Any) -> str:
    """A text, a number, a truth value, a list or a mapping of them as YAML on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {yaml_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(yaml_value, value)) + "]"
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", str(value))
    if _PLAIN_YAML.fullmatch(text) and text.casefold() not in _YAML_WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04X}", quoted)


def _word(word: str, special: re.Pattern[str] = _ALWAYS) -> str:
    """The word with its marks escaped.

    Between two stops or two colons Argdown sees a special character, and no escapes.
    """
    marked = special.sub(lambda match: "".join(f"\\{each}" for each in match.group()), word)
    if "\\" in marked or any(code in word for code in SHORTCODES):
        return _STOPS.sub(r"\\\g<0>", marked)
    return marked
