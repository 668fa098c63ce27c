"""The vocabulary of verdicts, and which queries speak of it.

It is apart from what works verdicts out, so that to ask the question costs nothing.
"""

from __future__ import annotations

import re

NAMESPACE = "https://w3id.org/dissensus/verdict#"
PREFIX = "v"

_SPEAKS = re.compile(rf"(?<![\w.-]){PREFIX}:[A-Za-z]|{re.escape(NAMESPACE)}")


def speaks_of_verdicts(query: str) -> bool:
    """Whether a query names a term of verdicts, so that it needs `publishing.add_verdicts`."""
    return bool(_SPEAKS.search(query))


def speaks_of_cruxes(query: str) -> bool:
    """Whether a query names terms of verdicts, and has the word “crux”, under whatever prefix."""
    return speaks_of_verdicts(query) and "crux" in query
