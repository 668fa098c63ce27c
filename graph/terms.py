"""The IRIs of the vocabulary, and the paragraph that explains it.

Two families of relation join claims. *Dialectical* relations are moves that people make in a
debate: to support, to give evidence, to rebut, to undercut. They have authors, and they can be
attacked themselves. *Logical* relations hold between what the claims say, whoever says it: two
claims contradict each other, or one restates the other. A rebuttal tells us that someone opposes
a claim; a contradiction, that both claims cannot stand.

`ontology/dissensus.ttl` is the dictionary of these terms; a test holds the two together.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

NAMESPACE: Final = "https://w3id.org/dissensus#"
PREFIX: Final = "d"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
SCHEMA: Final = "http://schema.org/"
OA: Final = "http://www.w3.org/ns/oa#"

COMMON_PREFIXES: Final = {
    PREFIX: NAMESPACE,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "skos": SKOS,
    "prov": PROV,
    "schema": SCHEMA,
    "oa": OA,
}

TYPE: Final = RDF + "type"
FIRST: Final = RDF + "first"
REST: Final = RDF + "rest"
NIL: Final = RDF + "nil"
REIFIES: Final = RDF + "reifies"
LABEL: Final = RDFS + "label"
COMMENT: Final = RDFS + "comment"

DEBATE: Final = NAMESPACE + "Debate"
CLAIM: Final = NAMESPACE + "Claim"
EVIDENCE: Final = NAMESPACE + "Evidence"
RECOMMENDATION: Final = NAMESPACE + "Recommendation"
QUESTION: Final = NAMESPACE + "Question"
EXCLUSIVE_QUESTION: Final = NAMESPACE + "ExclusiveQuestion"
SPEAKER: Final = NAMESPACE + "Speaker"
DOCUMENT: Final = NAMESPACE + "Document"
QUOTE_CLASS: Final = NAMESPACE + "Quote"
TOPIC: Final = NAMESPACE + "Topic"
VALUE: Final = NAMESPACE + "Value"
AUDIENCE: Final = NAMESPACE + "Audience"
OPTION: Final = NAMESPACE + "Option"
CRITERION: Final = NAMESPACE + "Criterion"
STANCE: Final = NAMESPACE + "Stance"
LINK: Final = NAMESPACE + "Link"
SUPPORT: Final = NAMESPACE + "Support"
REBUTTAL: Final = NAMESPACE + "Rebuttal"
UNDERCUT: Final = NAMESPACE + "Undercut"
EVIDENCE_LINK: Final = NAMESPACE + "EvidenceLink"

CLASSES: Final = (
    DEBATE,
    CLAIM,
    EVIDENCE,
    RECOMMENDATION,
    QUESTION,
    EXCLUSIVE_QUESTION,
    SPEAKER,
    DOCUMENT,
    QUOTE_CLASS,
    TOPIC,
    VALUE,
    AUDIENCE,
    OPTION,
    CRITERION,
    STANCE,
    LINK,
    SUPPORT,
    REBUTTAL,
    UNDERCUT,
    EVIDENCE_LINK,
)

SUPERCLASSES: Final = {
    EVIDENCE: CLAIM,
    RECOMMENDATION: CLAIM,
    EXCLUSIVE_QUESTION: QUESTION,
    SUPPORT: LINK,
    REBUTTAL: LINK,
    UNDERCUT: LINK,
    EVIDENCE_LINK: LINK,
}

TEXT: Final = NAMESPACE + "text"
SUPPORTS: Final = NAMESPACE + "supports"
REBUTS: Final = NAMESPACE + "rebuts"
EVIDENCE_FOR: Final = NAMESPACE + "evidenceFor"
UNDERCUTS: Final = NAMESPACE + "undercuts"
RESTATES: Final = NAMESPACE + "restates"
CONTRADICTS: Final = NAMESPACE + "contradicts"
QUALIFIES: Final = NAMESPACE + "qualifies"
ACCEPTS: Final = NAMESPACE + "accepts"
REJECTS: Final = NAMESPACE + "rejects"
PREMISE: Final = NAMESPACE + "premise"
CONCLUSION: Final = NAMESPACE + "conclusion"
ASSERTED_BY: Final = NAMESPACE + "assertedBy"
REPORTED_BY: Final = NAMESPACE + "reportedBy"
ABOUT: Final = NAMESPACE + "about"
ANSWERS: Final = NAMESPACE + "answers"
PROMOTES: Final = NAMESPACE + "promotes"
RATES: Final = NAMESPACE + "rates"
BY: Final = NAMESPACE + "by"
QUOTE: Final = NAMESPACE + "quote"
EXACT: Final = NAMESPACE + "exact"
QUOTE_PREFIX: Final = NAMESPACE + "prefix"
QUOTE_SUFFIX: Final = NAMESPACE + "suffix"
SOURCE: Final = NAMESPACE + "source"
NEEDS_BACKING: Final = NAMESPACE + "needsBacking"
SCOPE: Final = NAMESPACE + "scope"
STRENGTH: Final = NAMESPACE + "strength"
CONFIDENCE: Final = NAMESPACE + "confidence"
SCHEME: Final = NAMESPACE + "scheme"
SAID_ON: Final = NAMESPACE + "saidOn"
IDENTIFIER: Final = NAMESPACE + "identifier"
BROADER: Final = NAMESPACE + "broader"
VALUE_ORDER: Final = NAMESPACE + "valueOrder"
TITLE: Final = NAMESPACE + "title"
AUTHOR: Final = NAMESPACE + "author"
URL: Final = NAMESPACE + "url"
DIGEST: Final = NAMESPACE + "digest"
FILE_NAME: Final = NAMESPACE + "fileName"

PROPERTIES: Final = (
    TEXT,
    SUPPORTS,
    REBUTS,
    EVIDENCE_FOR,
    UNDERCUTS,
    RESTATES,
    CONTRADICTS,
    QUALIFIES,
    ACCEPTS,
    REJECTS,
    PREMISE,
    CONCLUSION,
    ASSERTED_BY,
    REPORTED_BY,
    ABOUT,
    ANSWERS,
    PROMOTES,
    RATES,
    BY,
    QUOTE,
    EXACT,
    QUOTE_PREFIX,
    QUOTE_SUFFIX,
    SOURCE,
    NEEDS_BACKING,
    SCOPE,
    STRENGTH,
    CONFIDENCE,
    SCHEME,
    SAID_ON,
    IDENTIFIER,
    BROADER,
    VALUE_ORDER,
    TITLE,
    AUTHOR,
    URL,
    DIGEST,
    FILE_NAME,
)

DERIVED_GRAPH: Final = "urn:dissensus:derived"
"""The named graph that holds what reading added: superclasses, and the other spelling of a link."""

VERDICT_GRAPH: Final = "urn:dissensus:verdicts"
"""The named graph that holds computed verdicts, apart from what people asserted."""

FILE_GRAPH: Final = "urn:dissensus:file:"
"""Prefix of the named graph of a source file; the percent-encoded path follows."""

LINK_IRI: Final = "urn:dissensus:link:"
"""Prefix of the IRI of a link that the files give no name; a digest of its content follows."""


class ClaimKind(StrEnum):
    """What sort of claim: a plain claim, evidence, or a recommendation."""

    CLAIM = "claim"
    EVIDENCE = "evidence"
    RECOMMENDATION = "recommendation"


class LinkKind(IntEnum):
    """What a link does; the numbers are those of `Debate.link_kinds`."""

    SUPPORT = 0
    REBUTTAL = 1
    UNDERCUT = 2
    EVIDENCE = 3

    @property
    def word(self) -> str:
        """The kind as a lower-case word: support, rebuttal, undercut, evidence."""
        return self.name.lower()

    @property
    def verb(self) -> str:
        """The kind as a verb phrase: "supports", "rebuts", "undercuts", "is evidence for"."""
        return _VERBS[self]

    @property
    def attacks(self) -> bool:
        """Whether the link speaks against its conclusion."""
        return self in (LinkKind.REBUTTAL, LinkKind.UNDERCUT)


_VERBS: Final = {
    LinkKind.SUPPORT: "supports",
    LinkKind.REBUTTAL: "rebuts",
    LinkKind.UNDERCUT: "undercuts",
    LinkKind.EVIDENCE: "is evidence for",
}

LINK_CLASSES: Final = {
    SUPPORT: LinkKind.SUPPORT,
    REBUTTAL: LinkKind.REBUTTAL,
    UNDERCUT: LinkKind.UNDERCUT,
    EVIDENCE_LINK: LinkKind.EVIDENCE,
}

LINK_PROPERTIES: Final = {
    SUPPORTS: LinkKind.SUPPORT,
    REBUTS: LinkKind.REBUTTAL,
    UNDERCUTS: LinkKind.UNDERCUT,
    EVIDENCE_FOR: LinkKind.EVIDENCE,
}

CLAIM_CLASSES: Final = {
    CLAIM: ClaimKind.CLAIM,
    EVIDENCE: ClaimKind.EVIDENCE,
    RECOMMENDATION: ClaimKind.RECOMMENDATION,
}


def local_name(iri: str) -> str:
    """The part of an IRI after its last ``#``, ``/`` or ``:``, or the whole IRI if empty."""
    for mark in ("#", "/", ":"):
        _head, found, tail = iri.rpartition(mark)
        if found and tail:
            return tail
    return iri
