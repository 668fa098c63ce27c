"""A starting file of claims from a document, for a person to edit.

Each sentence that asserts something becomes a claim with its words quoted, its line, and a guess
at who says it. By rules it is always the same (`candidates`, `attribution`); a language model
may be asked instead (`asking`). Either way every quote is looked up in the document first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .. import terms as t
from ..describing import describe_claim, describe_document, describe_speaker, describe_topic
from ..documents import document_text, read_bytes
from ..errors import UsageError
from ..model import Claim, Document, Speaker, Topic
from ..naming import claim_name
from ..printable import printable
from ..quoting import new_document
from ..writing import Names, description_turtle, prefix_turtle
from .candidates import byline
from .quoted import Sentence

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_NAMESPACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+[#/:]")
_FILE_NAME = re.compile(r"[^/\\:\x00-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file of claims that is to be edited: its Turtle, the claims in it, what was left out."""

    turtle: str
    claims: tuple[Claim, ...]
    notes: tuple[str, ...]


Progress = Callable[[int, int], None]
"""Told how many of how many parts are done."""


def draft(
    document: Path | str,
    *,
    namespace: str = "",
    language: str = "",
    model: str = "",
    progress: Progress | None = None,
) -> Draft:
    """The claims that a document may make, with its speakers, as a file that passes `check`.

    `namespace` is where the names go; without one the document gets its own. `language` is that
    of the document where it does not say; else it is taken for English. With `model`, the name or
    alias of a model of the package `llm`, that model is asked what is claimed and by whom; without
    one it is found by rules, and the same document always gives the same file.

    Raises:
        InputError: the document cannot be read.
        UsageError: the namespace or the language cannot be one.
        DissensusError: the model cannot be had, or gives no usable answer.
    """
    path = Path(document)
    if namespace and not _NAMESPACE.fullmatch(namespace):
        raise UsageError(f"{namespace!r} is no namespace: an IRI that ends in #, / or :")
    if language and not _LANGUAGE.fullmatch(language):
        raise UsageError(f"{language!r} is no language tag, such as en or pt-BR")
    text = document_text(read_bytes(path), str(path))
    node = new_document(path, namespace)
    if not _FILE_NAME.fullmatch(node.file_name):
        node = replace(node, file_name="")
    if model:
        from .asking import asked_sentences

        found, notes = asked_sentences(text, model, progress)
    else:
        from .finding import found_sentences

        found, notes = found_sentences(text)
    if not language:
        language = text.language if _LANGUAGE.fullmatch(text.language) else "en"
    return _Drafting(node, language, text.author or byline(text), path.name).draft(found, notes)


class _Drafting:
    """A file that is being drafted."""

    def __init__(self, document: Document, language: str, author: str, file: str) -> None:
        self._document = document
        self._language = language
        self._file = file
        self._namespace = document.iri.removesuffix(t.local_name(document.iri))
        self._taken = {t.local_name(document.iri)}
        self._author = author or f"Author of “{document.title}”"
        self._speakers: dict[str, Speaker] = {}
        self._topics: dict[str, Topic] = {}

    def draft(self, sentences: Sequence[Sentence], notes: Sequence[str]) -> Draft:
        self._topic(self._document.title)
        author = self._speaker(self._author)
        notes = list(notes)
        claims: list[Claim] = []
        blocks: list[str] = []
        names = Names({**t.COMMON_PREFIXES, "": self._namespace})
        said: set[tuple[str, str]] = set()
        for sentence in sentences:
            speaker = self._speaker(sentence.speaker or self._author)
            if (speaker.iri, sentence.text.casefold()) in said:
                notes.append(f"{sentence.place}: said before, left out: “{sentence.text}”")
                continue
            said.add((speaker.iri, sentence.text.casefold()))
            claim = Claim(
                iri=self._named(sentence.text),
                text=sentence.text,
                language=self._language,
                speakers=(speaker.iri,),
                reporters=() if speaker is author else (author.iri,),
                topics=(self._topic(sentence.heading or self._document.title).iri,),
                quotes=(replace(sentence.quote, document=self._document.iri),),
            )
            remark = f"; {printable(sentence.remark)}" if sentence.remark else ""
            turtle = description_turtle(describe_claim(claim), names)
            blocks.append(f"# {sentence.place}{remark}\n{turtle}")
            claims.append(claim)
        setting = [
            describe_document(replace(self._document, authors=(author.iri,))),
            *(describe_speaker(speaker) for speaker in self._speakers.values()),
            *(describe_topic(topic) for topic in self._topics.values()),
        ]
        blocks = [*(description_turtle(node, names) for node in setting), *blocks]
        known = {**t.COMMON_PREFIXES, "": self._namespace}
        head = prefix_turtle({prefix: known[prefix] for prefix in names.used})
        return Draft(
            "\n".join([self._remark(len(claims)), head, *blocks]), tuple(claims), tuple(notes)
        )

    def _remark(self, count: int) -> str:
        what = "claim" if count == 1 else "claims"
        return (
            f"# A draft from {printable(self._file)}: {count} {what}, to be edited.\n"
            "# Who says it is a guess, and a text is only the sentence quoted: put it in your own\n"
            "# words, delete what asserts nothing, and say what supports or rebuts what.\n"
        )

    def _named(self, text: str) -> str:
        name = claim_name(text, self._taken)
        self._taken.add(name)
        return self._namespace + name

    def _speaker(self, label: str) -> Speaker:
        if label not in self._speakers:
            self._speakers[label] = Speaker(self._named(label), label)
        return self._speakers[label]

    def _topic(self, label: str) -> Topic:
        if label not in self._topics:
            broader = tuple(topic.iri for topic in self._topics.values())[:1]
            self._topics[label] = Topic(self._named(label), label, broader)
        return self._topics[label]
