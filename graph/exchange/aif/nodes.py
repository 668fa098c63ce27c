"""A node set: the nodes and edges of AIF, whatever notation they are written in."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

INFORMATION: Final = "I"
LOCUTION: Final = "L"
INFERENCE: Final = "RA"
CONFLICT: Final = "CA"
REPHRASE: Final = "MA"
PREFERENCE: Final = "PA"
ILLOCUTION: Final = "YA"
TRANSITION: Final = "TA"

SCHEME_NODES: Final = (INFERENCE, CONFLICT, REPHRASE, PREFERENCE, ILLOCUTION, TRANSITION)
KINDS: Final = (INFORMATION, LOCUTION, *SCHEME_NODES)

DEFAULT_SCHEMES: Final = {
    INFERENCE: "Default Inference",
    CONFLICT: "Default Conflict",
    REPHRASE: "Default Rephrase",
    PREFERENCE: "Default Preference",
    ILLOCUTION: "Default Illocuting",
    TRANSITION: "Default Transition",
}
"""The scheme of a node of which nothing more is known."""

LOGICAL_CONFLICT: Final = "Logical Conflict"
"""The scheme of the conflicts that two claims have with each other because of what they say."""

_NAMES: Final = {
    "information": INFORMATION, "proposition": INFORMATION, "claim": INFORMATION,
    "locution": LOCUTION, "inference": INFERENCE, "support": INFERENCE,
    "ruleapplication": INFERENCE, "conflict": CONFLICT, "attack": CONFLICT,
    "rephrase": REPHRASE, "restatement": REPHRASE, "preference": PREFERENCE,
    "illocution": ILLOCUTION, "illocutionaryforce": ILLOCUTION, "illocutionaryact": ILLOCUTION,
    "transition": TRANSITION, **{kind.lower(): kind for kind in KINDS},
}  # fmt: skip
_SAYS_NOTHING: Final = {
    "", "applicationnode", "schemenode", "default", "unspecified", "none", "null",
    *(name for name in _NAMES), *(folded for folded in map(str.lower, KINDS)),
}  # fmt: skip


class Node(NamedTuple):
    """A node; `scheme` is empty for one of no particular scheme."""

    id: str
    kind: str
    text: str = ""
    scheme: str = ""
    language: str = ""


class Saying(NamedTuple):
    """Whose a node is, when it was said and in which document; what is unknown is empty.

    `number` is that of a person whose name may not be known.
    """

    speaker: str = ""
    said_on: str = ""
    document: str = ""
    number: str = ""

    @property
    def person(self) -> str:
        """The name of the speaker, or a makeshift for it."""
        return self.speaker or (f"person {self.number}" if self.number else "")


@dataclass(slots=True)
class NodeSet:
    """Nodes by their id, edges as pairs of ids in order, and who said what.

    `iris` has the IRIs of nodes that have one; `line_of` tells in which line of its file a node
    stands, 0 if that is not known.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str], None] = field(default_factory=dict)
    sayings: dict[str, list[Saying]] = field(default_factory=dict)
    iris: dict[str, str] = field(default_factory=dict)
    line_of: Callable[[str], int] = field(default=lambda _: 0)

    def add(self, node: Node, sources: Iterable[str] = (), targets: Iterable[str] = ()) -> str:
        """Add a node with its edges; returns its id."""
        self.nodes[node.id] = node
        self.edges.update(((source, node.id), None) for source in sources)
        self.edges.update(((node.id, target), None) for target in targets)
        return node.id


@lru_cache(maxsize=4096)
def kind_of(name: str) -> str | None:
    """The kind of node that a file calls by this name (``RA``, ``ra``, ``RA-node``, Inference).

    >>> kind_of("Inference"), kind_of("i-node"), kind_of("EN")
    ('RA', 'I', None)
    """
    return name if name in KINDS else _NAMES.get(folded(name).removesuffix("node"))


@lru_cache(maxsize=4096)
def scheme_of(kind: str, *names: str) -> str:
    """The scheme of a node by what it is called, spelt out; empty if it is of no particular one.

    Of several spellings of one name the last is taken.

    >>> scheme_of("RA", "ArgumentFromAuthority", "Argument From Authority"), scheme_of("CA", "CA")
    ('Argument From Authority', '')
    """
    scheme = ""
    for name in map(decoded, names):
        telling = folded(name)
        default = DEFAULT_SCHEMES.get(kind, "").replace(" ", "").lower()
        if telling in _SAYS_NOTHING or telling.removesuffix("rule") == default:
            continue
        if not scheme or telling == folded(scheme):
            scheme = name
    return scheme if " " in scheme else re.sub("(?<=[a-z])_?(?=[A-Z])|_", " ", scheme).strip()


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """The letters and digits of a name, in lower case."""
    return "".join(character for character in name.lower() if character.isalnum())


def decoded(text: str) -> str:
    """A text of a node as it was meant: AIFdb holds many with HTML entities."""
    return (html.unescape(text) if "&" in text else text).strip()


def encoded(text: str) -> str:
    """A text such that `decoded` gives it back."""
    return text if html.unescape(text) == text else text.replace("&", "&amp;")
