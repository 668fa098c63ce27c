"""Who says a sentence, as far as the sentence itself tells: reported speech and its verbs.

A name is a run of words with capital letters. A family name stands for the one full name in the
document that ends with it. “He” and “she” stand for somebody only where it is safe: in the same
paragraph, right after a sentence with one speaker and no other. The rules are for English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .sentences import BEGINNINGS

_REGULAR = (
    "acknowledge", "add", "admit", "advise", "affirm", "agree", "allege", "announce",
    "answer", "argue", "assert", "assume", "believe", "caution", "charge", "cite", "claim",
    "comment", "complain", "concede", "conclude", "confirm", "contend", "contrast", "counter",
    "criticise", "criticize", "declare", "deny", "describe", "disagree", "dismiss", "dispute",
    "doubt", "emphasise", "emphasize", "endorse", "estimate", "expect", "explain", "express",
    "fear", "frame", "guess", "highlight", "hope", "identify", "imply", "insist", "maintain",
    "mention", "note", "object", "observe", "oppose", "posit", "pose", "predict", "project",
    "propose", "question", "reason", "recall", "recommend", "reject", "remark", "reply",
    "report", "respond", "reveal", "state", "stress", "suggest", "support", "suspect",
    "underline", "underscore", "urge", "view", "voice", "warn",
)  # fmt: skip
_IRREGULAR = (
    "say", "says", "said", "think", "thinks", "thought", "write", "writes", "wrote", "tell",
    "tells", "told", "hold", "holds", "held", "see", "sees", "saw", "find", "finds", "found",
    "feel", "feels", "felt", "foresee", "foresees", "foresaw", "forecast", "forecasts", "put",
    "puts", "know", "knows", "knew",
)  # fmt: skip


def _forms(verb: str) -> list[str]:
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied"]
    if verb == "admit":
        return [verb, "admits", "admitted"]
    return [verb, verb + ("es" if verb.endswith(("ss", "sh", "ch")) else "s"), verb + "ed"]


_VERB = "|".join(
    sorted(
        {form for verb in _REGULAR for form in _forms(verb)}
        | set(_IRREGULAR)
        | {"points? (?:out|to)", "pointed (?:out|to)"},
        key=lambda form: (-len(form), form),
    )
)
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{_CAPITAL}[\w’'-]*\w|{_CAPITAL}(?:\.|\b)"
_NAME = (
    rf"(?P<name>(?:(?:Dr|Mr|Mrs|Ms|Prof|Sir)\.?\s+)?(?:{_WORD})"
    rf"(?:\s+(?:(?:de|da|del|van|von|der|den|la|le|bin|al|of)\s+){{0,2}}(?:{_WORD})){{0,3}})"
)
_ADVERBS = r"(?:(?:\w+ly|also|then|still|never|often|even|again|further|just|has|had|have)\s+){0,3}"
_LEAD = r"(?:[^,“”\"]{1,80},\s+|(?:But|And|Yet|So|Still|Also|While|Though|As)\s+)?"
_ASIDE = r"(?:,\s[^,]{1,80},)?"
_NEGATED = r"(?P<negated>(?:did|does|do|would|could)(?:n['’]t|\s+not)\s+)?"
_SAYS = rf"(?<!['’]s){_ASIDE}\s+{_NEGATED}{_ADVERBS}(?P<verb>{_VERB})\b"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\A(?P<clause_after>According\s+to)\s+{_NAME}{_ASIDE},\s+(?P<clause>.+)\Z",
        rf"\A(?P<clause>.+?),\s+according\s+to\s+{_NAME}[.!]?\Z",
        rf"\A[“\"‘'](?P<clause>.+?)[,.!]?[”\"’'],?\s+(?:{_VERB})\s+{_NAME}\b(?!\s+(?:{_VERB})\b)",
        rf"\A[“\"‘'](?P<clause>.+?)[,.!]?[”\"’'],?\s+{_NAME}\s+(?:{_VERB})\b",
        rf"\A(?P<clause>[^“\"]+?),\s+(?:{_VERB})\s+{_NAME}[.!]?\Z",
        rf"\A(?P<clause>[^“\"]+?),\s+{_NAME}\s+(?:{_VERB})[.!]?\Z",
        rf"\A{_LEAD}{_NAME}{_SAYS}(?:\s+(?:that|how)\s+(?P<clause>.+)\Z)?",
        rf"\A(?:In|To)\s+{_NAME}['’]s?\s+(?:view|opinion|eyes|mind|account|words),\s+(?P<clause>.+)\Z",
        rf"\A{_LEAD}{_NAME}['’]s?\s+(?:\w+\s+)?(?:view|argument|position|perspective|claim|case"
        r"|opinion|belief|thesis|contention)\s+is(?:\s+that\s+(?P<clause>.+)\Z|\b)",
        rf"\A(?:For|To)\s+{_NAME},\s+(?P<clause>.+)\Z",
    )
)
_ONLY_KNOWN = _PATTERNS[-1]
"""“For Gin, …” tells a speaker only where he is known to be one; “For China, …” may not."""
_DENIES = re.compile(r"critici|den[iy]|disagree|dismiss|disput|doubt|object|oppos|question|reject")
"""Verbs after which a clause is what somebody does not say."""
_PRONOUN = re.compile(rf"\A{_LEAD}(?P<name>He|She|he|she){_SAYS}(?:\s+that\s+(?P<clause>.+)\Z)?")
_SUBJECT = re.compile(rf"\A{_LEAD}{_NAME}(?=['’]s?\s|[\s,])")
_CAPITALISED = re.compile(rf"(?:{_WORD})(?:\s+(?:{_WORD}))+")
_TITLE = re.compile(r"\A(?:Dr|Mr|Mrs|Ms|Prof|Sir)\.?\s+")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence, empty where it tells nobody; and what he says, where that is plain.

    `said` is the clause that is reported, empty where the whole sentence has to stand for it;
    `by_pronoun` if “he” or “she” was taken for the speaker of the sentence before.
    """

    speaker: str = ""
    said: str = ""
    by_pronoun: bool = False


def attributions(text: str, sentences: Sequence[tuple[int, str, str]]) -> list[Attribution]:
    """Who says each of these sentences of a text.

    Each comes with the number of its paragraph, and with what stands between it and the sentence
    before. The same sentences always give the same speakers.
    """
    people = _People(text)
    found = [_in_sentence(sentence, people) for _paragraph, _between, sentence in sentences]
    people.speakers = {attribution.speaker for attribution in found if attribution.speaker}
    result: list[Attribution] = []
    focus, last = "", -1
    for (paragraph, between, sentence), attribution in zip(sentences, found, strict=True):
        if paragraph != last or people.named_in(between) - {focus}:
            focus = ""
        last = paragraph
        known = _resolved(sentence, attribution, people, focus)
        result.append(known)
        focus = _focus(sentence, known.speaker, people)
    return result


def _resolved(sentence: str, attribution: Attribution, people: _People, focus: str) -> Attribution:
    """The attribution, with what can only be known from the rest of the document."""
    if attribution.speaker:
        return attribution
    bare = " ".join(sentence.split())
    if match := _ONLY_KNOWN.match(bare):
        name = people.full_name(match["name"])
        if name in people.speakers:
            return Attribution(name, _said(match))
    if focus and (match := _PRONOUN.match(bare)):
        return Attribution(focus, _said(match), by_pronoun=True)
    return Attribution()


def _in_sentence(sentence: str, people: _People) -> Attribution:
    bare = " ".join(sentence.split())
    for pattern in _PATTERNS[:-1]:
        match = pattern.match(bare)
        if match and (name := people.full_name(match["name"])):
            return Attribution(name, _said(match))
    return Attribution()


def _said(match: re.Match[str]) -> str:
    """The clause that is reported as said; nothing if it is reported as not said or denied."""
    found = match.groupdict()
    if found.get("negated") or _DENIES.match(found.get("verb") or ""):
        return ""
    return _capitalised(found["clause"] or "")


def _focus(sentence: str, speaker: str, people: _People) -> str:
    """Whom “he” in the next sentence can only be: the one speaker that this one is about."""
    bare = " ".join(sentence.split())
    if not speaker:
        subject = _SUBJECT.match(bare)
        name = people.full_name(subject["name"]) if subject else ""
        speaker = name if name in people.speakers else ""
    others = people.named_in(bare) - {speaker}
    return speaker if speaker and not others else ""


def _capitalised(clause: str) -> str:
    """A clause as a sentence of its own."""
    clause = clause.strip()
    if not clause:
        return ""
    closed = clause if clause[-1] in '.!?…”"’' else f"{clause}."
    return closed[0].upper() + closed[1:]


class _People:
    """The names in a text, and which of them mean the same person."""

    def __init__(self, text: str) -> None:
        runs = Counter(
            " ".join(_without_beginnings(match[0]))
            for match in _CAPITALISED.finditer(" ".join(text.split()))
        )
        self._counts: Counter[str] = Counter()
        self._endings: dict[str, set[str]] = {}
        for run, count in sorted(runs.items()):
            words = run.split()
            for first in range(len(words) - 1):
                ending = " ".join(words[first:])
                self._counts[ending] += count
                self._endings.setdefault(words[-1], set()).add(ending)
        self.speakers: set[str] = set()

    def full_name(self, name: str) -> str:
        """The full name that is meant, or the name itself; empty if it is no name."""
        words = _without_beginnings(_TITLE.sub("", name))
        if not words:
            return ""
        if len(words) > 1:
            return self._shortest(words)
        fulls = {self._shortest(full.split()) for full in self._endings.get(words[0], ())}
        fulls = {full for full in fulls if len(full.split()) <= 3}
        return fulls.pop() if len(fulls) == 1 else words[0]

    def _shortest(self, words: list[str]) -> str:
        """The name without what stands before it now and then: “Investor Gavin Baker”."""
        for first in range(len(words) - 2, 0, -1):
            ending, longer = " ".join(words[first:]), " ".join(words[first - 1 :])
            if self._counts[ending] > self._counts[longer]:
                return ending
        return " ".join(words)

    def named_in(self, sentence: str) -> set[str]:
        """The speakers whose family name occurs in a sentence."""
        words = set(re.findall(r"\w+", sentence))
        return {name for name in self.speakers if name.split()[-1] in words}


def _without_beginnings(name: str) -> list[str]:
    """The words of a name without those before it that only begin the sentence."""
    words = name.split()
    while words and words[0] in BEGINNINGS:
        words.pop(0)
    return words
