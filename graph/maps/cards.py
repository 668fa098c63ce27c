"""How big a card is: its measures, shared with the style sheet, and its height for a text."""

from __future__ import annotations

from .measuring import line_count

Size = tuple[int, int]

CARD_WIDTH = 272
QUESTION_WIDTH = 320
SWATCH = 6
PAD = 12
EDGE = 1

TEXT = 14
LINE = 19
MOST_LINES = 8
"""A longer text ends with an ellipsis on its card and stands whole in the details."""

HEAD = 18
FOOT = 20
QUESTION_TEXT = 15
QUESTION_LINE = 20
MOST_QUESTION_LINES = 5


def card_lines(text: str) -> int:
    """How many lines of its card a claim's text takes."""
    width = CARD_WIDTH - 2 * EDGE - SWATCH - 2 * PAD
    return min(MOST_LINES, line_count(text, TEXT, width))


def card_size(text: str, *, footed: bool) -> Size:
    """Width and height of a claim's card; `footed` if it has marks below the text."""
    inner = HEAD + card_lines(text) * LINE + (FOOT if footed else 0)
    return CARD_WIDTH, inner + 2 * PAD - 4 + 2 * EDGE


def question_lines(label: str) -> int:
    """How many lines of its card a question takes."""
    width = QUESTION_WIDTH - 2 * EDGE - 2 * PAD
    bold = 1.08
    return min(MOST_QUESTION_LINES, line_count(label, QUESTION_TEXT * bold, width))


def question_size(label: str) -> Size:
    """Width and height of a question's card."""
    inner = HEAD + question_lines(label) * QUESTION_LINE
    return QUESTION_WIDTH, inner + 2 * PAD - 4 + 2 * EDGE


def measure_rules() -> str:
    """The measures as CSS custom properties."""
    measures = {
        "card-width": CARD_WIDTH,
        "question-width": QUESTION_WIDTH,
        "swatch": SWATCH,
        "pad": PAD,
        "text": TEXT,
        "line": LINE,
        "head": HEAD,
        "foot": FOOT,
        "question-text": QUESTION_TEXT,
        "question-line": QUESTION_LINE,
    }
    return ":root{" + ";".join(f"--{name}:{value}px" for name, value in measures.items()) + "}\n"
