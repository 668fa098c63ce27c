"""Texts in quotes: one way to write each, whatever quotes and escapes they had.

A text stands in double quotes on one line; a text with line breaks that the author wrote between
triple quotes keeps them. Characters stand for themselves unless nobody could see them.
"""

from __future__ import annotations

import re

from ..writing import escaped, quoted_text

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_UNSEEN = re.compile(
    r'\\|"(?="")|"(?=\Z)|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]'
)
"""What has to be escaped between triple quotes."""


def normal_text(written: str) -> str:
    """The text literal, in quotes of any kind, as it is to be written.

    >>> normal_text("'tea'")
    '"tea"'
    """
    is_long = len(written) >= 6 and written[:3] in ('"""', "'''")
    body = written[3:-3] if is_long else written[1:-1]
    value = _ESCAPE.sub(_meant, body)
    if is_long and "\n" in body:
        return f'"""{_UNSEEN.sub(escaped, value)}"""'
    return quoted_text(value)


def _meant(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])
