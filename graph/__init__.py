"""The library: what ``import dissensus`` offers, imported when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .analysis.agreements import Agreement as Agreement
    from .analysis.agreements import agreements as agreements
    from .analysis.disagreements import Disagreement as Disagreement
    from .analysis.disagreements import disagreements as disagreements
    from .debate import Debate as Debate
    from .errors import DissensusError as DissensusError
    from .errors import Finding as Finding
    from .errors import InputError as InputError
    from .model import Claim as Claim
    from .model import Link as Link
    from .model import Speaker as Speaker
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
    "agreements": "analysis.agreements",
    "disagreements": "analysis.disagreements",
    "read": "reading",
    "read_corpus": "reading",
}
"""Public name → the module of this package that defines it."""

__all__ = sorted(_HOMES)  # noqa: PLE0605 - one list of names, not two


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dissensus' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value
