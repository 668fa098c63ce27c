"""Debates of any size, made up but shaped like real ones; the same seed gives the same bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

WORDS = [
    "chips",
    "demand",
    "cloud",
    "models",
    "edge",
    "labs",
    "exports",
    "power",
    "training",
    "cost",
    "risk",
    "memory",
    "supply",
    "growth",
    "latency",
    "adoption",
    "robots",
    "phones",
    "data",
    "centres",
    "policy",
    "trade",
    "capital",
    "energy",
    "scale",
    "research",
]
PROLOGUE = """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/generated#> .

"""


def debate_turtle(claims: int, seed: int = 0, *, kinship: float = 0.0) -> Iterator[str]:
    """The Turtle of a debate of `claims` claims, statement by statement.

    `kinship` is the chance that a claim replies to one of its own topic. About two links a claim:
    replies attach to earlier claims, the much-answered more often; one in ten rebuttals is mutual,
    one in twenty supports is undercut, one in twenty has joint premises.
    """
    chance = random.Random(seed)
    speakers, topics, questions = 20, max(1, claims // 50), max(1, claims // 40)
    yield PROLOGUE
    yield from (f':s{n} a d:Speaker ; rdfs:label "Speaker {n}" .\n' for n in range(speakers))
    yield from (f':t{n} a d:Topic ; rdfs:label "topic {n}" .\n' for n in range(topics))
    for n in range(questions):
        kind = "ExclusiveQuestion" if n % 2 else "Question"
        yield f':q{n} a d:{kind} ; rdfs:label "Question {n}?" .\n'
    popular = [0]
    kin = random.Random(seed)
    popular_in: dict[str, list[int]] = {}
    for n in range(claims):
        kind = "Evidence" if chance.random() < 0.15 else "Claim"
        text = " ".join(chance.choices(WORDS, k=12))
        lines = [
            f":c{n} a d:{kind}",
            f'd:text "{text} ({n})."@en',
            f"d:assertedBy :s{chance.randrange(speakers)}",
            f"d:about :t{chance.randrange(topics)}",
        ]
        among = popular_in.setdefault(lines[3], []) if kinship else []
        if n < 2 * questions:
            lines.append(f"d:answers :q{n % questions}")
        extra = []
        for _ in range(2 if n > 2 else min(n, 1)):
            target = chance.choice(popular)
            if among and kin.random() < kinship:
                target = kin.choice(among)
            if target == n:
                continue
            popular.append(target)
            among.append(target)
            draw = chance.random()
            if draw < 0.55:
                extra += _support(chance, n, target, lines)
            elif draw < 0.65:
                lines.append(f"d:evidenceFor :c{target}")
            else:
                lines.append(f"d:rebuts :c{target}")
                if chance.random() < 0.1:
                    extra.append(f":c{target} d:rebuts :c{n} .\n")
        popular.append(n)
        among.append(n)
        yield " ;\n    ".join(lines) + " .\n"
        yield from extra


def _support(chance: random.Random, n: int, target: int, lines: list[str]) -> list[str]:
    draw = chance.random()
    if draw < 0.9 or n < 3:
        lines.append(f"d:supports :c{target}")
        return []
    other = chance.randrange(n)
    step = f":l{n}x{target}"
    premises = f":c{n}" if draw < 0.95 or other in (n, target) else f":c{n}, :c{other}"
    said = [f"{step} a d:Support ; d:premise {premises} ; d:conclusion :c{target} .\n"]
    if draw < 0.95:
        said.append(f":c{other} d:undercuts {step} .\n")
    return said


def write_debate(path: Path, claims: int, seed: int = 0, *, kinship: float = 0.0) -> Path:
    """Write the Turtle of a generated debate to `path`; see `debate_turtle`."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(debate_turtle(claims, seed, kinship=kinship))
    return path
