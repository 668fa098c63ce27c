"""What the analyses found, for the page: what would flip a claim, for whom it stands, its gaps."""

from __future__ import annotations

from collections import defaultdict

from ..analysis.gaps import GapKind, gaps
from ..semantics.audiences import divided_verdicts, values_in_play
from ..semantics.cruxes import Change, Move, cruxes_in
from .judging import MOST_EXPLAINED, Judge
from .numbering import Places, Plain, filled, ids

MOST_FLIPS = 8
"""How many changes of mind are listed for a claim; it says how many more there are."""

MOST_ORDERED = 4
"""With more values in play the page has the verdicts of the declared audiences only.

Four values have 24 orders; each order asks for a labelling of the whole debate.
"""

GAP_WORDS = {
    GapKind.UNANSWERED: "unanswered",
    GapKind.NO_EVIDENCE: "no-support",
    GapKind.SINGLE_SOURCE: "single-source",
}
"""The gaps of claims, by the names that the page has for them."""


def claim_findings(places: Places, judge: Judge) -> list[Plain]:
    """For each claim of the page, by node: `gaps`, `flips`, `moreFlips`, `acceptance`.

    - `gaps`: ``{kind, claims, line}``: the attackers or foundations, and the step that is attacked;
    - `flips`: ``[move, node or line, label after]``, each a change of mind that is enough to change
      the claim's label; `moreFlips` is the number of those left out;
    - `acceptance`: ``{kind, sentence, declared}`` where the label hangs on what is preferred;
      `declared` has a label for each audience, and is all there is with more than `MOST_ORDERED`
      values in play.
    """
    found: list[Plain] = [{} for _ in places.chart.claims]
    for node, kinds in _gaps(places).items():
        found[node]["gaps"] = kinds
    for node, flips in _flips(places, judge).items():
        found[node].update(flips)
    for node, acceptance in _acceptance(places, judge).items():
        found[node]["acceptance"] = acceptance
    return found


def audiences(places: Places, judge: Judge) -> list[Plain]:
    """The declared audiences: ``{id, label, order, changed}``, `order` with labels of values."""
    debate = places.chart.debate
    judged = judge.audience_judgements(places.chart.claims)
    return [
        {
            "id": name,
            "label": audience.label or name,
            "order": [
                debate.values[debate.value_numbers[iri]].label
                for iri in audience.order
                if iri in debate.value_numbers
            ],
            **changes,
        }
        for name, audience, changes in zip(
            ids(debate.audiences), debate.audiences, judged, strict=True
        )
    ]


def _acceptance(places: Places, judge: Judge) -> dict[int, Plain]:
    debate = places.chart.debate
    in_play = len(values_in_play(debate))
    if not in_play:
        return {}
    if in_play <= MOST_ORDERED:
        return {
            node: filled(
                kind=verdict.acceptance.value,
                sentence=verdict.sentence,
                declared=[label for _audience, label in verdict.declared],
            )
            for verdict in divided_verdicts(debate)
            for node in places.nodes([verdict.claim])
        }
    judged = [judge.for_audience(audience) for audience in debate.audiences]
    declared = {
        node: [of_audience[claim].status.value for of_audience in judged]
        for node, claim in enumerate(places.chart.claims)
    }
    return {node: {"declared": labels} for node, labels in declared.items() if len(set(labels)) > 1}


def _gaps(places: Places) -> dict[int, list[Plain]]:
    found: dict[int, list[Plain]] = defaultdict(list)
    for gap in gaps(places.chart.debate):
        if gap.kind in GAP_WORDS:
            line = places.lines([] if gap.step is None else [gap.step])
            record = filled(
                kind=GAP_WORDS[gap.kind],
                claims=places.nodes(gap.claims) if gap.kind is GapKind.UNANSWERED else [],
                line=line[0] if line else None,
            )
            for node in places.nodes([gap.subject]):
                found[node].append(record)
    return found


def _flips(places: Places, judge: Judge) -> dict[int, Plain]:
    """Single changes that flip a contested claim; nothing where too many claims are contested."""
    claims = judge.contested(places.chart.claims)
    if len(claims) > MOST_EXPLAINED:
        return {}
    found = {}
    for claim in claims:
        cruxes = cruxes_in(judge.flat, claim).cruxes
        listed = [
            [crux.changes[0].move.value, place, crux.after]
            for crux in cruxes
            for place in _place_of(places, crux.changes[0])
        ][:MOST_FLIPS]
        found[places.chart.node_of[claim]] = filled(
            flips=listed, moreFlips=(len(cruxes) - len(listed)) or None
        )
    return found


def _place_of(places: Places, change: Change) -> list[int]:
    if change.move is Move.DROP:
        return places.lines([change.number])
    return places.nodes([change.number])
