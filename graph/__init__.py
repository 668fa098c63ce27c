"""The library: what ``import dissensus`` offers, imported when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .adding import add_claim as add_claim
    from .analysis.agreements import Agreement as Agreement
    from .analysis.agreements import agreements as agreements
    from .analysis.comparison import compare as compare
    from .analysis.disagreements import Disagreement as Disagreement
    from .analysis.disagreements import disagreements as disagreements
    from .analysis.evidence import evidence as evidence
    from .analysis.gaps import gaps as gaps
    from .analysis.stances import question_stances as question_stances
    from .analysis.stances import topic_stances as topic_stances
    from .checking import check as check
    from .conversion import to_networkx as to_networkx
    from .conversion import to_rdflib as to_rdflib
    from .debate import Debate as Debate
    from .drafting import Draft as Draft
    from .drafting import draft as draft
    from .errors import DissensusError as DissensusError
    from .errors import Finding as Finding
    from .errors import InputError as InputError
    from .exchange.exporting import Export as Export
    from .exchange.exporting import export_debate as export_debate
    from .exchange.exporting import write_export as write_export
    from .exchange.importing import Import as Import
    from .exchange.importing import import_debate as import_debate
    from .formatting.files import format_turtle as format_turtle
    from .maps import draw as draw
    from .maps import draw_svg as draw_svg
    from .maps import write_map as write_map
    from .maps import write_pages as write_pages
    from .matching import Suggestion as Suggestion
    from .matching import match as match
    from .model import Claim as Claim
    from .model import Link as Link
    from .model import Speaker as Speaker
    from .notebook import show as show
    from .querying.running import query as query
    from .quoting import quote as quote
    from .reading import read as read
    from .reading import read_corpus as read_corpus
    from .semantics.audiences import audience_verdicts as audience_verdicts
    from .semantics.cruxes import cruxes as cruxes
    from .semantics.explaining import explain as explain
    from .semantics.iccma import solve as solve
    from .semantics.influences import influences as influences
    from .semantics.verdicts import verdicts as verdicts
    from .semantics.what_if import what_if as what_if
    from .server import serve as serve
    from .versions.comparing import diff as diff
    from .versions.revisions import read_versions as read_versions

_HOMES = {
    "Agreement": "analysis.agreements",
    "Claim": "model",
    "Debate": "debate",
    "Disagreement": "analysis.disagreements",
    "DissensusError": "errors",
    "Draft": "drafting",
    "Export": "exchange.exporting",
    "Finding": "errors",
    "Import": "exchange.importing",
    "InputError": "errors",
    "Link": "model",
    "Speaker": "model",
    "Suggestion": "matching",
    "add_claim": "adding",
    "agreements": "analysis.agreements",
    "audience_verdicts": "semantics.audiences",
    "check": "checking",
    "compare": "analysis.comparison",
    "cruxes": "semantics.cruxes",
    "diff": "versions.comparing",
    "disagreements": "analysis.disagreements",
    "draft": "drafting",
    "draw": "maps",
    "draw_svg": "maps",
    "evidence": "analysis.evidence",
    "explain": "semantics.explaining",
    "export_debate": "exchange.exporting",
    "format_turtle": "formatting.files",
    "gaps": "analysis.gaps",
    "import_debate": "exchange.importing",
    "influences": "semantics.influences",
    "match": "matching",
    "query": "querying.running",
    "question_stances": "analysis.stances",
    "quote": "quoting",
    "read": "reading",
    "read_corpus": "reading",
    "read_versions": "versions.revisions",
    "serve": "server",
    "show": "notebook",
    "solve": "semantics.iccma",
    "to_networkx": "conversion",
    "to_rdflib": "conversion",
    "topic_stances": "analysis.stances",
    "verdicts": "semantics.verdicts",
    "what_if": "semantics.what_if",
    "write_export": "exchange.exporting",
    "write_map": "maps",
    "write_pages": "maps",
}
"""Public name → the module of this package that defines it."""

__all__ = sorted(_HOMES)  # noqa: PLE0605 - one list of names, not two


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dissensus' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value
