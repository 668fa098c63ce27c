"""Comparisons: claims in a table of two dimensions, such as options by criteria."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..debate import Debate
from ..model import IntRows


class Dimension(StrEnum):
    """What claims can be sorted by."""

    OPTION = "option"
    CRITERION = "criterion"
    SPEAKER = "speaker"
    TOPIC = "topic"
    QUESTION = "question"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Labels of rows and columns, and for each (row, column) the claims there, by number.

    Only rows and columns that hold a claim are listed, by label; a cell without claims is absent.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[int, int], tuple[int, ...]]


def compare(
    debate: Debate, rows: Dimension = Dimension.OPTION, columns: Dimension = Dimension.CRITERION
) -> Comparison:
    """The claims that have a place in both dimensions, sorted by them."""
    row_values, row_labels = _dimension(debate, rows)
    column_values, column_labels = _dimension(debate, columns)
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for claim in range(len(debate)):
        for row in row_values[claim]:
            for column in column_values[claim]:
                found[row, column].append(claim)
    used_rows = sorted({row for row, _ in found}, key=lambda n: row_labels[n])
    used_columns = sorted({column for _, column in found}, key=lambda n: column_labels[n])
    row_place = {number: place for place, number in enumerate(used_rows)}
    column_place = {number: place for place, number in enumerate(used_columns)}
    return Comparison(
        tuple(row_labels[n] for n in used_rows),
        tuple(column_labels[n] for n in used_columns),
        {
            (row_place[row], column_place[column]): tuple(claims)
            for (row, column), claims in sorted(found.items())
        },
    )


def _dimension(debate: Debate, dimension: Dimension) -> tuple[IntRows, Sequence[str]]:
    if dimension is Dimension.OPTION:
        return debate.claim_options, [option.label for option in debate.options]
    if dimension is Dimension.CRITERION:
        return debate.claim_criteria, [criterion.label for criterion in debate.criteria]
    if dimension is Dimension.SPEAKER:
        return debate.claim_speakers, [speaker.label for speaker in debate.speakers]
    if dimension is Dimension.TOPIC:
        return debate.claim_topics, [topic.label for topic in debate.topics]
    if dimension is Dimension.QUESTION:
        return debate.claim_questions, [question.label for question in debate.questions]
    return debate.claim_values, [value.label for value in debate.values]
