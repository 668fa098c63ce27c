"""Documents as their readers see them, each word with its line and page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from dissensus.graph.documents import Place, Role, document_text, read_document
from dissensus.graph.errors import InputError

HTML = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
  <title>A &amp; B</title>
  <meta name="author" content="Ann Lee">
  <link rel="canonical" href="https://example.org/a">
  <style>p { color: red }</style>
</head>
<body>
<nav><ul><li>Home</li></ul></nav>
<h1>Chips &mdash; and power</h1>
<p>Power, <b>not chips</b>, is
the &#8220;limit&#8221;.<br>Next line.
<p>Unclosed<script>var a = "<p>no</p>";</script> paragraph
<ul><li>One item.<li>Another item.</ul>
<table><tr><td>a cell</td></tr></table>
<figure><figcaption>A caption</figcaption></figure>
<footer>All rights reserved.</footer>
</body></html>
"""
MARKDOWN = """\
---
title: "Power"
author: Ann Lee
---
# A heading

A paragraph with *emphasis*, `code`, a [link](https://example.org "t")
and an escape\\* &amp; an entity.

- an item
  on two lines

> quoted words

| a | b |
|---|---|
| c | d |

```python
x = 1
```

<p>Some <i>HTML</i>.</p>
"""


def roles(data: str, name: str) -> list[tuple[str, str]]:
    document = document_text(data.encode(), name)
    return [
        (block.role.value, " ".join(document.text[block.start : block.end].split()))
        for block in document.blocks
    ]


def place_of(words: str, data: str, name: str) -> Place:
    document = document_text(data.encode(), name)
    return document.place(document.text.index(words))


def test_html_is_what_a_browser_shows() -> None:
    assert roles(HTML, "a.html") == [
        ("apparatus", "Home"),
        ("heading", "Chips — and power"),
        ("text", "Power, not chips, is the “limit”. Next line."),
        ("text", "Unclosed paragraph"),
        ("item", "One item."),
        ("item", "Another item."),
        ("cell", "a cell"),
        ("caption", "A caption"),
        ("apparatus", "All rights reserved."),
    ]


def test_html_says_what_it_is() -> None:
    document = document_text(HTML.encode(), "a.html")
    assert (document.kind, document.title, document.author) == ("html", "A & B", "Ann Lee")
    assert (document.language, document.url) == ("en-GB", "https://example.org/a")


@pytest.mark.parametrize(
    ("words", "line"), [("and power", 11), ("limit", 13), ("Next", 13), ("paragraph", 14)]
)
def test_words_of_html_have_the_line_of_the_source(words: str, line: int) -> None:
    assert place_of(words, HTML, "a.html") == Place(line)


def test_html_is_decoded_as_it_says() -> None:
    page = '<html><meta charset="windows-1252"><p>caf\xe9 \x93quoted\x94</p>'
    assert "café “quoted”" in document_text(page.encode("latin-1"), "a.html").text
    assert document_text(page.encode("latin-1"), "without-an-ending").kind == "html"


def test_markdown_is_what_it_makes() -> None:
    assert roles(MARKDOWN, "a.md") == [
        ("heading", "A heading"),
        ("text", "A paragraph with emphasis, code, a link and an escape* & an entity."),
        ("item", "an item on two lines"),
        ("text", "quoted words"),
        ("cell", "a"),
        ("cell", "b"),
        ("cell", "c"),
        ("cell", "d"),
        ("code", "x = 1"),
        ("text", "Some HTML."),
    ]
    document = document_text(MARKDOWN.encode(), "a.md")
    assert (document.title, document.author) == ("Power", "Ann Lee")


@pytest.mark.parametrize(
    ("words", "line"),
    [("heading", 5), ("emphasis", 7), ("entity", 8), ("two lines", 11), ("quoted", 13),
     ("x = 1", 20), ("HTML", 23)],
)  # fmt: skip
def test_words_of_markdown_have_the_line_of_the_source(words: str, line: int) -> None:
    assert MARKDOWN.split("\n")[line - 1].count(words)
    assert place_of(words, MARKDOWN, "a.md") == Place(line)


def test_plain_text_has_blocks_between_empty_lines_and_perhaps_a_title() -> None:
    document = document_text(b"A title\r\n\r\nOne.\rTwo.\n \nThree.", "a.txt")
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "A title",
        "One.\nTwo.",
        "Three.",
    ]
    assert document.title == "A title"
    assert document_text(b"A sentence.\n\nMore.", "a.txt").title == ""
    assert [document.place(b.start).line for b in document.blocks] == [1, 3, 6]


def pdf(*pages: str) -> bytes:
    document = FPDF()
    document.set_title("A paper")
    document.set_author("Ann Lee")
    document.set_font("Helvetica", size=12)
    for page in pages:
        document.add_page()
        document.multi_cell(0, text=page)
    return bytes(document.output())


def test_a_pdf_has_pages_with_lines() -> None:
    document = document_text(pdf("First line.\nSecond line.", "On the next page."), "a.pdf")
    assert (document.kind, document.title, document.author) == ("pdf", "A paper", "Ann Lee")
    assert document.place(document.text.index("Second")) == Place(2, 1)
    assert str(document.place(document.text.index("next"))) == "page 2, line 1"
    assert document_text(pdf("A PDF."), "without-an-ending").kind == "pdf"


def test_running_heads_of_a_pdf_are_no_part_of_its_text() -> None:
    pages = [f"A journal, page {n}\nText {n} is here.\nfoot" for n in range(1, 5)]
    document = document_text(pdf(*pages), "a.pdf")
    running = [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.role is Role.TEXT
    ]
    assert running == [f"Text {n} is here." for n in range(1, 5)]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"\x89PNG\xff\xfe", "a.txt", "not text in UTF-8 (line 1)"),
        (b"fine\n\xe9", "a.md", "not text in UTF-8 (line 2)"),
        (b"a\0b", "a.txt", "zero bytes"),
        (b"<html><meta charset=nonsense>", "a.html", "no encoding nonsense"),
        (b"%PDF-1.7 nonsense", "a.pdf", "the PDF is broken"),
        (pdf(""), "a.pdf", "the PDF has no text"),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        document_text(data, name)
    (finding,) = caught.value.findings
    assert reason in finding.message
    assert finding.rule == "unreadable-document"
    assert "\n" not in str(caught.value)


def test_a_locked_pdf_is_refused() -> None:
    document = FPDF()
    document.add_page()
    document.set_encryption(owner_password="a", user_password="b")
    with pytest.raises(InputError, match="locked"):
        document_text(bytes(document.output()), "a.pdf")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "nowhere.txt")


def test_a_pdf_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(InputError, match=r"pip install 'dissensus\[pdf\]'"):
        document_text(pdf("A."), "a.pdf")


ODD = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)
PIECES = st.lists(
    st.sampled_from((
        "<p>", "</p>", "<b", ">", "&amp;", "&#65;", "&", "<!--", "-->", "<script>", "</script>",
        "<li>", "\n", "\n\n", "\r\n", " ", "word", "é", "*", "`", "# ", "> ", "- ", "1. ",
        "[a](b)", "|", "---\n", "\\", "<table><td>", "</div>", "<br/>", "<title>", "]]>",
    )),
    max_size=25,
).map("".join)  # fmt: skip


@given(st.one_of(ODD, PIECES), st.sampled_from(["a.txt", "a.html", "a.md"]))
def test_any_text_is_a_document_with_ordered_blocks_and_lines_that_exist(
    text: str, name: str
) -> None:
    document = document_text(text.encode(), name)
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        last = block.end
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    before = 1
    for offset in range(len(document.text)):
        line = document.place(offset).line
        assert before <= line <= len(lines)
        before = line


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80))
def test_every_character_of_a_plain_text_has_its_line(text: str) -> None:
    document = document_text(text.encode(), "a.txt")
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert document.text == unified
    for offset in range(len(unified)):
        assert document.place(offset).line == unified.count("\n", 0, offset) + 1
