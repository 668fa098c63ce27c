"""Nanopublications: each claim as a publication of its own, in TriG.

A nanopublication is four graphs: the assertion (what the claim says and is to others), its
provenance (who asserted it, from which document), information about the publication, and a head
that joins them. What claims refer to, and links that are nodes, stand in the default graph.
Source: https://nanopub.net/guidelines/working_draft/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .. import terms as t
from ..debate import Debate
from ..describing import Description, describe
from ..model import Claim
from ..writing import Names, description_turtle, prefix_turtle
from .exporting import Export

NANOPUB: Final = "http://www.nanopub.org/nschema#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_INDENT: Final = "    "


def write(debate: Debate) -> Export:
    """The debate as nanopublications; reading the TriG gives the same debate.

    No time of creation is given: the same debate gives the same bytes.
    """
    prefixes = {**t.COMMON_PREFIXES, **debate.prefixes, "np": NANOPUB, "dcterms": _DCTERMS}
    names = Names(prefixes)
    claims = debate.claim_numbers
    setting: list[str] = []
    publications: list[str] = []
    for description in describe(debate):
        iri = description.node.value if description.node else ""
        if iri in claims:
            claim = debate.claim_at(claims[iri])
            publications += _publication(claim, description, names, debate)
        else:
            setting.append(description_turtle(description, names))
    head = prefix_turtle({prefix: prefixes[prefix] for prefix in names.used})
    return Export({"": "\n".join([head, *setting, *publications]).encode()})


def _publication(
    claim: Claim, description: Description, names: Names, debate: Debate
) -> Iterator[str]:
    base = claim.iri + ("." if "#" in claim.iri else "#")
    this, head, assertion, provenance, information = (
        names(base + part) for part in ("nanopub", "head", "assertion", "provenance", "pubinfo")
    )
    yield _graph(
        head,
        f"{this} a {names(NANOPUB + 'Nanopublication')} ;\n"
        f"    {names(NANOPUB + 'hasAssertion')} {assertion} ;\n"
        f"    {names(NANOPUB + 'hasProvenance')} {provenance} ;\n"
        f"    {names(NANOPUB + 'hasPublicationInfo')} {information} .\n",
    )
    yield _graph(assertion, description_turtle(description, names))
    yield _graph(provenance, _provenance(claim, assertion, names))
    about = names(debate.prefixes.get("", base).rstrip("#/"))
    yield _graph(information, f"{this} {names(_DCTERMS + 'isPartOf')} {about} .\n")


def _provenance(claim: Claim, assertion: str, names: Names) -> str:
    """Who said it and in which document; where nobody and nothing is named, the claim itself."""
    documents = sorted({quote.document for quote in claim.quotes if quote.document})
    said = [("wasAttributedTo", iri) for iri in (*claim.speakers, *claim.reporters)]
    said += [("hadPrimarySource", iri) for iri in documents]
    said = said or [("wasDerivedFrom", claim.iri)]
    lines = dict.fromkeys(f"{names(t.PROV + term)} {names(iri)}" for term, iri in said)
    return f"{assertion} " + " ;\n    ".join(lines) + " .\n"


def _graph(name: str, turtle: str) -> str:
    inner = "".join(f"{_INDENT}{line}\n" for line in turtle.splitlines())
    return f"{name} {{\n{inner}}}\n"
