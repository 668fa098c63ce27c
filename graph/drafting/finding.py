"""What a document asserts, found by rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..documents import DocumentText
from ..quotes import SearchableText
from .attribution import attributions
from .candidates import Candidate, candidates
from .quoted import Sentence, sentence_at


def found_sentences(text: DocumentText) -> tuple[list[Sentence], list[str]]:
    """The sentences that assert something, in order, and notes on what was left out."""
    searchable = SearchableText(text.text)
    listed = list(candidates(text))
    ends = [0, *(candidate.end for candidate in listed)]
    said = [
        (c.block, text.text[end : c.start], searchable.quotable((c.start, c.end)))
        for end, c in zip(ends, listed, strict=False)
    ]
    labels = _labels(listed)
    sentences: list[Sentence] = []
    notes: list[str] = []
    for candidate, attribution in zip(listed, attributions(text.text, said), strict=True):
        sentence = sentence_at(
            text,
            searchable,
            (candidate.start, candidate.end),
            claimed=attribution.said,
            speaker=attribution.speaker or (candidate.label if candidate.label in labels else ""),
            heading=candidate.heading,
            remark="“he” or “she” is taken for the speaker before"
            if attribution.by_pronoun
            else "",
        )
        if sentence is None:
            place = text.place(candidate.start)
            notes.append(f"{place}: left out, as its words could not be told from others")
        else:
            sentences.append(sentence)
    return sentences, notes


def _labels(listed: Sequence[Candidate]) -> set[str]:
    """The labels of paragraphs that name a speaker, as in a transcript: those that come again."""
    paragraphs = {(candidate.block, candidate.label) for candidate in listed if candidate.label}
    counts = Counter(label for _block, label in paragraphs)
    return {label for label, count in counts.items() if count > 1}
