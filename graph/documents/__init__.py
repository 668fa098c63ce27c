"""Documents in: text, HTML, Markdown and PDF, each as plain text that knows its lines and pages.

What counts is what a reader of the document sees: no tags, no marks of emphasis, no scripts.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ..errors import Finding, InputError, Severity
from ..printable import printable
from .text import Block, DocumentText, Place, Role, Traced

__all__ = [
    "Block",
    "DocumentText",
    "Place",
    "Role",
    "digest_of",
    "document_text",
    "read_bytes",
    "read_document",
]

_ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "pdf",
}
"""File ending → syntax; what ends otherwise is plain text, unless it begins like one of these."""

_MARKED_UP = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LONGEST_TITLE = 150
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def read_document(path: Path | str) -> DocumentText:
    """The text of the document in this file.

    Raises:
        InputError: it cannot be read: no such file, no text, a locked or broken PDF.
    """
    return document_text(read_bytes(Path(path)), str(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a document.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise _refusal(str(path), (error.strerror or str(error)).lower()) from error


def document_text(data: bytes, name: str) -> DocumentText:
    """The text of the document with these bytes; its name says by its ending what it is.

    HTML is decoded as it says itself, everything else is UTF-8, or UTF-16 with a byte order mark.
    Line ends of any system become line feeds.

    Raises:
        InputError: the bytes are no text, or no document of this kind; or a package is missing.
    """
    syntax = _syntax(data, name)
    if syntax == "pdf":
        from .pdf import read_pdf

        return read_pdf(data, lambda reason, mend="": _refusal(name, reason, mend))
    text = _decoded(data, name, syntax)
    if syntax == "html":
        from .html import read_html

        return read_html(text)
    if syntax == "markdown":
        from .markdown import read_markdown

        return read_markdown(text)
    return plain_document(text)


def plain_document(text: str) -> DocumentText:
    """A plain text as a document: a block for each stretch between empty lines.

    A first stretch of one short line without a full stop is the title.
    """
    traced = Traced()
    line = 1
    for stretch in re.split(r"(\n[^\S\n]*(?:\n[^\S\n]*)+)", text):
        if stretch.strip():
            traced.begin(Role.TEXT)
        traced.add(stretch, line)
        line += stretch.count("\n")
    first = text.lstrip().partition("\n\n")[0].strip()
    is_title = len(first) <= _LONGEST_TITLE and "\n" not in first and first[-1:] not in (*".!?:;,",)
    return traced.document("text", title=first if is_title else "")


def digest_of(data: bytes) -> str:
    """``sha256:`` and 64 hexadecimal digits: what `d:digest` says of these bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _syntax(data: bytes, name: str) -> str:
    if data.startswith(b"%PDF-"):
        return "pdf"
    known = _ENDINGS.get(Path(name).suffix.lower())
    return known or ("html" if _MARKED_UP.match(data) else "text")


def _decoded(data: bytes, name: str, syntax: str) -> str:
    encoding = "utf-8"
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], marked
            break
    else:
        declared = _CHARSET.search(data, 0, 4096) if syntax == "html" else None
        if declared:
            encoding = declared[1].decode("ascii", "replace")
    try:
        text = data.decode(encoding)
    except LookupError:
        raise _refusal(name, f"there is no encoding {printable(encoding)}") from None
    except (UnicodeError, ValueError) as error:
        byte = getattr(error, "start", 0)
        line = data.count(b"\n", 0, byte) + 1
        reason = f"it is not text in {encoding.upper()} (line {line})"
        raise _refusal(name, reason, "save it as text in UTF-8") from error
    if "\0" in text:
        raise _refusal(name, "it is not text: it has zero bytes", "is it another kind of file?")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refusal(name: str, reason: str, mend: str = "") -> InputError:
    message = f"the document cannot be read: {reason}"
    finding = Finding(name, 0, 0, Severity.ERROR, "unreadable-document", "", message, mend)
    return InputError([finding])
