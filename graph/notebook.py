"""Debates in a notebook: a small map in the cell, or what there is to say without one.

In IPython a `Debate` shows itself: importing `dissensus` there registers a formatter, so that the
model knows nothing of maps. The map is the page of `draw` in a frame of its own, which may run
scripts but can reach neither the notebook nor a network. What stands below it needs no script.
https://ipython.readthedocs.io/en/stable/config/integrating.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .debate import Debate

MOST_CLAIMS = 300
"""A debate of more claims is not drawn unless it is narrowed: the notebook would grow too large."""

HEIGHT = 560
FEW = 5

_ABILITIES = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a notebook shows as HTML."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def show(
    debate: Debate,
    *,
    height: int = HEIGHT,
    focus: str | None = None,
    claims: Iterable[str] | None = None,
    depth: int | None = None,
    topic: str | None = None,
    speaker: str | None = None,
) -> Shown:
    """The map of a debate for the cell of a notebook, `height` pixels high, and a summary below.

    What is drawn is chosen as in `draw`, which also says what is raised.
    """
    from .maps import draw

    page = draw(debate, focus=focus, claims=claims, depth=depth, topic=topic, speaker=speaker)
    return Shown(_frame(debate, page, height) + summary(debate))


def debate_html(debate: Debate) -> str:
    """What a notebook shows for a debate: its map, or the summary alone if it is large or empty."""
    if 0 < len(debate) <= MOST_CLAIMS:
        return show(debate).html
    return summary(debate, unfolded=True)


def summary(debate: Debate, *, unfolded: bool = False) -> str:
    """Counts, disagreements, questions and speakers of a debate as HTML without a script."""
    counts = ", ".join(
        f"{number} {noun if number == 1 else noun + 's'}"
        for noun, number in (
            ("claim", len(debate)),
            ("link", len(debate.link_iris)),
            ("speaker", len(debate.speakers)),
            ("question", len(debate.questions)),
        )
    )
    head = f"<b>{_text(debate.title or 'A debate')}</b>: {counts}"
    if not len(debate):
        return f"<p>{head}</p>"
    parts = [
        f"<p>{_text(debate.description)}</p>" if debate.description else "",
        _disagreements(debate),
        _questions(debate),
        _speakers(debate),
    ]
    if len(debate) > MOST_CLAIMS:
        parts.append(
            f"<p>More than {MOST_CLAIMS} claims are not drawn here: narrow them with "
            "<code>dissensus.show(debate, topic=…)</code>, or write a file with "
            "<code>dissensus.write_map</code>.</p>"
        )
    opened = " open" if unfolded else ""
    return f"<details{opened}><summary>{head}</summary>{''.join(parts)}</details>"


def register() -> None:
    """Lets debates show themselves in the running IPython; without one there is nothing to do."""
    from IPython.core.getipython import get_ipython

    formatter = getattr(get_ipython(), "display_formatter", None)
    if formatter is not None:
        html = formatter.formatters["text/html"]
        html.for_type_by_name(f"{__package__}.debate", "Debate", debate_html)


def _frame(debate: Debate, page: str, height: int) -> str:
    title = escape(f"Map of {debate.title or 'a debate'}", quote=True)
    return (
        f'<iframe title="{title}" sandbox="{_ABILITIES}" width="100%" height="{int(height)}" '
        f'style="border:1px solid #8884;border-radius:6px" srcdoc="{escape(page, quote=True)}">'
        "</iframe>"
    )


def _disagreements(debate: Debate) -> str:
    from .analysis.disagreements import disagreements

    points = disagreements(debate)
    rows = [
        (
            point.question.label if point.question else point.sides[0].claims[0].text,
            point.kind.value,
            " / ".join(", ".join(s.label for s in side.speakers) or "–" for side in point.sides),
            f"{point.score:.2f}",
        )
        for point in points[:FEW]
    ]
    title = f"Disagreements: {len(points)}"
    return _table(title, ("at stake", "kind", "between", "score"), rows)


def _questions(debate: Debate) -> str:
    answers = [len(debate.answers_to[number]) for number in range(len(debate.questions))]
    most = sorted(range(len(answers)), key=lambda number: (-answers[number], number))[:FEW]
    rows = [(debate.questions[number].label, str(answers[number])) for number in most]
    return _table("Questions", ("question", "answers"), rows)


def _speakers(debate: Debate) -> str:
    said = [len(debate.claims_of_speaker[number]) for number in range(len(debate.speakers))]
    most = sorted(range(len(said)), key=lambda number: (-said[number], number))[:FEW]
    rows = [(debate.speakers[number].label, str(said[number])) for number in most]
    return _table("Speakers", ("speaker", "claims"), rows)


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{column}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f"<p><b>{title}</b></p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _text(text: str) -> str:
    """Text that somebody wrote, kept apart so that its direction turns nothing around it."""
    return f'<bdi dir="auto">{escape(text)}</bdi>'
