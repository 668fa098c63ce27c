"""PDF page by page, by pypdf."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from ..errors import InputError
from .text import DocumentText, Role, Traced

if TYPE_CHECKING:
    from pypdf import PdfReader

_NUMBER = re.compile(r"\d+")


class Refuse(Protocol):
    """Makes the error that says why a document cannot be read, and how to mend that."""

    def __call__(self, reason: str, mend: str = "") -> InputError:
        """The error for this reason."""


def read_pdf(data: bytes, refuse: Refuse) -> DocumentText:
    """The document in this PDF, its lines counted on each page.

    Lines that stand at the head or foot of most pages, page numbers set aside, are no part of the
    running text.

    Raises:
        InputError: it is locked or broken, it has no text, or pypdf is missing.
    """
    try:
        import pypdf
    except ImportError:
        mend = "pip install 'dissensus[pdf]'"
        raise refuse("a PDF needs the package pypdf", mend) from None
    with _silence():
        try:
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise refuse("the PDF is locked by a password", "save it without one")
            pages = [page.extract_text() for page in reader.pages]
            title, author = _said(reader)
        except InputError:
            raise
        except ImportError as error:
            raise refuse(f"the PDF is locked: {error}", "save it without a password") from error
        except Exception as error:  # a broken PDF breaks pypdf in many ways
            raise refuse(f"the PDF is broken: {' '.join(str(error).split())}") from error
    if not any(page.strip() for page in pages):
        raise refuse("the PDF has no text, perhaps only pictures of it", "run OCR over it")
    return _put_together([page.split("\n") for page in pages], title, author)


def _put_together(pages: list[list[str]], title: str, author: str) -> DocumentText:
    traced = Traced()
    repeated = _repeated(pages)
    for number, lines in enumerate(pages, 1):
        role: Role | None = None
        for line, text in enumerate(lines, 1):
            at_the_edge = line in (1, len(lines)) and _pattern(text) in repeated
            wanted = Role.APPARATUS if at_the_edge else Role.TEXT
            if wanted is not role or not text.strip():
                traced.begin(wanted)
            role = wanted
            traced.add(text + "\n", line, number)
    return traced.document("pdf", title=title, author=author)


def _repeated(pages: list[list[str]]) -> set[str]:
    """The first and last lines that more than half of the pages share, at least three."""
    edges: Counter[str] = Counter()
    for lines in pages:
        edges.update({_pattern(lines[0]), _pattern(lines[-1])})
    least = max(3, len(pages) // 2 + 1)
    return {pattern for pattern, count in edges.items() if count >= least and pattern}


def _pattern(line: str) -> str:
    return _NUMBER.sub("#", line).strip()


def _said(reader: PdfReader) -> tuple[str, str]:
    """Title and author."""
    said = reader.metadata
    return (said.title or "", said.author or "") if said is not None else ("", "")


@contextmanager
def _silence() -> Iterator[None]:
    """Without pypdf's warnings about what it mends itself."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
