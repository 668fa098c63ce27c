"""What speaks for it that two texts which are alike say the contrary: not, opposites, numbers.

The rules are for English. They look at words, not at what is meant.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?:\s?%|(?![\w]))")
_NEGATIONS = frozenset((
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without",
    "cannot", "hardly", "barely", "scarcely", "dont", "doesnt", "didnt", "isnt", "arent",
    "wasnt", "wont", "cant", "shouldnt",
))  # fmt: skip
_NUMBERS_ALIKE = 0.35
"""Texts whose letters are less alike than this speak of different numbers as a matter of course."""

_OPPOSITES = (
    ("increase", "decrease"), ("increase", "reduce"), ("increase", "lower"), ("rise", "fall"),
    ("rising", "falling"), ("grow", "shrink"), ("grow", "decline"), ("more", "less"),
    ("more", "fewer"), ("most", "least"), ("better", "worse"), ("best", "worst"),
    ("good", "bad"), ("right", "wrong"), ("true", "false"), ("high", "low"),
    ("higher", "lower"), ("strong", "weak"), ("strengthen", "weaken"), ("big", "small"),
    ("large", "small"), ("bigger", "smaller"), ("fast", "slow"), ("faster", "slower"),
    ("cheap", "expensive"), ("cheaper", "dearer"), ("easy", "hard"), ("easy", "difficult"),
    ("simple", "complex"), ("safe", "dangerous"), ("safe", "unsafe"), ("win", "lose"),
    ("success", "failure"), ("succeed", "fail"), ("help", "harm"), ("help", "hurt"),
    ("benefit", "harm"), ("gain", "loss"), ("allow", "forbid"), ("allow", "ban"),
    ("legal", "illegal"), ("support", "oppose"), ("accept", "reject"), ("agree", "disagree"),
    ("love", "hate"), ("like", "dislike"), ("always", "never"), ("all", "none"),
    ("everybody", "nobody"), ("everyone", "nobody"), ("everything", "nothing"),
    ("possible", "impossible"), ("necessary", "unnecessary"), ("sufficient", "insufficient"),
    ("enough", "insufficient"), ("efficient", "inefficient"), ("justified", "unjustified"),
    ("likely", "unlikely"), ("fair", "unfair"), ("important", "unimportant"),
    ("open", "closed"), ("central", "distributed"), ("public", "private"),
    ("include", "exclude"), ("begin", "end"), ("start", "stop"), ("build", "destroy"),
    ("create", "destroy"), ("widen", "narrow"), ("ahead", "behind"),
    ("rich", "poor"), ("old", "new"), ("past", "future"), ("before", "after"),
    ("up", "down"), ("mistake", "deliberate"), ("friend", "enemy"), ("war", "peace"),
    ("positive", "negative"), ("overestimate", "underestimate"), ("optimistic", "pessimistic"),
)  # fmt: skip


def _forms(word: str) -> set[str]:
    """A word and its commonest forms."""
    stem = word.removesuffix("e")
    return {word, f"{word}s", f"{word}d", f"{stem}ed", f"{stem}es", f"{stem}ing", f"{word}ly"}


_BY_FORM: dict[str, list[tuple[int, int]]] = {}
"""Form of a word → the pairs of opposites that it is in, and on which side."""
for _number, _sides in enumerate(_OPPOSITES):
    for _side, _word in enumerate(_sides):
        for _form in _forms(_word):
            _BY_FORM.setdefault(_form, []).append((_number, _side))


def contrasts(first: str, second: str, alike: float = 1.0) -> tuple[str, ...]:
    """Why one text may deny the other, in words; empty if nothing shows that it does.

    Only one of them is negated; one has the opposite of a word of the other; they are `alike` in
    their letters but for a number.

    >>> contrasts("Demand will grow.", "Demand will not grow.")
    ('only one is negated',)
    """
    one, other = _words(first), _words(second)
    found = []
    if _negated(one) != _negated(other):
        found.append("only one is negated")
    found += _opposed(one, other)
    if alike >= _NUMBERS_ALIKE and (difference := _numbers_differ(first, second)):
        found.append(difference)
    return tuple(found)


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(text.casefold())]


def _negated(words: list[str]) -> bool:
    """Whether there is an odd number of negations."""
    return sum(word in _NEGATIONS or word.endswith("n't") for word in words) % 2 == 1


def _opposed(one: list[str], other: list[str]) -> list[str]:
    """The opposites of which each text has one and not the other."""
    sides: list[dict[int, dict[int, str]]] = [{}, {}]
    for text, words in enumerate((one, other)):
        for word in words:
            for pair, side in _BY_FORM.get(word, ()):
                sides[text].setdefault(pair, {}).setdefault(side, word)
    found = []
    for pair in sorted(sides[0].keys() & sides[1].keys()):
        mine, theirs = sides[0][pair], sides[1][pair]
        if len(mine) == len(theirs) == 1 and mine.keys() != theirs.keys():
            (word,), (opposite,) = mine.values(), theirs.values()
            found.append(f"“{word}” against “{opposite}”")
    return found


def _numbers_differ(first: str, second: str) -> str:
    one, other = set(_NUMBER.findall(first)), set(_NUMBER.findall(second))
    if not one or not other or one & other:
        return ""
    return f"{', '.join(sorted(one))} against {', '.join(sorted(other))}"
