"""A new claim: named, put into the right file, checked with all the rest, and only then written.

What is added is lines at the end of a Turtle file, and perhaps a prefix beside its other prefixes.
Every byte that was there before stays as it was.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import NamedNode, RdfFormat, parse

from . import terms as t
from .assembling import assemble
from .checking import check_corpus
from .corpus import Corpus
from .debate import Debate
from .describing import (
    Description,
    Relations,
    describe_claim,
    describe_document,
    describe_link,
    describe_question,
    describe_speaker,
    describe_topic,
    is_plain,
)
from .errors import Finding, InputError, Severity, UnknownNameError, UsageError
from .model import Claim, Document, Link, Question, Quote, Speaker, Topic
from .naming import DEBATES, Naming, claim_name, link_number
from .reading import read_corpus, source_file
from .writing import Names, description_turtle, prefix_turtle, write_bytes

Entity: TypeAlias = Speaker | Document | Question | Topic
"""What can be made beside a new claim."""

NEW_FILE = "claims.ttl"
"""The file that is begun in a folder without Turtle files."""

_MARK = b"\xef\xbb\xbf"
_DIRECTIVE = re.compile(
    r"(@)?(?:prefix\s+[^\s:]*:|base)\s*<[^<>]*>(?(1)\s*\.)\s*(?:#.*)?", re.IGNORECASE
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)")
_BLANK_END = re.compile(r"(?:\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)\Z")


@dataclass(frozen=True, slots=True)
class Addition:
    """A claim that can be added: named and checked, not yet written.

    `text` is the new lines, ended by line feeds; `warnings` are the findings about them;
    `before` and `after` are the bytes of the file.
    """

    iri: str
    path: Path
    text: str
    warnings: tuple[Finding, ...]
    before: bytes
    after: bytes

    def write(self) -> Path:
        """Write the file and return its path.

        Raises:
            DissensusError: the file cannot be written, or has changed since it was read.
        """
        write_bytes(self.path, self.after, replacing=self.before)
        return self.path


def add_claim(
    claim: Claim,
    relations: Relations | None = None,
    *,
    paths: Sequence[Path | str],
    file: Path | str | None = None,
    new: Sequence[Entity] = (),
) -> Path:
    """The file to which the claim was added: `prepare_claim`, then `Addition.write`."""
    return prepare_claim(claim, relations, paths=paths, file=file, new=new).write()


def prepare_claim(
    claim: Claim,
    relations: Relations | None = None,
    *,
    paths: Sequence[Path | str],
    file: Path | str | None = None,
    new: Sequence[Entity] = (),
) -> Addition:
    """The claim as it would be added to the debate in `paths`; nothing is written yet.

    References in `claim` and `relations` are names as a person writes them: IRIs, prefixed names,
    unique endings, or labels. A link to undercut may also be given by its ends
    (``cheap-chips -> losing-position``); if nothing but a triple states it, a node is made for it.
    Without a name (`Claim.iri`), the claim is named after its text. `new` are speakers, documents,
    questions and topics to be made beside the claim; the claim may refer to them by their labels.

    The claim goes to `file`; else to the Turtle file that holds most claims of its speakers, else
    of its topics, else to the last; in a folder without Turtle, to a new file. New names are in
    the namespace of the file's empty prefix, else in the one that most of its claims have.

    Costs two readings and one check of `paths`.

    Raises:
        InputError: the debate with this claim has errors; they are placed in the would-be files.
        UnknownNameError: something that the claim refers to does not exist.
        UsageError: a name cannot be used, or there is no Turtle file to add to.
    """
    corpus = read_corpus(paths)
    if errors := [finding for finding in corpus.errors if finding.rule != "no-claims"]:
        raise InputError(errors)
    debate, _faults = assemble(corpus.store, corpus.prefixes)
    homes = _homes(corpus)
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    if file is None:
        path = _target(corpus, debate, homes, claim, folders)
    else:
        path = _given_target(corpus, folders, Path(file))
    before = path.read_bytes() if path.exists() else b""
    own = _prefixes(before)
    namespace = own.get("") or _commonest_namespace(debate, homes, path)
    naming = Naming(debate, own, namespace, _subjects(corpus))
    try:
        made = [_describe_entity(entity, naming) for entity in _introduced(new, naming)]
        made += _describe_all(claim, relations or Relations(), debate, naming)
    except ValueError as error:
        raise UsageError(f"the claim cannot be written: {error}") from error

    offered = _offered(own, {**corpus.prefixes, "": namespace})
    names = Names(offered)
    text = "\n".join(description_turtle(description, names) for description in made)
    head = prefix_turtle({prefix: offered[prefix] for prefix in names.used - own.keys()})
    after = _with_lines(before, head, text)
    findings = _checked(corpus, path, after)
    iris = [description.node.value for description in made if description.node]
    warnings = tuple(finding for finding in findings if finding.node in iris)
    return Addition(iris[-1], path, text, warnings, before, after)


# -- where it goes ------------------------------------------------------------------------------


def _homes(corpus: Corpus) -> dict[str, Path]:
    """The file in which each claim stands, by the IRI of the claim."""
    files = {file.graph: file.path for file in corpus.files}
    homes: dict[str, Path] = {}
    for cls in t.CLAIM_CLASSES:
        for quad in corpus.store.quads_for_pattern(None, NamedNode(t.TYPE), NamedNode(cls), None):
            claim, graph = quad.subject, quad.graph_name
            if not (isinstance(claim, NamedNode) and isinstance(graph, NamedNode)):
                continue
            if graph.value in files:  # not the derived graph
                homes[claim.value] = files[graph.value]
    return homes


def _target(
    corpus: Corpus,
    debate: Debate,
    homes: Mapping[str, Path],
    claim: Claim,
    folders: Sequence[Path],
) -> Path:
    turtle = [file.path for file in corpus.files if _is_turtle(file.path)]
    if not turtle:
        if not folders:
            raise UsageError("only Turtle files are added to, and there is none; name a new one")
        return folders[0] / NEW_FILE
    for rows, wanted in (
        (debate.claim_speakers, _known(debate.speaker_number, claim.speakers)),
        (debate.claim_topics, _known(debate.topic_number, claim.topics)),
    ):
        theirs = (debate.claim_iris[n] for n, row in enumerate(rows) if wanted.intersection(row))
        counts = Counter(homes[iri] for iri in theirs if homes.get(iri) in turtle)
        if counts:
            return min(counts, key=lambda path: (-counts[path], path))
    return turtle[-1]


def _known(number_of: Callable[[str], int], names: Iterable[str]) -> set[int]:
    """The numbers of those that exist; the others are to be made, or will be refused."""
    numbers = set()
    for name in names:
        with suppress(UnknownNameError):
            numbers.add(number_of(name))
    return numbers


def _given_target(corpus: Corpus, folders: Sequence[Path], given: Path) -> Path:
    if not _is_turtle(given):
        raise UsageError(f"only Turtle files are added to, and {given} is no *.ttl file")
    known = [file.path for file in corpus.files]
    for path in known:
        if path.resolve() == given.resolve():
            return path
    if not given.exists():
        if len(alike := [path for path in known if path.name == str(given)]) == 1:
            return alike[0]
        seen = any(given.resolve().is_relative_to(folder.resolve()) for folder in folders)
        if seen and not given.name.startswith("."):
            return given
    raise UsageError(f"{given} is not among the claims that are read")


def _is_turtle(path: Path) -> bool:
    return path.suffix.lower() == ".ttl"


def _subjects(corpus: Corpus) -> set[str]:
    """Every IRI of which a file says something."""
    return {quad.subject.value for quad in corpus.store if isinstance(quad.subject, NamedNode)}


# -- what is added ------------------------------------------------------------------------------


def _introduced(new: Iterable[Entity], naming: Naming) -> list[Entity]:
    """The new entities with their IRIs."""
    introduced: list[Entity] = []
    for entity in new:
        label = entity.title if isinstance(entity, Document) else entity.label
        kind = type(entity).__name__.lower()
        introduced.append(replace(entity, iri=naming.introduce(kind, entity.iri, label)))
    return introduced


def _describe_entity(entity: Entity, naming: Naming) -> Description:
    if isinstance(entity, Speaker):
        return describe_speaker(entity)
    if isinstance(entity, Document):
        authors = naming.resolve_all("speaker", entity.authors)
        return describe_document(replace(entity, authors=authors))
    topics = entity.topics if isinstance(entity, Question) else entity.broader
    found = naming.resolve_all("topic", topics)
    if isinstance(entity, Question):
        return describe_question(replace(entity, topics=found))
    return describe_topic(replace(entity, broader=found))


def _describe_all(
    claim: Claim, relations: Relations, debate: Debate, naming: Naming
) -> list[Description]:
    """The claim, after the links that need a node so that it can undercut them."""

    def claims(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(debate.claim_iris[debate.claim_number(name)] for name in names)

    resolved = replace(
        claim,
        iri=naming.new_iri(claim.iri, claim.text),
        speakers=naming.resolve_all("speaker", claim.speakers),
        reporters=naming.resolve_all("speaker", claim.reporters),
        topics=naming.resolve_all("topic", claim.topics),
        scopes=naming.resolve_all("topic", claim.scopes),
        questions=naming.resolve_all("question", claim.questions),
        values=naming.resolve_all("value", claim.values),
        options=naming.resolve_all("option", claim.options),
        criteria=naming.resolve_all("criterion", claim.criteria),
        quotes=tuple(_resolved_quote(quote, naming) for quote in claim.quotes),
    )
    steps = sorted({link_number(debate, name) for name in relations.undercuts})
    undercut = [_with_node(step, debate, naming) for step in steps]
    targets = Relations(
        supports=claims(relations.supports),
        evidence_for=claims(relations.evidence_for),
        rebuts=claims(relations.rebuts),
        undercuts=tuple(link.iri for link in undercut),
        restates=claims(relations.restates),
        contradicts=claims(relations.contradicts),
        qualifies=claims(relations.qualifies),
    )
    nodes = [link for link in undercut if link.iri not in debate.link_numbers]
    described = [describe_link(link, named=True) for link in nodes]
    return [*described, describe_claim(resolved, targets)]


def _resolved_quote(quote: Quote, naming: Naming) -> Quote:
    if not quote.document:
        return quote
    return replace(quote, document=naming.resolve("document", quote.document))


def _with_node(number: int, debate: Debate, naming: Naming) -> Link:
    """The link with this number, with a readable IRI if only a triple states it.

    If more is known of the link, or another ends on it already, it keeps the IRI that it has.
    """
    link = debate.link_at(number)
    if is_plain(link) and not debate.links_to[len(debate) + number]:
        return replace(link, iri=naming.new_link_iri(link))
    return link


# -- how the file changes ------------------------------------------------------------------------


def _prefixes(data: bytes) -> dict[str, str]:
    """The prefixes of a Turtle file, as they are at its end."""
    parser = parse(data.removeprefix(_MARK), RdfFormat.TURTLE)
    deque(parser, maxlen=0)
    return parser.prefixes


def _commonest_namespace(debate: Debate, homes: Mapping[str, Path], path: Path) -> str:
    """The namespace of most claims in this file, else in all files, else one for the folder."""
    here = [iri for iri, home in homes.items() if home == path]
    counts = Counter(iri.removesuffix(t.local_name(iri)) for iri in here or debate.claim_iris)
    if counts:
        return min(counts, key=lambda namespace: (-counts[namespace], namespace))
    folder = path.resolve().parent
    named = folder.parent if folder.name == "claims" else folder
    return debate.prefixes.get("") or f"{DEBATES}{claim_name(named.name)}#"


def _offered(own: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that may be used: the file's own, and others for what those don't cover."""
    known = set(own.values())
    return {p: space for p, space in others.items() if space not in known} | dict(own)


def _with_lines(data: bytes, prefixes: str, lines: str) -> bytes:
    """The file with the prefixes beside its others and the lines, after a blank one, at its end."""
    mark = _MARK if data.startswith(_MARK) else b""
    text = data.removeprefix(mark).decode()
    ending = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    if text and not text.endswith(("\n", "\r")):
        text += ending
    place = _after_prefixes(text)
    if not place and prefixes:
        prefixes, lines = "", f"{prefixes}\n{lines}"
    whole = text[:place] + prefixes.replace("\n", ending) + text[place:]
    gap = ending if whole and not _BLANK_END.search(whole) else ""
    return mark + (whole + gap + lines.replace("\n", ending)).encode()


def _after_prefixes(text: str) -> int:
    """Where the last of the declarations stops that stand at the head of a file."""
    place = 0
    for line in _LINE.finditer(text):
        said = line[0].strip()
        if _DIRECTIVE.fullmatch(said):
            place = line.end()
        elif said and not said.startswith("#"):
            break
    return place


# -- the whole ----------------------------------------------------------------------------------


def _checked(corpus: Corpus, path: Path, data: bytes) -> tuple[Finding, ...]:
    """The findings of a check of all files with this one as it would be, if none is an error."""
    others = [file.path for file in corpus.files if file.path.resolve() != path.resolve()]
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, path.name)
        draft.write_bytes(data)
        changed = read_corpus([*others, draft], link_nodes=False)
        shown = {source_file(draft).name: source_file(path).name}
        changed.files = tuple(replace(f, name=shown.get(f.name, f.name)) for f in changed.files)
        changed.findings = tuple(
            replace(f, file=shown.get(f.file, f.file)) for f in changed.findings
        )
        findings = check_corpus(changed)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise InputError(errors)
    return findings
