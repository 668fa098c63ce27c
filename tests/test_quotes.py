"""Quoted words in the text of a document."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dissensus.graph.quotes import Match, Passage, SearchableText
from dissensus.graph.typography import Form, one_line, plain, same_but_for_layout

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
    start = TEXT.index("pull punches")
    span = (start, start + len("pull punches"))
    assert text.passage("pull punches") == Passage(
        Match.VERBATIM, "pull punches", start, spans=(span,)
    )
    assert text.passage("中国的芯片").match is Match.VERBATIM
    assert text.passage("advanced US\nchips").match is Match.VERBATIM
    assert text.passage("  pull punches \n").match is Match.VERBATIM


@pytest.mark.parametrize(
    ("exact", "words", "match"),
    [
        ("Baker didn't pull", "Baker didn’t pull", Match.TYPOGRAPHY),
        ("decision - to forgo", "decision – to forgo", Match.TYPOGRAPHY),
        ('"it is a', "“it is a", Match.TYPOGRAPHY),
        ('pivot"...', "pi\u00advot”…", Match.TYPOGRAPHY),
        ("advanced US chips", "advanced US\nchips", Match.LAYOUT),
        ("deliberate pivot", "deliberate pi\u00advot", Match.LAYOUT),
        ("office", "oﬃce", Match.LAYOUT),
        ("software; in Chinese", "soft\u00ad\nware;\u00a0in  Chinese", Match.LAYOUT),
    ],
)
def test_typography_is_set_aside_and_the_true_words_are_shown(
    exact: str, words: str, match: Match, text: SearchableText
) -> None:
    passage = text.passage(exact)
    assert (passage.match, passage.words, passage.occurrences) == (match, words, 1)
    assert TEXT[passage.start :].startswith(words)


HYPHENATED = SearchableText(
    "Distil-\nlation needs high-\n  bandwidth memory, a state-of-the-\nart tech-\nnique."
)


@pytest.mark.parametrize(
    ("exact", "words"),
    [
        ("Distillation needs", "Distil-\nlation needs"),
        ("high-bandwidth memory", "high-\n  bandwidth memory"),
        ("highbandwidth memory", "high-\n  bandwidth memory"),
        ("state-of-the-art technique", "state-of-the-\nart tech-\nnique"),
        ("Distillation needs high-bandwidth", "Distil-\nlation needs high-\n  bandwidth"),
        ("Distil-\nlation needs", "Distil-\nlation needs"),
    ],
)
def test_a_hyphen_at_a_line_end_may_belong_to_the_word_or_not(exact: str, words: str) -> None:
    passage = HYPHENATED.passage(exact)
    assert passage.words == words
    assert passage.match is (Match.VERBATIM if exact == words else Match.LAYOUT)


def test_a_hyphen_within_a_line_is_part_of_the_word() -> None:
    assert HYPHENATED.passage("stateof-the-art").match is Match.MISSING
    assert HYPHENATED.passage("high-band-width memory").match is Match.MISSING
    assert SearchableText("re-sign").passage("resign").match is Match.MISSING


def test_words_across_a_line_end_are_put_on_one_line() -> None:
    known = "high-bandwidth"
    assert one_line("Distil-\nlation of high-\n bandwidth  oﬃce", known) == (
        "Distillation of high-bandwidth office"
    )
    (span,) = HYPHENATED.spans("high-bandwidth memory")
    assert HYPHENATED.quotable(span, "high-bandwidth memory") == "high-bandwidth memory"
    assert HYPHENATED.quotable(span) == "highbandwidth memory"
    assert HYPHENATED.passage("highbandwidth").words == "high-\n  bandwidth"


def test_case_is_set_aside_only_where_that_is_asked_for(text: SearchableText) -> None:
    assert text.passage("DELIBERATE PIVOT").match is Match.MISSING
    found = text.passage("DELIBERATE PIVOT", ignore_case=True)
    assert (found.match, found.words) == (Match.CASE, "deliberate pi\u00advot")
    assert text.passage("pull punches", ignore_case=True).match is Match.VERBATIM


def test_surroundings_are_as_short_as_will_do(text: SearchableText) -> None:
    spans = text.spans("terrible mistake")
    contexts = [text.surroundings(span, spans) for span in spans]
    assert contexts == [("a “", ""), ("A", "")]
    for span, (prefix, suffix) in zip(spans, contexts, strict=True):
        assert text.passage("terrible mistake", prefix, suffix).spans == (span,)
    (only,) = text.spans("pull punches")
    assert text.surroundings(only, [only]) == ("", "")


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
        ("an terribel mistake, twise", "A terrible mistake, twice."),
        ("the deliberat pivott", "deliberate pi\u00advot"),
        ("DELIBERATE PIVOT", "deliberate pi\u00advot"),
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
    nothing = Passage(Match.MISSING, "", likeness=0.0)
    assert SearchableText("").passage("a") == nothing
    assert SearchableText("a").passage(" \u00ad ") == nothing


WORDS = st.text(
    st.sampled_from("ab cd.\n\t“”\"'’–-…\u00adﬁé\u0301中가\u00a0\u200bßİ´"), max_size=40
)


@given(WORDS, st.data())
def test_every_stretch_of_a_text_is_found_at_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    exact = text[start:end]
    searchable = SearchableText(text)
    passage = searchable.passage(exact)
    assert (passage.match is Match.MISSING) == (not plain(exact))
    if plain(exact):
        own = [(s, e) for s, e in passage.spans if s < end and start < e]
        assert any(plain(exact) in plain(text[s:e]) for s, e in own)
        assert searchable.passage(exact.upper(), ignore_case=True).match is not Match.MISSING


@given(WORDS, WORDS)
def test_what_is_found_is_a_stretch_of_the_text(text: str, exact: str) -> None:
    passage = SearchableText(text).passage(exact)
    if passage.match is not Match.MISSING:
        assert text[passage.start :].startswith(passage.words)
        joined = plain(exact).replace("-", "").replace(" ", "")
        assert joined in plain(passage.words).replace("-", "").replace(" ", "")
    if passage.match is Match.VERBATIM:
        assert exact.strip() == passage.words
    if passage.match is Match.LAYOUT:
        assert same_but_for_layout(exact, passage.words)


@given(WORDS, st.booleans(), st.booleans())
def test_a_form_leads_back_to_the_characters_that_it_was_made_of(
    text: str, fold: bool, skeleton: bool
) -> None:
    form = Form(text, fold=fold, skeleton=skeleton)
    before = 0
    for offset, character in enumerate(form.text):
        start, end = form.span(offset, offset + 1)
        assert before <= start < end <= len(text)
        assert character in Form(text[start:end], fold=fold, skeleton=skeleton).text
        assert form.offset(start) <= offset <= form.offset(end)
        before = start


@given(WORDS, st.data())
def test_surroundings_single_out_their_place(text: str, data: st.DataObject) -> None:
    searchable = SearchableText(text)
    start = data.draw(st.integers(0, len(text)))
    exact = text[start : data.draw(st.integers(start, len(text)))]
    spans = searchable.spans(exact)
    for span in spans:
        found = searchable.passage(exact, *searchable.surroundings(span, spans))
        assert span in found.spans


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
