"""Which rebuttals an audience lets fail: value-based argumentation.

Source: Bench-Capon, "Persuasion in Practical Argument Using Value-based Argumentation Frameworks",
Journal of Logic and Computation 13, 2003: an attack succeeds for an audience unless the audience
strictly prefers the value of the attacked argument to that of the attacker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..debate import Debate
from ..errors import UnknownNameError
from ..model import Audience
from ..terms import local_name


def ranking(order: Sequence[int]) -> dict[int, int]:
    """Value → how early the order lists it, 0 for the most preferred."""
    return {value: place for place, value in enumerate(order)}


def rebuttal_fails(
    debate: Debate, premises: Iterable[int], target: int, ranks: Mapping[int, int]
) -> bool:
    """Whether the ranking strictly prefers the target's best value to the premises' best.

    Values without a rank come last, equal to each other. A claim that promotes no value is a fact
    for this purpose: its rebuttals never fail, and no preference protects it.
    """
    attacked = best_rank(debate, target, ranks)
    attacking = [best_rank(debate, premise, ranks) for premise in premises]
    if attacked is None or None in attacking:
        return False
    return attacked < min(rank for rank in attacking if rank is not None)


def best_rank(debate: Debate, claim: int, ranks: Mapping[int, int]) -> int | None:
    """The rank of the best value that the claim promotes; nothing if it promotes none."""
    values = debate.claim_values[claim]
    return min((ranks.get(value, len(ranks)) for value in values), default=None)


def audience_named(debate: Debate, name: str) -> Audience:
    """The audience with this label, word of its label, IRI or ending of its IRI.

    Raises:
        UnknownNameError: there is none, or more than one.
    """
    folded = name.casefold()
    iri = debate.expanded(name)
    for found in (
        [a for a in debate.audiences if a.iri == iri or local_name(a.iri) == iri.lstrip(":")],
        [a for a in debate.audiences if a.label.casefold() == folded],
        [a for a in debate.audiences if set(folded.split()) <= set(a.label.casefold().split())],
    ):
        if len(found) == 1:
            return found[0]
    raise UnknownNameError("audience", name, [audience.label for audience in debate.audiences])


def chosen_audience(
    debate: Debate, name: str | Audience | None
) -> tuple[Audience | None, tuple[int, ...] | None]:
    """An audience, given or by name, and the numbers of its values in order; nothing for none.

    Raises:
        UnknownNameError: there is none, or more than one.
    """
    if not name:
        return None, None
    audience = name if isinstance(name, Audience) else audience_named(debate, name)
    return audience, value_order(debate, audience)


def value_order(debate: Debate, audience: Audience) -> tuple[int, ...]:
    """The numbers of the values that the audience orders, the most preferred first."""
    return tuple(debate.value_numbers[v] for v in audience.order if v in debate.value_numbers)
