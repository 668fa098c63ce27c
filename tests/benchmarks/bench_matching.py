"""How well restatements and conflicts are found: ``bench_matching.py [--aif FOLDER] [--many N]``.

The claims are stripped of what joins them. For each claim of a joined pair the others are ranked,
and recall@k is the share of cases in which the partner is among the first k. `FOLDER` holds AIF
files (AIFdb's JSON): rephrases (MA nodes) and conflicts (CA nodes) between propositions, ranked
among the propositions of all files. Beside the score of `match` stand its parts, and rapidfuzz
alone as the alternative. With ``--many``, N claims are made up and matched, in CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.matching import THRESHOLD, Relation, match
from dissensus.graph.model import Claim

ROOT = Path(__file__).resolve().parents[2]
Pairs = list[tuple[int, int]]
KS = (1, 3, 10)


def bare(texts: Sequence[str]) -> Debate:
    """Claims with these texts, and nothing that joins them; names are in their order."""
    return Debate([Claim(f"urn:x:{number:07}", text) for number, text in enumerate(texts)])


def aif(folder: Path) -> tuple[list[str], Pairs, Pairs]:
    """The propositions, and the pairs that are rephrases and conflicts."""
    texts: list[str] = []
    pairs: dict[str, Pairs] = {"MA": [], "CA": []}
    for path in sorted(folder.rglob("*.json")):
        graph = json.loads(path.read_text(encoding="utf-8"))
        kinds = {node["nodeID"]: node["type"] for node in graph["nodes"]}
        numbers = {}
        for node in graph["nodes"]:
            if node["type"] == "I":
                numbers[node["nodeID"]] = len(texts)
                texts.append(node["text"])
        for scheme, kind in kinds.items():
            ends = [
                [numbers[e[far]] for e in graph["edges"] if e[near] == scheme and e[far] in numbers]
                for near, far in (("toID", "fromID"), ("fromID", "toID"))
            ]
            if kind in pairs:
                pairs[kind] += [(a, b) for a in ends[0] for b in ends[1]]
    return texts, pairs["MA"], pairs["CA"]


def report(title: str, texts: Sequence[str], sets: dict[str, Pairs], model: str) -> None:
    print(f"\n{title}: {len(texts)} claims")
    debate = bare(texts)
    found = match(debate, threshold=0, embeddings=model)
    numbers = debate.claim_numbers
    scored = [((numbers[s.first.iri], numbers[s.second.iri]), s) for s in found]
    measures = {
        "score": {pair: s.score for pair, s in scored},
        "words": {pair: s.words for pair, s in scored},
        "letters": {pair: s.letters for pair, s in scored},
        "order": {pair: s.order for pair, s in scored},
    }
    if model:
        measures["meaning"] = {pair: s.meaning or 0.0 for pair, s in scored}
    ratios = process.cdist(texts, texts, scorer=fuzz.ratio)
    measures["rapidfuzz ratio"] = {pair: float(ratios[pair]) for pair, _s in scored}
    for kind, pairs in sets.items():
        for name, measure in measures.items():
            ranks = [rank(measure, len(texts), a, b) for p in pairs for a, b in (p, p[::-1])]
            shares = [f"{sum(r <= k for r in ranks) / len(ranks):.2f}" for k in KS]
            print(f"{kind:14} {name:16} recall@{KS}: {' '.join(shares)}")
    relation = dict(scored)
    for kind, pairs in sets.items():
        above = [relation[p] for p in map(ordered, pairs) if relation[p].score >= THRESHOLD]
        opposed = sum(s.relation is Relation.CONTRADICTS for s in above)
        print(f"{kind:14} {len(above)} of {len(pairs)} reach {THRESHOLD}; “contradicts”: {opposed}")


def rank(measure: dict[tuple[int, int], float], count: int, claim: int, partner: int) -> int:
    wanted = measure[ordered((claim, partner))]
    others = (n for n in range(count) if n not in (claim, partner))
    return 1 + sum(measure[ordered((claim, other))] > wanted for other in others)


def ordered(pair: tuple[int, int]) -> tuple[int, int]:
    return (min(pair), max(pair))


def made_up(count: int) -> list[str]:
    """Claims of 12 words from 20,000, every tenth a rewording of one before it."""
    rng = random.Random(count)
    words = ["".join(rng.choices("abcdefghijklmnop", k=rng.randint(3, 9))) for _ in range(20_000)]
    texts: list[str] = []
    for number in range(count):
        if number % 10 == 9:
            said = texts[rng.randrange(number)].split()
            said[rng.randrange(len(said))] = rng.choice(words)
        else:
            said = [words[int(len(words) * rng.random() ** 3)] for _ in range(12)]
        texts.append(" ".join(said))
    return texts


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--aif", type=Path)
    parser.add_argument("--many", type=int)
    parser.add_argument("--embeddings", default="")
    given = parser.parse_args()
    shipped = dissensus.read(ROOT / "claims")
    joined = {"restatements": list(shipped.restatements)}
    report("the shipped debate", shipped.claim_texts, joined, given.embeddings)
    if given.aif:
        texts, rephrases, conflicts = aif(given.aif)
        report("AIF", texts, {"rephrases": rephrases, "conflicts": conflicts}, given.embeddings)
    if given.many:
        debate = bare(made_up(given.many))
        begin = time.process_time()
        found = match(debate)
        print(f"\n{given.many} claims: {len(found)} pairs, {time.process_time() - begin:.1f} CPU s")
        twins = sum(pair.score > 0.7 for pair in found)
        print(f"of {given.many // 10} rewordings {twins} pairs score above 0.7")


if __name__ == "__main__":
    sys.exit(main())
