"""The formats: what they are called, which files they live in, which module reads and writes them.

A module of a format that can be read has ``recognises(source) -> bool``, a quick look that tells
its files from others of the same ending, and ``read(source, part) -> None``; one that can be
written has ``write(debate) -> Export``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

from ..debate import nearest
from ..errors import UnknownNameError, UsageError
from .source import Source


@dataclass(frozen=True, slots=True)
class Format:
    """A file format of other tools; `endings` are those of its files, in lower case.

    What `reads` is false for is no import: either it is read like any file of claims, or it holds
    too little of a debate. Where a file with an ending of `same_as` and otherwise the same name is
    read too, a file of this format says the same once more, and is passed over. `named` tells that
    it is written only if it is asked for by name, whatever the ending of the file.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    module: str
    reads: bool = True
    writes: bool = False
    same_as: tuple[str, ...] = ()
    named: bool = False

    @property
    def home(self) -> Any:
        """The module that reads and writes it."""
        return _module(self.module)


@cache
def _module(name: str) -> Any:
    return import_module(f".{name}", __package__)


FORMATS: Final = (
    Format(
        "xaif", "xAIF (OVA3, argument mining)", (".json",), "aif.extended", writes=True, named=True
    ),
    Format("aif", "AIF JSON (AIFdb, OVA)", (".json",), "aif.database", writes=True),
    Format(
        "aif-rdf",
        "AIF in RDF (AIFdb; written as Turtle)",
        (".ttl", ".nt", ".rdf", ".owl", ".xml", ".jsonld", ".json"),
        "aif.rdf",
        writes=True,
        same_as=(".json",),
        named=True,
    ),
    Format("arggraph", "arggraph XML (arg-microtexts)", (".xml",), "arggraph"),
    Format("argdown", "Argdown", (".argdown", ".ad"), "argdown", writes=True),
    Format("argdown-markdown", "Markdown with blocks of Argdown", (".md",), "argdown.markdown"),
    Format("argdown-json", "Argdown's JSON export", (".json",), "argdown.json_export"),
    Format("brat", "brat annotation (argument annotated essays)", (".ann",), "brat"),
    Format("sadface", "SADFace JSON", (".json",), "sadface"),
    Format("kialo", "Kialo text export", (".txt",), "kialo"),
    Format("polis", "Polis comments and votes", (".csv",), "polis"),
    Format("table", "plain table, a row a claim", (".csv", ".tsv"), "table", writes=True),
    Format("csv", "folder of CSV tables", (), "csv_tables", False, True),
    Format("iccma", "ICCMA framework", (".af", ".apx", ".tgf"), "iccma", writes=True),
    Format("json-ld", "JSON-LD with our context", (".jsonld",), "json_ld", False, True),
    Format("nanopub", "nanopublications in TriG", (".trig",), "nanopublication", False, True),
    Format(
        "claimreview",
        "schema.org ClaimReview of contested claims",
        (".claimreview.json",),
        "claim_review",
        False,
        True,
    ),
    Format("graphml", "GraphML", (".graphml",), "graphml", False, True),
    Format("gexf", "GEXF", (".gexf",), "gexf", False, True),
    Format("dot", "DOT (Graphviz)", (".dot", ".gv"), "dot", False, True),
    Format("markdown", "Markdown outline", (".md",), "markdown_outline", False, True),
)
"""Every format; of those that share an ending, the one that is asked first comes first."""


def readable() -> tuple[Format, ...]:
    """The formats that can be imported."""
    return tuple(known for known in FORMATS if known.reads)


def writable() -> tuple[Format, ...]:
    """The formats to which a debate can be exported."""
    return tuple(known for known in FORMATS if known.writes)


def format_named(name: str, among: Iterable[Format]) -> Format:
    """The format of this name; raises `UnknownNameError` if there is none."""
    known = {each.name: each for each in among}
    if name not in known:
        raise UnknownNameError("format", name, nearest(name, known) or sorted(known))
    return known[name]


def format_of(source: Source) -> Format | None:
    """The format in which a file is written, by its ending and a look into it; None if unknown."""
    fitting = [known for known in readable() if source.path.suffix.lower() in known.endings]
    return next((known for known in fitting if known.home.recognises(source)), None)


def format_for(file_name: str) -> Format:
    """The format that the ending of a file to be written asks for, by the longest that fits.

    Raises:
        UsageError: no format, or more than one, has this ending.
    """
    found = {
        known: max((len(e) for e in known.endings if file_name.lower().endswith(e)), default=0)
        for known in writable()
        if not known.named
    }
    longest = max(found.values())
    fitting = [known for known, length in found.items() if length == longest > 0]
    if len(fitting) != 1:
        names = ", ".join(known.name for known in fitting or writable())
        raise UsageError(f"{file_name}: the ending does not tell the format; name one of {names}")
    return fitting[0]
