"""Verdicts, what-ifs, views and published triples, on small debates and on the shipped one."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dissensus.graph.analysis.disagreements import disagreements
from dissensus.graph.analysis.settling import double_cruxes_of
from dissensus.graph.analysis.views import shared_ground, view_differences
from dissensus.graph.debate import Debate
from dissensus.graph.errors import UnknownNameError, UsageError
from dissensus.graph.model import Audience, Claim, Document, Label, Link, Question, Speaker
from dissensus.graph.querying.verdict_terms import speaks_of_verdicts
from dissensus.graph.reading import read, read_corpus
from dissensus.graph.reports.tables import Table
from dissensus.graph.semantics.bipolar import BipolarFramework
from dissensus.graph.semantics.cruxes import double_cruxes
from dissensus.graph.semantics.flattening import flatten
from dissensus.graph.semantics.framework import Semantics
from dissensus.graph.semantics.gradual import GradualSemantics, strengths
from dissensus.graph.semantics.grounded import grounded_labelling
from dissensus.graph.semantics.profiles import Profile
from dissensus.graph.semantics.publishing import add_verdicts
from dissensus.graph.semantics.verdicts import Status, extensions_of, verdicts
from dissensus.graph.semantics.weighing import claim_strengths
from dissensus.graph.semantics.what_if import what_if
from dissensus.graph.terms import LinkKind


def debate(claims: str, *links: str, **more) -> Debate:
    """``a-b`` rebuts, ``a+b`` supports; claims are single letters."""
    kinds = {"-": LinkKind.REBUTTAL, "+": LinkKind.SUPPORT}
    return Debate(
        [Claim(n, n, speakers=(f"s{n}",)) for n in claims],
        [Link(kinds[k[1]], (k[0],), k[2], iri=k) for k in links],
        **more,
    )


def statuses(debate: Debate, semantics: Semantics, **more) -> dict[str, str]:
    found = verdicts(debate, semantics, **more)
    return {debate.claim_iris[v.claim]: v.status.value for v in found.verdicts}


def test_preferred_decides_what_every_extension_agrees_on() -> None:
    """a and b attack each other and both attack c, which attacks d: floating reinstatement."""
    floating = debate("abcd", "a-b", "b-a", "a-c", "b-c", "c-d")
    assert set(statuses(floating, Semantics.GROUNDED).values()) == {"undecided"}
    found = statuses(floating, Semantics.PREFERRED)
    assert found == {"a": "undecided", "b": "undecided", "c": "out", "d": "in"}
    by_claim = {v.claim: v for v in verdicts(floating, Semantics.PREFERRED).verdicts}
    assert (by_claim[0].credulous, by_claim[0].sceptical) == (True, False)


def test_an_odd_circle_has_no_stable_extension() -> None:
    odd = debate("abc", "a-b", "b-c", "c-a")
    assert set(statuses(odd, Semantics.STABLE).values()) == {"undecided"}
    assert extensions_of(odd, Semantics.STABLE)[0] == 0


def test_extensions_are_counted_without_being_listed() -> None:
    pairs = [f"{a}-{b}" for a, b in ("ab", "cd", "ef") for a, b in ((a, b), (b, a))]
    count, components = extensions_of(debate("abcdef", *pairs), Semantics.PREFERRED)
    assert count == 8
    assert sorted(len(alternatives) for alternatives in components) == [1, 2, 2, 2]


DEBATES = st.builds(
    lambda links: debate("abcdef", *links),
    st.lists(
        st.sampled_from([f"{a}{s}{b}" for a in "abcdef" for b in "abcdef" for s in "-+" if a != b]),
        max_size=9,
        unique=True,
    ),
)


@given(DEBATES)
def test_the_general_way_agrees_with_the_grounded_labelling(made: Debate) -> None:
    """Law: what is in or out under grounded is so under complete and preferred semantics."""
    grounded = statuses(made, Semantics.GROUNDED)
    assert statuses(made, Semantics.COMPLETE) == grounded
    for semantics in (Semantics.PREFERRED, Semantics.IDEAL, Semantics.SEMI_STABLE):
        found = statuses(made, semantics)
        assert all(found[c] == s for c, s in grounded.items() if s != "undecided"), semantics


@given(DEBATES)
def test_negations_are_in_exactly_when_claims_are_out(made: Debate) -> None:
    flat = flatten(made, negate_all=True)
    labels = grounded_labelling(flat.framework)
    assert all(labels[flat.negations[node]] == -labels[node] for node in flat.claim_nodes)


def test_a_verdict_for_an_audience() -> None:
    made = Debate(
        [Claim("a", "a", values=("speed",)), Claim("b", "b", values=("safety",))],
        [Link(LinkKind.REBUTTAL, ("a",), "b"), Link(LinkKind.REBUTTAL, ("b",), "a")],
        values=[Label("speed", "speed"), Label("safety", "safety")],
        audiences=[Audience("fast", "Drivers", ("speed", "safety"))],
    )
    assert statuses(made, Semantics.GROUNDED, audience="Drivers") == {"a": "in", "b": "out"}
    with pytest.raises(UnknownNameError, match="no audience named 'Walkers'"):
        verdicts(made, audience="Walkers")


def test_strengths_are_those_of_the_bipolar_framework() -> None:
    """T4 of the tables: two attackers of strength .8 and .6 on a claim of .7."""
    made = Debate(
        [
            Claim("a", "a", strength=0.7),
            Claim("b", "b", strength=0.8),
            Claim("c", "c", strength=0.6),
        ],
        [Link(LinkKind.REBUTTAL, ("b",), "a"), Link(LinkKind.REBUTTAL, ("c",), "a")],
    )
    for semantics, expected in (
        (GradualSemantics.DF_QUAD, 0.056),
        (GradualSemantics.QUADRATIC_ENERGY, 0.2365),
        (GradualSemantics.MLP, 0.3652),
    ):
        assert claim_strengths(made, semantics)[0][0] == pytest.approx(expected, abs=5e-5)


def test_a_stated_link_strength_weighs_the_edge() -> None:
    made = Debate(
        [Claim("a", "a"), Claim("b", "b")], [Link(LinkKind.SUPPORT, ("a",), "b", strength=0.4)]
    )
    plain = BipolarFramework([0.5, 0.5], [0], [1], [1], [0.4])
    assert claim_strengths(made)[0][1] == pytest.approx(strengths(plain).values[1])


def test_joint_premises_share_the_weight_of_their_link() -> None:
    joint = Debate(
        [Claim("a", "a", strength=0.8), Claim("b", "b", strength=0.2), Claim("c", "c")],
        [Link(LinkKind.SUPPORT, ("a", "b"), "c")],
    )
    single = Debate(
        [Claim("a", "a", strength=0.5), Claim("c", "c")], [Link(LinkKind.SUPPORT, ("a",), "c")]
    )
    assert claim_strengths(joint)[0][2] == pytest.approx(claim_strengths(single)[0][1])


def test_an_undercut_step_counts_for_less_and_rivals_weaken_each_other() -> None:
    step = Link(LinkKind.SUPPORT, ("a",), "b", iri="step")
    claims = [Claim(n, n) for n in "abu"]
    undercut = Debate(claims, [step, Link(LinkKind.UNDERCUT, ("u",), "step")])
    plain = Debate(claims, [step])
    assert claim_strengths(undercut)[0][1] < claim_strengths(plain)[0][1]
    assert claim_strengths(undercut)[0][0] == claim_strengths(plain)[0][0]
    rivals = [Claim("a", "a", questions=("q",)), Claim("b", "b", questions=("q",))]
    exclusive = Debate(rivals, questions=[Question("q", "?", exclusive=True)])
    assert claim_strengths(exclusive)[0][0] < 0.5


def test_the_h_categoriser_leaves_supports_out() -> None:
    made = debate("abc", "a+c", "b-c")
    assert claim_strengths(made, GradualSemantics.H_CATEGORISER)[0][2] == pytest.approx(0.5 / 1.5)


def test_what_if_tells_the_difference_and_leaves_out_what_was_changed() -> None:
    chain = debate("abc", "a-b", "b-c")
    found = what_if(chain, reject=["a"])
    assert [(s.claim, s.before.value, s.after.value) for s in found.shifts] == [
        (1, "out", "in"),
        (2, "in", "out"),
    ]
    assert [s.claim for s in what_if(chain, without=["sa"]).shifts] == [1, 2]
    with pytest.raises(UnknownNameError, match="no speaker or document named 'Zed'"):
        what_if(chain, without=["Zed"])


@pytest.mark.parametrize("profile", list(Profile))
def test_what_was_never_said_refutes_nothing_and_carries_nothing(profile: Profile) -> None:
    """b is withdrawn: neither its premise a nor its conclusion c falls with it."""
    chain = debate("abc", "a+b", "b+c")
    found = what_if(chain, without=["sb"], profile=profile)
    if profile is not Profile.EVIDENTIAL:
        assert not found.shifts
    assert found.changes.dropped == {0, 1}
    assert [(w.label, w.claims) for w in found.withdrawn] == [("sb", {1})]


def test_a_claim_that_somebody_else_restates_is_not_gone() -> None:
    made = Debate(
        [Claim(n, n, speakers=(f"s{n}",)) for n in "abx"],
        [Link(LinkKind.REBUTTAL, ("a",), "x", speakers=("sa",))],
        restatements=[("a", "b")],
    )
    found = what_if(made, without=["sa"])
    assert not found.changes.rejected
    assert [(s.claim, s.after.value) for s in found.shifts] == [(2, "in")]


def test_changes_that_make_no_sense_are_refused() -> None:
    made = Debate(
        [Claim("a", "a", speakers=("author",)), Claim("b", "b", speakers=("log",))],
        speakers=[Speaker("author", "Author of the log"), Speaker("log", "The log keeper")],
        documents=[Document("d", "A log of one year"), Document("log", "Another")],
    )
    with pytest.raises(UsageError, match="a cannot be both rejected and accepted"):
        what_if(made, reject=["a"], accept=["a"])
    fits_both = "fits the speaker “Author of the log” and the document “A log of one year”"
    with pytest.raises(UsageError, match=fits_both):
        what_if(made, without=["of"])
    assert [w.label for w in what_if(made, without=["author"]).withdrawn] == ["Author of the log"]
    assert [w.label for w in what_if(made, without=["another"]).withdrawn] == ["Another"]


def test_views_differ_and_the_frontier_is_where_the_rest_is_agreed() -> None:
    """ann asserts r, which rebuts p; bob asserts p, which rebuts t."""
    made = Debate(
        [Claim("r", "r", speakers=("ann",)), Claim("p", "p", speakers=("bob",)), Claim("t", "t")],
        [Link(LinkKind.REBUTTAL, ("r",), "p"), Link(LinkKind.REBUTTAL, ("p",), "t")],
        speakers=[Speaker("ann", "Ann"), Speaker("bob", "Bob")],
    )
    found = {made.claim_iris[d.claim]: d for d in view_differences(made, 0, 1)}
    assert set(found) == {"p", "t"}
    assert (found["p"].first, found["p"].second) == ("out", "in")
    assert found["p"].frontier
    assert not found["t"].frontier
    assert [made.claim_iris[c] for c in shared_ground(made)] == ["r"]


def test_that_one_would_turn_on_the_rival_answer_is_not_said(shipped: Debate) -> None:
    point = disagreements(shipped, between=("Baker", "Gin"))[0]
    gin, baker = (shipped.speaker_number(side.speakers[0].label) for side in point.sides)
    sides = {shipped.claim_numbers[claim.iri] for side in point.sides for claim in side.claims}
    disputed = shipped.claim_numbers[point.sides[0].claims[0].iri]
    assert {double.claim for double in double_cruxes(shipped, disputed, gin, baker)} & sides
    assert not {double.claim for double in double_cruxes_of(shipped, point)} & sides


def test_a_name_is_not_broken_over_two_lines() -> None:
    out = StringIO()
    name = "a-name-that-people-copy-and-paste"
    Table(("name", "text"), ((name, "many words " * 30),)).write_terminal(out, width=60)
    assert name in out.getvalue()


def test_silence_is_no_disagreement() -> None:
    """x and y rebut each other; ann asserts x, and bob says nothing of either."""
    quarrel = [Link(LinkKind.REBUTTAL, ("x",), "y"), Link(LinkKind.REBUTTAL, ("y",), "x")]
    claims = [Claim("x", "x", speakers=("ann",)), Claim("y", "y"), Claim("z", "z")]
    silent = Debate([*claims[:2], Claim("z", "z", speakers=("bob",))], quarrel)
    assert view_differences(silent, 0, 1) == ()
    spoken = Debate([claims[0], Claim("y", "y", speakers=("bob",)), claims[2]], quarrel)
    found = view_differences(spoken, 0, 1)
    assert [(d.claim, d.first, d.second, d.stated) for d in found] == [
        (0, "in", "out", True),
        (1, "out", "in", True),
    ]


def test_verdicts_are_triples_of_their_own(claims) -> None:
    folder = claims(
        ":a a d:Claim ; d:text 'A' ; d:assertedBy :ann ; d:rebuts :b .\n"
        ":b a d:Claim ; d:text 'B' ; d:assertedBy :bob .\n"
    )
    corpus = read_corpus([folder])
    before = len(corpus.store)
    add_verdicts(corpus.store, read(folder))
    graphs = {str(quad.graph_name) for quad in corpus.store}
    assert "<urn:dissensus:verdicts>" in graphs
    assert len(corpus.store) > before
    assert speaks_of_verdicts("SELECT * { ?c v:status 'in' }")
    assert not speaks_of_verdicts("SELECT * { ?c d:text ?v }")
    assert not speaks_of_verdicts("SELECT * { ?c prov:wasAttributedTo ?who ; my-v:x ?y }")


def test_every_wording_of_a_crux_is_a_crux(claims) -> None:
    folder = claims(
        ":a a d:Claim ; d:text 'A' ; d:rebuts :b . :a2 a d:Claim ; d:text 'A' ; d:restates :a .\n"
        ":b a d:Claim ; d:text 'B' .\n"
    )
    corpus = read_corpus([folder])
    add_verdicts(corpus.store, read(folder))
    found = {
        str(q.object).rpartition("#")[2].strip(">")[-2:]
        for q in corpus.store
        if str(q.predicate).endswith("crux>") and str(q.subject).endswith("b>")
    }
    assert len(found) == 2


def test_a_query_for_claims_that_stand(run, root) -> None:
    text = "SELECT ?c { ?c d:assertedBy :gin ; v:status 'in' } ORDER BY ?c"
    result = run("query", text, "--format", "csv", claims=root / "claims")
    assert "does-it-matter" in result.stdout
    assert "deliberate-pivot" not in result.stdout
    only = run("query", text, "--asserted", "--format", "csv", claims=root / "claims")
    assert "does-it-matter" not in only.stdout


def test_each_is_right_by_his_own_yardstick_on_the_command_line(run, root) -> None:
    for audience, expected in (("lab", ["in", "out"]), ("builder", ["out", "in"])):
        result = run(
            "verdict", "terrible-mistake", "deliberate-pivot", "--audience", audience,
            "--format", "json", claims=root / "claims",
        )  # fmt: skip
        found = json.loads(result.stdout)
        assert [v["status"] for v in found["verdicts"]] == expected
        assert found["profile"] == "reason"
        assert {"iri", "name", "status", "strength"} <= set(found["verdicts"][0])
    undecided = verdicts(read(root / "claims"))
    assert {v.status for v in undecided.verdicts} == {Status.IN, Status.UNDECIDED}


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["cruxes", "terrible-mistake"], "cruxes"),
        (["cruxes", "terrible-mistake", "--between", "Baker", "Gin"], "double_cruxes"),
        (["what-if", "--without", "Gin"], "shifts"),
        (["audiences", "terrible-mistake"], "audiences"),
        (["evidence", "terrible-mistake"], "evidence"),
        (["gaps"], "gaps"),
        (["compare"], "comparison"),
        (["verdict", "--explain", "terrible-mistake"], "explanation"),
        (["verdict", "--extensions", "--semantics", "preferred"], "extensions"),
        (["disagreements", "--between", "Baker", "Gin", "--induced"], "induced"),
        (["agreements", "--shared"], "shared_ground"),
    ],
)
@pytest.mark.parametrize("output_format", ["table", "json", "csv", "md"])
def test_reasoning_commands_in_every_format(run, root, arguments, key, output_format) -> None:
    result = run(*arguments, "--format", output_format, claims=root / "claims")
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()
    if output_format == "json":
        assert json.loads(result.stdout)[key]


@pytest.mark.parametrize(
    "arguments",
    [
        "verdict a --explain terrible-mistake",
        "verdict a --extensions",
        "verdict --extensions --strength euler",
        "cruxes terrible-mistake --between Baker Gin --size 2",
        "cruxes terrible-mistake --between Baker Gin --audience lab",
        "disagreements --between Baker Gin --induced --limit 2",
        "agreements --shared --limit 2",
        "what-if --accept terrible-mistake --reject terrible-mistake",
    ],
)
def test_what_would_be_ignored_is_refused(run, root, arguments: str) -> None:
    assert run(*arguments.split(), claims=root / "claims").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("verdict --explain terrible-mistake --audience lab", "for the audience “Research lab"),
        ("verdict --extensions", "profile reason"),
        ("audiences terrible-mistake", "profile reason"),
        ("compare", "profile reason"),
        ("cruxes terrible-mistake --between Baker Gin", "profile reason"),
        ("cruxes terrible-mistake --audience lab", "none found"),
        ("disagreements --between Baker Gin --induced", "profile reason"),
        ("what-if --without Gin", "without Aaron Gin: "),
        ("what-if --reject does-it-matter", "1 claim given up; "),
        ("agreements --shared", "profile reason"),
    ],
)
def test_what_a_result_depends_on_is_said(run, root, arguments: str, said: str) -> None:
    assert said in run(*arguments.split(), claims=root / "claims").stderr
