"""Quoted words in the text of a document."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dissensus.graph.quotes import Match, Passage, SearchableText, plain

TEXT = """\
Baker didn’t pull punches. He argued that China’s decision – to forgo advanced US
chips – is a “terrible mistake”. For Gin, “it is a deliberate pi\u00advot”…
A terrible mistake, twice. The oﬃce is soft\u00ad
ware;\u00a0in  Chinese: 中国的芯片政策不是错误。
"""


@pytest.fixture(scope="module")
def text() -> SearchableText:
    return SearchableText(TEXT)


def test_words_as_they_stand(text: SearchableText) -> None:
    assert text.passage("pull punches") == Passage(Match.VERBATIM, "pull punches")
    assert text.passage("中国的芯片").match is Match.VERBATIM
    assert text.passage("advanced US\nchips").match is Match.VERBATIM
    assert text.passage("  pull punches \n").match is Match.VERBATIM


@pytest.mark.parametrize(
    ("exact", "words"),
    [
        ("Baker didn't pull", "Baker didn’t pull"),
        ("decision - to forgo", "decision – to forgo"),
        ("advanced US chips", "advanced US\nchips"),
        ('"it is a', "“it is a"),
        ("deliberate pivot", "deliberate pi\u00advot"),
        ('pivot"...', "pi\u00advot”…"),
        ("office", "oﬃce"),
        ("software; in Chinese", "soft\u00ad\nware;\u00a0in  Chinese"),
    ],
)
def test_typography_is_set_aside_and_the_true_words_are_shown(
    exact: str, words: str, text: SearchableText
) -> None:
    assert text.passage(exact) == Passage(Match.TYPOGRAPHY, words)


def test_context_tells_occurrences_apart(text: SearchableText) -> None:
    assert text.passage("terrible mistake").occurrences == 2
    assert text.passage("terrible mistake", prefix="is a “").occurrences == 1
    assert text.passage("terrible mistake", prefix='is a "').match is Match.VERBATIM
    assert text.passage("terrible mistake", suffix=", twice").occurrences == 1
    assert text.passage("terrible mistake", "A", ", twice").occurrences == 1
    elsewhere = text.passage("terrible mistake", prefix="a great")
    assert elsewhere.match is Match.CONTEXT
    assert elsewhere.occurrences == 2
    assert "“terrible mistake”" in elsewhere.words


@pytest.mark.parametrize(
    ("exact", "nearest"),
    [
        ("he argued that the Chinese decision to forgo", "argued that China’s decision – to forgo"),
        ("a terribel mistake", "a “terrible mistake”."),
        ("the deliberat pivott", "a deliberate pi\u00advot"),
        ("DELIBERATE PIVOT", ""),
        ("no such thing at all", ""),
    ],
)
def test_missing_words_have_a_nearest_passage(
    exact: str, nearest: str, text: SearchableText
) -> None:
    passage = text.passage(exact)
    assert passage.match is Match.MISSING
    assert passage.occurrences == 0
    assert nearest in passage.words
    assert bool(passage.words) == (passage.likeness > 0.5)


def test_nothing_is_in_nothing() -> None:
    assert SearchableText("").passage("a") == Passage(Match.MISSING, "", 0.0, 0)
    assert SearchableText("a").passage(" \u00ad ") == Passage(Match.MISSING, "", 0.0, 0)


WORDS = st.text(st.sampled_from("ab cd.\n\t“”\"'’–-…\u00adﬁé中\u00a0\u200b"), max_size=40)


@given(WORDS, st.data())
def test_every_stretch_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    exact = text[start:end]
    passage = SearchableText(text).passage(exact)
    assert (passage.match is Match.MISSING) == (not plain(exact))


@given(WORDS, WORDS)
def test_what_is_found_is_a_stretch_of_the_text(text: str, exact: str) -> None:
    passage = SearchableText(text).passage(exact)
    if passage.match is Match.TYPOGRAPHY:
        assert passage.words in text
        assert plain(exact) in plain(passage.words)
    elif passage.match is Match.VERBATIM:
        assert exact.strip() in text


def test_many_quotes_of_a_long_document_take_seconds() -> None:
    """With and without the index of words the same passages are found."""
    rng = random.Random(1)
    vocabulary = ["".join(rng.choices("abcdefghij", k=rng.randint(2, 9))) for _ in range(3000)]
    words = rng.choices(vocabulary, k=200_000)
    text = SearchableText(" ".join(words))
    starts = [rng.randrange(len(words) - 8) for _ in range(1500)]
    begin = time.process_time()
    for start in starts:
        assert text.passage(" ".join(words[start : start + 8])).match is Match.VERBATIM
    assert text.passage(" ".join([*words[5:9], "zzz", *words[10:14]])).likeness > 0.8
    assert time.process_time() - begin < 10
