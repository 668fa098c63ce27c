"""Sentences of a running text, by rules: a full stop, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset((
    "sr", "jr", "etc", "al", "est", "dept", "univ", "inc", "ltd", "co", "corp", "bros", "ed",
    "eds", "arts", "bzw", "ca", "bd", "usw", "resp", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri",
    "sat", "sun",
))  # fmt: skip
_ALWAYS_FOLLOWED = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "st", "rev", "hon", "gen", "col", "sgt", "capt", "lt",
    "gov", "sen", "rep", "pres", "vs", "cf", "eg", "ie", "viz", "approx",
))  # fmt: skip
"""After these a sentence does not end, even if a capital letter follows."""

_BEFORE_NUMBERS = frozenset((
    "no", "nos", "vol", "vols", "p", "pp", "fig", "figs", "eq", "eqs", "sec", "ch", "art",
))  # fmt: skip

BEGINNINGS = frozenset((
    "A", "About", "After", "All", "Although", "An", "And", "Any", "Are", "As", "At",
    "Because", "Before", "Both", "But", "By", "Can", "Could", "Critics", "Do", "Does",
    "During", "Each", "Either", "Even", "Every", "Experts", "Finally", "First", "For", "From",
    "Had", "Has", "Have", "He", "Her", "Here", "His", "How", "However", "I", "If", "In",
    "Instead", "Is", "It", "Its", "Just", "Last", "Like", "Many", "Maybe", "More", "Moreover",
    "Most", "My", "Neither", "Never", "Next", "No", "Nobody", "None", "Nor", "Not", "Nothing",
    "Now", "Of", "On", "Once", "One", "Only", "Or", "Other", "Others", "Our", "Over",
    "Perhaps", "Rather", "Researchers", "She", "Should", "Since", "So", "Some", "Someone",
    "Still", "Such", "Than", "That", "The", "Their", "Then", "There", "Therefore", "These",
    "They", "This", "Those", "Though", "Thus", "To", "Today", "Too", "Under", "Unless",
    "Until", "Was", "We", "Were", "What", "When", "Where", "Whether", "Which", "While", "Who",
    "Why", "Will", "With", "Without", "Would", "Yes", "Yet", "You", "Your", "Ultimately",
    "Meanwhile", "Nevertheless", "Nonetheless", "According", "Countering",
))  # fmt: skip
"""Words with a capital letter that are no names: sentences begin with them."""

_END = re.compile(
    r"""(?P<mark>[.!?…]+|[。！？])         # the mark
        (?P<close>["'”’»)\]\u2019]*)      # what closes with it
        (?=(?P<gap>\s+)(?P<next>\S)|\s*\Z|(?<=[。！？])|(?<=[。！？]["'”’»)\]]))""",
    re.VERBOSE,
)
_OPENING = "\"'“‘«([—–-•*"
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\.*\Z")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, without the spaces between them.

    A full stop ends a sentence unless an abbreviation, an initial or a small letter speaks
    against it; so do marks of question and exclamation, and an empty line. What closes with the
    mark belongs to the sentence. Linear in the length of the text.
    """
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match, start):
            yield from _bounded(text, start, match.end())
            start = match.end()
    yield from _bounded(text, start, len(text))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, match: re.Match[str], start: int) -> bool:
    """Whether a sentence that began at `start` ends with this mark."""
    if match["next"] is None:
        return True
    following = text[match.end() + len(match["gap"]) :][:40]
    first = following.lstrip(_OPENING)[:1]
    if first.islower():
        return False
    if match["mark"] != "." or match["close"]:
        return True
    word = _LAST_WORD.search(text, max(start, match.start() - 30), match.start())
    return word is None or _may_end_with(word[1], following)


def _may_end_with(word: str, following: str) -> bool:
    """Whether a sentence may end with this word and a full stop, given what follows."""
    said = word.replace(".", "").lower()
    if said in _ALWAYS_FOLLOWED or (len(word) == 1 and word.isupper() and word != "I"):
        return False
    if said in _BEFORE_NUMBERS:
        return not following[:1].isdigit()
    if "." in word or said in _ABBREVIATIONS:  # U.S., etc.: an end if a new sentence begins
        first = re.match(r"\W*([^\W\d_]+)", following)
        return first is not None and first[1] in BEGINNINGS
    return True
