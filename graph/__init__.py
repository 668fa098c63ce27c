"""The library: what ``import dissensus`` offers, imported when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .adding import add_claim as add_claim
    from .analysis.agreements import Agreement as Agreement
    from .analysis.agreements import agreements as agreements
    from .analysis.disagreements import Disagreement as Disagreement
    from .analysis.disagreements import disagreements as disagreements
    from .checking import check as check
    from .conversion import to_networkx as to_networkx
    from .conversion import to_rdflib as to_rdflib
    from .debate import Debate as Debate
    from .errors import DissensusError as DissensusError
    from .errors import Finding as Finding
    from .errors import InputError as InputError
    from .maps import draw as draw
    from .maps import write_map as write_map
    from .model import Claim as Claim
    from .model import Link as Link
    from .model import Speaker as Speaker
    from .querying.running import query as query
    from .reading import read as read
    from .reading import read_corpus as read_corpus

_HOMES = {
    "Agreement": "analysis.agreements",
    "Claim": "model",
    "Debate": "debate",
    "Disagreement": "analysis.disagreements",
    "DissensusError": "errors",
    "Finding": "errors",
    "InputError": "errors",
    "Link": "model",
    "Speaker": "model",
    "add_claim": "adding",
    "agreements": "analysis.agreements",
    "check": "checking",
    "disagreements": "analysis.disagreements",
    "draw": "maps",
    "query": "querying.running",
    "read": "reading",
    "read_corpus": "reading",
    "to_networkx": "conversion",
    "to_rdflib": "conversion",
    "write_map": "maps",
}
"""Public name → the module of this package that defines it."""

__all__ = sorted(_HOMES)  # noqa: PLE0605 - one list of names, not two


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dissensus' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value
