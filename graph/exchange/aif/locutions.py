"""Locutions: who speaks in the text of an L-node, and what is said.

AIFdb writes "Name : words", some corpora "Name: words"; names may hold colons and times of day,
and words may look as if a name stood before them ("Note: …", "at 10:30").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

_LONGEST_NAME: Final = 80
_MOST_WORDS: Final = 8
_MOST_WORDS_BEFORE_A_BARE_COLON: Final = 5
_CLOCK: Final = re.compile(r"[\[(]?\b\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[ap]m)?[\])]?", re.I)
_BARE: Final = re.compile(r"\s*([^\s:?!][^:\n?!]{0,79}?)(?:\s*:\s+(?=\S)|\s+:(?=\w))")
_NAMELESS: Final = re.compile(r"\s*:\s+|\s*:$")


class Locutions:
    """The texts of the locutions of a node set, which together tell what is a name in them.

    What stands before " : " is a name. What stands before a mere ": " is one if it is a name
    elsewhere, or stands so before the words of more than one locution.
    """

    def __init__(self, texts: Iterable[str], names: Iterable[str]) -> None:
        self.names = set(names)
        self._found: dict[str, tuple[str, str] | None] = {}
        bare: Counter[str] = Counter()
        for text in texts:
            found = self._found[text] = _before_spaced_colon(text)
            if found is not None:
                self.names.add(found[0])
            elif match := _BARE.match(text):
                bare[match[1]] += 1
        self.names |= {
            name
            for name, count in bare.items()
            if count > 1 and len(name.split()) <= _MOST_WORDS_BEFORE_A_BARE_COLON
        }

    def split(self, text: str, name: str = "") -> tuple[str, str]:
        """The name of the speaker, empty if none is told, and the words.

        `name` is that of the speaker if it is known; a name in the text need not be the same.
        """
        if name and (words := _after(text, name)) is not None:
            return name, words
        if match := _NAMELESS.match(text):
            return name, text[match.end() :].strip()
        found = self._found.get(text)
        if found is None and (match := _BARE.match(text)) and match[1] in self.names:
            found = match[1], text[match.end() :]
        if found is None or (name and found[0] and not _alike(found[0], name)):
            return name, text.strip()
        return name or found[0], found[1].strip()

    @staticmethod
    def reporter(text: str, name: str = "") -> str:
        """The name of one who reports what another said: "Name: Other : words"."""
        return name or _CLOCK.sub("", text).partition(":")[0].strip()


def _after(text: str, name: str) -> str | None:
    if text.startswith(f"{name} : "):
        return text[len(name) + 3 :].strip()
    match = re.match(rf"\s*{re.escape(name)}\s*:(?:\s|$)", text, re.I)
    return text[match.end() :].strip() if match else None


def _before_spaced_colon(text: str) -> tuple[str, str] | None:
    """What stands before and after the first " : ", if the first part can be a name."""
    end = text.find(" : ", 0, _LONGEST_NAME + 3)
    if end < 0:
        end = len(text) - 2 if text.endswith(" :") and len(text) < _LONGEST_NAME else -1
    if end < 0:
        return None
    name = " ".join(_CLOCK.sub(" ", text[:end]).split()).strip("-–,; ")
    words = text[end + 3 :]
    if not name:
        return "", words
    if any(mark in name for mark in "?!\n") or len(name.split()) > _MOST_WORDS:
        return None
    return (name, words) if any(map(str.isalnum, name)) else None


def _alike(found: str, name: str) -> bool:
    """Whether a name in a text means the speaker of this name: "TRUMP" for "Donald Trump"."""
    return not set(re.findall(r"\w+", found.casefold())).isdisjoint(
        re.findall(r"\w+", name.casefold())
    )
