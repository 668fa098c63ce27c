"""`dissensus quote`: words found in a document, ready to paste, and checked once pasted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from dissensus.graph.checking import check
from dissensus.graph.documents import Place, document_text
from dissensus.graph.errors import InputError, UsageError
from dissensus.graph.quotes import Match
from dissensus.graph.quoting import quote

PREFIXES = """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/debate#> .
"""
PAGE = """\
<html><head><title>On chips</title></head><body>
<h1>Chips</h1>
<p>“Power, not <em>chips</em>, is the limit,” said Ann&nbsp;Lee — a&shy;gain.</p>
<p>Power, not chips, is the limit of the oﬃce.</p></body></html>
"""


def paper(path: Path) -> Path:
    """A PDF of two pages with hyphens at line ends and a ligature."""
    document = FPDF()
    document.add_font("DejaVu", fname=font())
    document.set_font("DejaVu", size=11)
    document.add_page()
    document.multi_cell(0, text="The mod-\nels need high-\nbandwidth memory in the oﬃce.")
    document.add_page()
    document.multi_cell(0, text="On page two the models need nothing.")
    path.write_bytes(bytes(document.output()))
    return path


def font() -> Path:
    found = [*Path("/usr/share/fonts").rglob("DejaVuSans.ttf")]
    if not found:
        pytest.skip("no DejaVu fonts on this machine")
    return found[0]


def test_words_of_a_real_document(sample_data: Path) -> None:
    recap = sample_data / "seeds" / "002_b760d51546fd5d0c.txt"
    (found,) = quote(recap, "“does it matter?”", source="urn:x:recap").found
    assert found.quote.exact == '"does it matter?"'
    assert (found.quote.document, found.place, found.match) == (
        "urn:x:recap",
        Place(10),
        Match.TYPOGRAPHY,
    )
    first, second = quote(recap, "terrible mistake").found
    assert [first.place.line, second.place.line] == [2, 8]
    for found in (first, second):
        assert found.quote.prefix or found.quote.suffix


def test_words_of_html_are_found_across_tags_and_entities(tmp_path: Path) -> None:
    page = tmp_path / "chips.html"
    page.write_text(PAGE, encoding="utf-8")
    first, second = quote(page, "Power, not chips, is the limit").found
    assert (first.place.line, second.place.line) == (3, 4)
    assert (second.quote.prefix, second.quote.suffix) == ("again.", "")
    (found,) = quote(page, "said Ann Lee - again").found
    assert (found.quote.exact, found.match) == ("said Ann Lee — again", Match.TYPOGRAPHY)
    (found,) = quote(page, "the office").found
    assert (found.quote.exact, found.match) == ("the office", Match.LAYOUT)


def test_words_of_a_pdf_are_found_across_line_ends(tmp_path: Path) -> None:
    path = paper(tmp_path / "paper.pdf")
    (found,) = quote(path, "models need high-bandwidth memory").found
    assert found.quote.exact == "models need high-bandwidth memory"
    assert found.place == Place(1, 1)
    assert [f.place.page for f in quote(path, "models need").found] == [1, 2]
    (found,) = quote(path, "in the office").found
    assert found.quote.exact == "in the office"


def test_case_matters_unless_it_is_set_aside(tmp_path: Path) -> None:
    page = tmp_path / "chips.html"
    page.write_text(PAGE, encoding="utf-8")
    search = quote(page, "said ann lee")
    assert not search.found
    assert (search.nearest, search.place) == ("said Ann Lee", Place(3))
    assert 0.5 < search.likeness < 1
    assert "nearest: “said Ann Lee” (line 3" in search.reason
    (found,) = quote(page, "said ann lee", ignore_case=True).found
    assert (found.quote.exact, found.match) == ("said Ann Lee", Match.CASE)


def test_nothing_to_look_for_is_a_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.", encoding="utf-8")
    with pytest.raises(UsageError, match="no words"):
        quote(tmp_path / "a.txt", " \n")
    with pytest.raises(InputError, match="no such file"):
        quote(tmp_path / "b.txt", "words")


TEXTS = st.text(
    st.sampled_from("ab cd.,\n-“”\"'’–…\u00adﬁé\u0301中\u00a0\\<&\t"), min_size=1, max_size=50
)


@given(TEXTS, st.data())
def test_any_words_of_a_document_are_quoted_from_their_place(
    text: str, data: st.DataObject
) -> None:
    document = document_text(text.encode(), "a.txt")
    start = data.draw(st.integers(0, len(document.text) - 1))
    words = document.text[start : data.draw(st.integers(start + 1, len(document.text)))]
    if not words.strip():
        return
    search = quote(document, words)
    for found in search.found:
        again = quote(document, found.quote.exact)
        assert found.place in [other.place for other in again.found]
    places = [found.place.line for found in search.found]
    assert places == sorted(places)
    visible = words.strip("\u00ad \n\t\u00a0")
    if visible:
        line = document.place(start + words.index(visible)).line
        assert any(abs(found - line) <= 1 for found in places)


# -- the command --------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A debate in claims/ and its document, known to it by its file name."""
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "a.ttl").write_text(
        PREFIXES + ':ann a d:Speaker ; rdfs:label "Ann" .\n'
        ':page a d:Document ; d:title "Page" ; d:fileName "chips.html" .\n',
        encoding="utf-8",
    )
    (tmp_path / "chips.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_the_quote_is_turtle_to_paste(run, folder: Path) -> None:
    result = run("quote", str(folder / "chips.html"), "said Ann Lee", claims=folder / "claims")
    assert (result.exit_code, result.stdout) == (
        0,
        'd:quote [ d:exact "said Ann Lee" ; d:source :page ]\n',
    )


def test_what_is_pasted_passes_the_check(run, folder: Path) -> None:
    claims = folder / "claims"
    turtle = run("quote", str(folder / "chips.html"), "not chips", "--nth", "2", claims=claims)
    with (claims / "a.ttl").open("a", encoding="utf-8") as file:
        file.write(
            ':c a d:Claim ; d:text "Power."@en ; d:assertedBy :ann ; d:about :t ;\n'
            f"    {turtle.stdout.strip()} .\n:t a d:Topic ; rdfs:label 'power' .\n"
        )
    assert check([claims], sources=folder) == ()
    assert "d:prefix" in turtle.stdout or "d:suffix" in turtle.stdout


def test_every_place_is_listed_or_the_one_that_is_asked_for(run, folder: Path) -> None:
    words = ("quote", str(folder / "chips.html"), "not chips")
    listed = run(*words, claims=folder / "claims").stdout.splitlines()
    assert [line for line in listed if line.startswith("#")] == ["# 1: line 3", "# 2: line 4"]
    (only,) = run(*words, "--nth", "2", claims=folder / "claims").stdout.splitlines()
    assert only == listed[3]
    beyond = run(*words, "--nth", "3", claims=folder / "claims")
    assert beyond.exit_code == 1
    assert "'3'" in beyond.stderr


def test_words_that_are_not_there_end_with_1_and_the_nearest(run, folder: Path) -> None:
    result = run("quote", str(folder / "chips.html"), "said Anne Lee", claims=folder / "claims")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nearest: “said Ann Lee” (line 3," in result.stderr
    nowhere = run("quote", str(folder / "chips.html"), "xyzzy", claims=folder / "claims")
    assert (nowhere.exit_code, "nor anything like them" in nowhere.stderr) == (1, True)


def test_the_quotes_as_json(run, folder: Path) -> None:
    claims = folder / "claims"
    arguments = ("quote", str(folder / "chips.html"), "--format", "json")
    shown = json.loads(run(*arguments, "SAID ANN LEE", "--ignore-case", claims=claims).stdout)
    (found,) = shown["quotes"]
    assert set(found) == {
        "exact", "prefix", "suffix", "source", "line", "page", "match", "turtle",
    }  # fmt: skip
    assert (found["exact"], found["match"], found["line"]) == ("said Ann Lee", "case", 3)
    assert found["page"] is None
    missing = json.loads(run(*arguments, "said Anne Lee", claims=claims).stdout)
    assert missing["quotes"] == []
    assert missing["nearest"]["words"] == "said Ann Lee"


def test_the_words_may_come_from_standard_input(run, folder: Path) -> None:
    result = run(
        "quote", str(folder / "chips.html"), claims=folder / "claims", stdin="said\nAnn Lee\n"
    )
    assert 'd:exact "said Ann Lee"' in result.stdout
    assert run("quote", str(folder / "chips.html"), stdin="").exit_code == 2


def test_the_node_of_a_new_document(run, folder: Path) -> None:
    (folder / "chips.html").rename(folder / "other.html")
    result = run(
        "quote", str(folder / "other.html"), "--document-node", claims=folder / "claims", stdin=""
    )
    assert result.exit_code == 0
    assert ':chips a d:Document ;\n    d:title "On chips"' in result.stdout
    assert 'd:fileName "other.html"' in result.stdout
    both = run(
        "quote", str(folder / "other.html"), "said Ann", "--document-node", "--format", "json",
        claims=folder / "claims",
    )  # fmt: skip
    shown = json.loads(both.stdout)
    assert shown["document"]["iri"] == "https://example.org/debate#chips"
    assert shown["quotes"][0]["source"] == shown["document"]["iri"]


def test_the_document_can_be_named(run, folder: Path) -> None:
    (folder / "chips.html").rename(folder / "other.html")
    named = ("quote", str(folder / "other.html"), "said Ann", "--source")
    assert "d:source :page" in run(*named, "page", claims=folder / "claims").stdout
    unknown = run(*named, "pag", claims=folder / "claims")
    assert (unknown.exit_code, "did you mean" in unknown.stderr) == (1, True)


def test_faulty_claims_do_not_keep_anyone_from_quoting(run, folder: Path) -> None:
    (folder / "claims" / "b.ttl").write_text("this is no Turtle", encoding="utf-8")
    result = run("quote", str(folder / "chips.html"), "said Ann Lee", claims=folder / "claims")
    assert "d:source :page" in result.stdout


# -- the check ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["paper.pdf", "chips.html", "chips.md"])
def test_quotes_of_every_kind_of_document_are_checked(name: str, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    if name == "paper.pdf":
        paper(sources / name)
        words, wrong = "models need high-bandwidth memory in the office", "models need no memory"
    else:
        (sources / "chips.html").write_text(PAGE, encoding="utf-8")
        (sources / "chips.md").write_text("Power, *not chips*, is\nthe limit.\n", encoding="utf-8")
        words, wrong = "not chips, is the limit", "not chips are the limits"
    claims = tmp_path / "a.ttl"
    turtle = PREFIXES + (
        ':ann a d:Speaker ; rdfs:label "Ann" . :t a d:Topic ; rdfs:label "t" .\n'
        f':doc a d:Document ; d:title "D" ; d:fileName "{name}" .\n'
        ':c a d:Claim ; d:text "C."@en ; d:assertedBy :ann ; d:about :t ;\n'
        '    d:quote [ d:source :doc ; d:prefix "PREFIX" ; d:exact "WORDS" ] .\n'
    )
    claims.write_text(turtle.replace("WORDS", words).replace('d:prefix "PREFIX" ; ', ""))
    findings = check([claims], sources=sources)
    assert {finding.rule for finding in findings} <= {"ambiguous-quote"}
    assert bool(findings) == (name == "chips.html")
    claims.write_text(turtle.replace("WORDS", wrong).replace('d:prefix "PREFIX" ; ', ""))
    (finding,) = check([claims], sources=sources)
    assert (finding.rule, finding.line) == ("quote-not-found", 7)
    assert "line" in finding.remedy
    assert "alike" in finding.remedy
