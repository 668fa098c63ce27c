"""How support is read: four profiles, each told in a sentence.

The literature reads ``a supports b`` in different ways, and verdicts differ with the reading. The
profile is therefore named with every verdict.

Sources: Cayrol & Lagasquie-Schiex (2013) compare the readings; deductive support is Boella, Gabbay,
van der Torre & Villata (2010), necessary support Nouioua & Risch (2010), evidential support Oren &
Norman (2008); the reading as a defeasible reason goes back to Pollock (1987).
"""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """A reading of support."""

    REASON = "reason"
    EVIDENTIAL = "evidential"
    NECESSARY = "necessary"
    DEDUCTIVE = "deductive"

    @property
    def sentence(self) -> str:
        """What ``a supports b`` comes to under this profile."""
        return _SENTENCES[self]


_SENTENCES = {
    Profile.REASON: "A support counts in favour: losing it refutes nothing, unless the claim needs "
    "backing and no other support stands.",
    Profile.EVIDENTIAL: "Every claim but evidence needs backing: it stands only if a chain of "
    "support that stands leads to it from evidence.",
    Profile.NECESSARY: "A claim stands only if every step that supports it holds.",
    Profile.DEDUCTIVE: "Whoever accepts the supporting claim must accept the supported one: if the "
    "conclusion falls, so does the premise.",
}
