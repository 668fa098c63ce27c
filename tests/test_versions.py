"""What changed in a debate from one version to the next, from files and from git."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.errors import DissensusError, UsageError, VersionError
from dissensus.graph.model import Claim, Link, Speaker, Stance
from dissensus.graph.reading import read
from dissensus.graph.terms import LinkKind
from dissensus.graph.versions.changes import Attitude, ChangeKind
from dissensus.graph.versions.comparing import DebateDiff, diff
from dissensus.graph.versions.driver import diff_file
from dissensus.graph.versions.outcomes import PointKind
from dissensus.graph.versions.plain import diff_json
from dissensus.graph.versions.revisions import read_versions
from dissensus.graph.versions.wording import Fate, wording

NS = "https://example.org/debate#"
ANN, BOB = NS + "ann", NS + "bob"
SPEAKERS = (Speaker(ANN, "Ann"), Speaker(BOB, "Bob"))
TEA = Claim(NS + "tea", "Tea goes into the cup before the milk does.", speakers=(ANN,))
MILK = Claim(NS + "milk", "Milk goes first, or the cup may crack.", speakers=(BOB,))
REBUTTAL = Link(LinkKind.REBUTTAL, (MILK.iri,), TEA.iri)


def debate(*claims: Claim, links: tuple[Link, ...] = (), **more) -> Debate:
    return Debate(claims or (TEA, MILK), links, speakers=SPEAKERS, **more)


def kinds(found: DebateDiff) -> list[tuple[str, str]]:
    """The kind of change and the name of each claim that changed."""
    return [(c.kind.value, (c.new or c.old).iri.removeprefix(NS)) for c in found.claims]


# -- claims -------------------------------------------------------------------------------------


def test_nothing_changed_between_a_debate_and_itself(shipped):
    assert not diff(shipped, shipped)
    assert not diff(Debate(), Debate())


def test_claims_are_added_withdrawn_reworded_and_changed():
    reworded = replace(TEA, text="Tea goes into the cup after the milk does.")
    stronger = replace(MILK, strength=0.75, topics=(NS + "cups",))
    more = Claim(NS + "lemon", "Lemon instead.", speakers=(ANN,))
    found = diff(debate(TEA, MILK), debate(reworded, stronger, more))
    assert kinds(found) == [("added", "lemon"), ("changed", "milk"), ("reworded", "tea")]
    assert {edit.field: (edit.old, edit.new) for edit in found.claims[1].fields} == {
        "topics": ((), (NS + "cups",)),
        "strength": (0.5, 0.75),
    }
    back = diff(debate(reworded, stronger, more), debate(TEA, MILK))
    assert kinds(back) == [("withdrawn", "lemon"), ("changed", "milk"), ("reworded", "tea")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEA.text, [("renamed", "tea-first")]),
        ("Tea goes into the cup before milk does.", [("renamed", "tea-first")]),
        ("Coffee is better.", [("withdrawn", "tea"), ("added", "tea-first")]),
    ],
)
def test_a_claim_is_known_again_by_its_text_under_another_name(text, expected):
    renamed = replace(TEA, iri=NS + "tea-first", text=text)
    link = Link(LinkKind.REBUTTAL, (MILK.iri,), renamed.iri)
    found = diff(debate(links=(REBUTTAL,)), debate(renamed, MILK, links=(link,)))
    assert kinds(found) == expected
    is_renamed = expected[0][0] == "renamed"
    assert (not found.links) is is_renamed
    assert (not found.outcomes.disagreements) is is_renamed


def test_nearly_the_same_words_of_someone_else_are_another_claim():
    other = replace(TEA, iri=NS + "x", text="Tea goes into a cup before the milk does.")
    assert kinds(diff(debate(TEA), debate(other))) == [("renamed", "x")]
    assert kinds(diff(debate(TEA), debate(replace(other, speakers=(BOB,))))) == [
        ("withdrawn", "tea"),
        ("added", "x"),
    ]


def test_of_several_with_the_same_text_the_one_of_the_same_speaker_is_taken():
    mine, his = replace(TEA, iri=NS + "a"), replace(TEA, iri=NS + "b", speakers=(BOB,))
    found = diff(debate(TEA), debate(his, mine))
    assert [(c.kind, c.new.iri) for c in found.claims] == [
        (ChangeKind.RENAMED, NS + "a"),
        (ChangeKind.ADDED, NS + "b"),
    ]


def test_a_debate_that_moves_to_another_namespace_only_has_other_names(
    shipped: Debate, root: Path, tmp_path: Path
):
    for path in (root / "claims").glob("*.ttl"):
        text = path.read_text(encoding="utf-8").replace("debates/ai-compute#", "debates/other#")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    found = diff(shipped, read(tmp_path))
    assert {change.kind for change in found.claims} == {ChangeKind.RENAMED}
    assert len(found.claims) == len(shipped)
    assert not found.relations
    assert not found.outcomes.verdicts


@given(st.text("ab c.’-", max_size=30), st.text("ab c.’-", max_size=30))
def test_the_pieces_of_two_wordings_make_up_both(old: str, new: str):
    pieces = wording(old, new)
    assert "".join(p.text for p in pieces if p.fate is not Fate.ADDED) == old
    assert "".join(p.text for p in pieces if p.fate is not Fate.REMOVED) == new
    assert all(piece.text for piece in pieces)


def test_changed_words_that_stand_together_are_told_together():
    pieces = wording("a change of course, not a blunder", "a change of course, and no blunder")
    assert [(p.fate.value, p.text) for p in pieces] == [
        ("kept", "a change of course, "),
        ("removed", "not a"),
        ("added", "and no"),
        ("kept", " blunder"),
    ]


# -- links, relations, setting ------------------------------------------------------------------


def test_a_link_that_gets_a_name_and_an_author_is_the_same_link():
    named = replace(REBUTTAL, iri=NS + "crack", speakers=(BOB,))
    (change,) = diff(debate(links=(REBUTTAL,)), debate(links=(named,))).links
    assert change.kind is ChangeKind.RENAMED
    assert [edit.field for edit in change.fields] == ["speakers"]


def test_links_that_change_kind_or_ends():
    support = replace(REBUTTAL, kind=LinkKind.SUPPORT)
    found = diff(debate(links=(REBUTTAL,)), debate(links=(support,))).links
    assert {(c.kind, (c.new or c.old).kind) for c in found} == {
        (ChangeKind.WITHDRAWN, LinkKind.REBUTTAL),
        (ChangeKind.ADDED, LinkKind.SUPPORT),
    }
    step = Link(LinkKind.SUPPORT, (MILK.iri,), TEA.iri, iri=NS + "step")
    (change,) = diff(
        debate(links=(step,)), debate(links=(replace(step, premises=(TEA.iri, MILK.iri)),))
    ).links
    assert [(edit.field, edit.old) for edit in change.fields] == [("premises", (MILK.iri,))]


def test_an_undercut_of_a_link_without_a_name_is_known_again_when_claims_are_renamed():
    doubt = Claim(NS + "doubt", "Cups don't crack from tea.", speakers=(ANN,))

    def of(tea: Claim) -> Debate:
        step = Link(LinkKind.SUPPORT, (MILK.iri,), tea.iri)
        (iri,) = debate(tea, MILK, doubt, links=(step,)).link_iris
        undercut = Link(LinkKind.UNDERCUT, (doubt.iri,), iri)
        return debate(tea, MILK, doubt, links=(step, undercut))

    found = diff(of(TEA), of(replace(TEA, iri=NS + "tea-first")))
    assert kinds(found) == [("renamed", "tea-first")]
    assert not found.links


def test_a_contradiction_is_told_once_and_in_either_direction():
    new = debate(contradictions=[(TEA.iri, MILK.iri)], links=(REBUTTAL,))
    found = diff(debate(), new)
    assert [(r.relation, r.added) for r in found.relations] == [("contradicts", True)]
    assert not found.links
    assert not diff(new, debate(contradictions=[(MILK.iri, TEA.iri)], links=(REBUTTAL,))).relations
    gone = diff(new, debate())
    assert [(r.relation, r.added) for r in gone.relations] == [("contradicts", False)]


def test_the_setting_is_compared_too(claims: Callable[..., Path], tmp_path: Path):
    question = ':q a d:Question ; rdfs:label "Which first?" .\n'
    path = claims(question)
    old = read(path)
    (path / "file0.ttl").write_text(
        (path / "file0.ttl").read_text().replace("d:Question", "d:ExclusiveQuestion")
        + ':t a d:Topic ; rdfs:label "tea" .\n'
    )
    found = diff(old, read(path)).setting
    assert [(c.what, c.kind.value, [e.field for e in c.fields]) for c in found] == [
        ("question", "changed", ["exclusive"]),
        ("topic", "added", []),
    ]
    (change,) = diff(Debate(title="Tea"), Debate(title="Milk")).setting
    assert change.what == "debate"


# -- positions ----------------------------------------------------------------------------------


def test_who_accepts_what_he_rejected_has_changed_his_position():
    def of(*stances: Stance) -> Debate:
        return debate(stances=stances)

    found = diff(of(Stance(BOB, TEA.iri, accepts=False)), of(Stance(BOB, TEA.iri, accepts=True)))
    (change,) = found.positions
    assert (change.speaker, change.before, change.after, change.changed_sides) == (
        BOB,
        (Attitude.REJECTS,),
        (Attitude.ACCEPTS,),
        True,
    )
    (change,) = diff(of(), of(Stance(BOB, TEA.iri, accepts=True))).positions
    assert (change.before, change.changed_sides) == ((), False)


def test_who_is_surer_of_his_stance_is_told_with_the_detail():
    sure = Stance(BOB, TEA.iri, accepts=True, confidence=0.7)
    old, new = (debate(stances=(replace(sure, confidence=c),)) for c in (0.7, 0.9))
    (change,) = diff(old, new).positions
    assert change.before == change.after == (Attitude.ACCEPTS,)
    assert [(e.field, e.old, e.new) for e in change.fields] == [("confidence", ("0.7",), ("0.9",))]


def test_who_attacks_what_he_supported_has_changed_sides_and_who_no_longer_asserts_is_told():
    support = replace(REBUTTAL, kind=LinkKind.SUPPORT)
    (change,) = diff(debate(links=(support,)), debate(links=(REBUTTAL,))).positions
    assert (change.speaker, change.before, change.after) == (
        BOB,
        (Attitude.SUPPORTS,),
        (Attitude.REBUTS,),
    )
    (change,) = diff(debate(), debate(TEA, replace(MILK, speakers=()))).positions
    assert (change.claim, change.before, change.after) == (MILK.iri, (Attitude.ASSERTS,), ())
    assert not diff(debate(), debate(links=(support,))).positions
    assert not diff(debate(), debate(TEA)).positions


# -- outcomes -----------------------------------------------------------------------------------


def test_a_new_rebuttal_opens_a_disagreement_and_flips_a_verdict():
    found = diff(debate(), debate(links=(REBUTTAL,)), threshold=0.01).outcomes
    (opened,) = found.disagreements
    assert (opened.kind, opened.old, opened.new.rank) == (PointKind.OPENED, None, 1)
    assert [(v.claim, v.before.value, v.after.value) for v in found.verdicts] == [
        (TEA.iri, "in", "out")
    ]
    assert [v.claim for v in found.strengths] == [TEA.iri]
    assert not diff(debate(), debate(links=(REBUTTAL,)), threshold=0.9).outcomes.strengths
    closed = diff(debate(links=(REBUTTAL,)), debate()).outcomes.disagreements
    assert [change.kind for change in closed] == [PointKind.CLOSED]


def test_a_point_is_known_again_by_its_claims_when_a_side_grows():
    ally = Claim(NS + "china", "The cup is of thin china.", speakers=(ANN,))
    old = debate(TEA, MILK, ally, links=(REBUTTAL,))
    new = debate(TEA, MILK, ally, links=(REBUTTAL,), restatements=[(ally.iri, TEA.iri)])
    (moved,) = diff(old, new).outcomes.disagreements
    assert (moved.kind, moved.what[0]) == (PointKind.MOVED, "sides")
    assert [len(side.claims) for side in moved.old.sides] == [1, 1]
    assert sorted(len(side.claims) for side in moved.new.sides) == [1, 2]


def test_points_that_only_make_room_for_another_have_not_moved(shipped):
    claims = [*shipped.claims, replace(TEA, iri=NS + "a"), replace(MILK, iri=NS + "b")]
    new = Debate(
        claims,
        [*shipped.links, Link(LinkKind.REBUTTAL, (NS + "a",), NS + "b")],
        speakers=[*shipped.speakers, *SPEAKERS],
        questions=shipped.questions,
        topics=shipped.topics,
        audiences=shipped.audiences,
        values=shipped.values,
        stances=shipped.stances,
        restatements=_named(shipped, shipped.restatements),
        qualifications=_named(shipped, shipped.qualifications),
    )
    found = diff(shipped, new).outcomes.disagreements
    assert [change.kind for change in found] == [PointKind.OPENED]


def _named(of: Debate, pairs) -> list[tuple[str, str]]:
    return [(of.claim_iris[a], of.claim_iris[b]) for a, b in pairs]


def test_shared_ground_that_is_new_opens_an_agreement():
    new = debate(stances=(Stance(BOB, TEA.iri, accepts=True),))
    (opened,) = diff(debate(), new).outcomes.agreements
    assert (opened.kind, opened.new.claims) == (PointKind.OPENED, (TEA,))


def test_verdicts_are_those_of_the_audience_semantics_and_profile(shipped):
    without = Debate(
        shipped.claims,
        [link for link in shipped.links if "deliberate-pivot" not in link.premises[0]],
        speakers=shipped.speakers,
        questions=[replace(question, exclusive=False) for question in shipped.questions],
        values=shipped.values,
        audiences=shipped.audiences,
    )
    for options in (
        {},
        {"audience": "Research lab at the frontier"},
        {"audience": "Builder of AI products"},
    ):
        found = diff(without, shipped, **options).outcomes
        before, after = (
            {d.claim_iris[v.claim]: v.status for v in dissensus.verdicts(d, **options).verdicts}
            for d in (without, shipped)
        )
        expected = {iri for iri in before if before[iri] is not after[iri]}
        assert {change.claim for change in found.verdicts} == expected
        assert expected
    with pytest.raises(DissensusError, match=r"in the old version: no audience named 'Lab'"):
        diff(Debate(shipped.claims), shipped, audience="Lab")


def test_the_json_shape_is_stable():
    new = debate(replace(TEA, text="Tea first."), MILK, links=(REBUTTAL,))
    found = diff_json(diff(debate(), new, threshold=0.01), "old", "new")["diff"]
    assert list(found) == [
        *("old", "new", "claims", "links", "relations", "setting", "positions"),
        *("semantics", "profile", "audience"),
        *("disagreements", "agreements", "verdicts", "strengths"),
    ]  # fmt: skip
    assert json.loads(json.dumps(found)) == found
    (claim,) = found["claims"]
    assert list(claim) == ["change", "old", "new", "wording", "fields"]
    assert claim["new"] == {
        "iri": TEA.iri,
        "name": "tea",
        "text": "Tea first.",
        "speakers": ["Ann"],
    }
    assert claim["fields"] == [{"field": "text", "old": [TEA.text], "new": ["Tea first."]}]
    assert list(found["verdicts"][0]) == ["iri", "name", "text", "speakers", "before", "after"]
    assert list(found["disagreements"][0]) == ["change", "what", "old", "new"]


# -- git ----------------------------------------------------------------------------------------

VOCABULARY = """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/debate#> .

"""
SETTING = (
    VOCABULARY
    + ':ann a d:Speaker ;\n    rdfs:label "Ann" .\n\n:bob a d:Speaker ;\n    rdfs:label "Bob" .\n'
)
ANNS = VOCABULARY + ':tea a d:Claim ;\n    d:text "Tea goes first."@en ;\n    d:assertedBy :ann .\n'
BOBS = (
    VOCABULARY + ':milk a d:Claim ;\n    d:text "Milk goes first, or the cup may crack."@en ;\n'
    "    d:assertedBy :bob ;\n    d:rebuts :tea .\n"
)


class Repository:
    """A git repository with claims in it, as a user has one."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.claims = top / "claims"
        self.claims.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.write(setting=SETTING, ann=ANNS, bob=BOBS)
        self.commit("first")

    def environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": str(self.top),
            "GIT_PAGER": "cat",
        }

    def git(self, *arguments: str, check: bool = True) -> str:
        name = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        done = subprocess.run(
            ["git", *name, *arguments],
            cwd=self.top,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout + ("" if check else done.stderr)

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.claims / f"{name}.ttl").write_text(text, encoding="utf-8")

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch) -> Repository:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("DISSENSUS_CLAIMS", raising=False)
    made = Repository(tmp_path / "repo")
    monkeypatch.chdir(made.top)
    return made


def test_head_is_compared_with_the_files_when_nothing_is_named(repository: Repository, run):
    result = run("diff")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing changed in the debate" in result.stderr
    repository.write(ann=ANNS.replace("Tea goes first", "Tea must go first"))
    result = run("diff", "--exit-code")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].strip() == "HEAD → working tree"
    assert "Tea [-goes-]{+must go+} first." in result.stdout
    assert run("diff").exit_code == 0
    assert repository.git("status", "--porcelain") == " M claims/ann.ttl\n"


def test_every_way_to_name_a_version(repository: Repository, tmp_path: Path):
    repository.git("tag", "v1")
    repository.write(ann=ANNS.replace("Tea goes first", "Tea must go first"))
    repository.commit("second")
    shutil.copytree(repository.claims, tmp_path / "copy")

    def texts(*names: str, claims: tuple[Path, ...] = ()) -> list[str]:
        return [v.debate.claim("tea").text for v in read_versions(names, claims)]

    first, second = "Tea goes first.", "Tea must go first."
    assert texts("v1") == [first, second]
    assert texts("HEAD~1", "HEAD") == [first, second]
    assert texts("HEAD^{/first}", str(tmp_path / "copy")) == [first, second]
    assert texts("v1:claims", "claims") == [first, second]
    assert texts("v1:./claims", "HEAD:claims/") == [first, second]
    assert texts("v1:claims", claims=(repository.claims / "ann.ttl",)) == [first, second]
    assert texts("v1", claims=(repository.claims / "ann.ttl", repository.claims / "bob.ttl")) == [
        first,
        second,
    ]
    assert [len(v.debate) for v in read_versions(["v1:claims/ann.ttl", os.devnull])] == [1, 0]


def test_a_file_or_folder_comes_before_a_revision_of_the_same_name(repository: Repository):
    repository.git("branch", "claims")
    repository.write(ann=ANNS.replace("Tea goes first", "Tea must go first"))
    old, _ = read_versions(["claims"])
    assert old.debate.claim("tea").text == "Tea must go first."
    old, _ = read_versions(["refs/heads/claims"])
    assert old.debate.claim("tea").text == "Tea goes first."


def test_revisions_are_read_from_a_folder_below_and_from_outside(
    repository: Repository, monkeypatch, tmp_path: Path
):
    (repository.top / "docs").mkdir()
    monkeypatch.chdir(repository.top / "docs")
    old, _ = read_versions(["HEAD:../claims", "../claims"], [repository.claims])
    assert len(old.debate) == 2
    monkeypatch.chdir(tmp_path)
    old, _ = read_versions(["HEAD"], [repository.claims])
    assert len(old.debate) == 2


def test_hidden_files_attributes_and_links_do_not_disturb(repository: Repository):
    (repository.claims / ".hidden.ttl").write_text("nonsense")
    (repository.claims / "notes.txt").write_text("nonsense")
    (repository.claims / "loop.ttl").symlink_to("/etc/hostname")
    (repository.top / ".gitattributes").write_text("claims/ann.ttl export-ignore\n")
    repository.commit("more")
    (repository.claims / "loop.ttl").unlink()
    old, new = read_versions([])
    assert not diff(old.debate, new.debate)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nope", "nope: no such file or folder, and no revision 'nope' in "),
        ("HEAD:nope", "HEAD:nope: there is no nope at HEAD"),
        ("HEAD:README", "HEAD:README: no file of claims in README at HEAD (*.ttl"),
        (":claims", ":claims: no such file or folder, and no revision '' in "),
    ],
)
def test_what_git_does_not_know_is_said(repository: Repository, run, name: str, told: str):
    (repository.top / "README").mkdir()
    (repository.top / "README" / "x.txt").write_text("x")
    repository.commit("readme")
    result = run("diff", name, "HEAD")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(told)


def test_wrong_uses_are_told_as_such(repository: Repository, run, monkeypatch, tmp_path: Path):
    assert run("diff", "a", "b", "c").exit_code == 2
    with pytest.raises(UsageError, match="begins with a dash"):
        read_versions(["--output=x"])
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    result = run("diff", "HEAD", "HEAD")
    assert result.exit_code == 1
    assert f"{empty} is not in a git repository" in result.stderr
    result = run("diff", os.devnull)
    assert result.exit_code == 2
    assert "no ./claims here" in result.stderr
    monkeypatch.setenv("PATH", str(empty))
    result = run("diff", "HEAD", "HEAD")
    assert (result.exit_code, "git isn't installed" in result.stderr) == (1, True)


def test_a_fault_is_told_with_its_version_file_and_line(repository: Repository, run):
    repository.write(ann=ANNS.replace("d:assertedBy :ann", "d:rebuts :nothing"))
    repository.commit("faulty")
    result = run("diff", "HEAD", "HEAD~1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(
        "the old version, HEAD, is at fault:\nHEAD:claims/ann.ttl:7:14: there is no claim :nothing"
    )
    repository.write(bob="nonsense")
    with pytest.raises(VersionError) as caught:
        read_versions([])
    assert [f.file for f in caught.value.findings] == [
        "HEAD:claims/ann.ttl",
        "claims/ann.ttl",
        "claims/bob.ttl",
    ]
    assert "the new version, working tree, is at fault:\nclaims/ann.ttl:7:" in str(caught.value)


def test_the_formats_of_the_command(repository: Repository, run):
    repository.write(
        ann=ANNS.replace("Tea goes first", "Tea *must* go first"),
        bob=BOBS.replace("d:rebuts", "d:supports"),
    )
    found = json.loads(run("diff", "--format", "json", "--moved", "0.1").stdout)["diff"]
    assert (found["old"], found["new"], found["audience"]) == ("HEAD", "working tree", None)
    assert [v["name"] for v in found["verdicts"]] == ["tea"]
    assert [v["name"] for v in found["strengths"]] == ["tea"]
    assert [p["speaker"] for p in found["positions"]] == ["Bob"]
    text = run("diff", "--format", "md").stdout
    assert text.startswith("## HEAD → working tree\n\n### Claims: 1 reworded\n")
    assert r"Tea ~~goes~~**\*must\* go** first." in text
    terminal = run("diff").stdout
    assert "Bob on tea: rebuts → supports  (changed sides)" in terminal
    assert "1 verdict flipped (grounded semantics, profile reason)" in terminal
    same = run("diff", "HEAD", "HEAD", "--format", "json")
    assert json.loads(same.stdout)["diff"]["claims"] == []
    assert run("diff", "--audience", "nobody").exit_code == 1


def test_the_page_on_versions_shows_what_is_printed(repository: Repository, root: Path):
    page = (root / "docs" / "versions.md").read_text(encoding="utf-8")
    block = page.partition("```console\n")[2].partition("\n```")[0]
    edit, command, *shown = block.split("\n")
    shutil.rmtree(repository.claims)
    shutil.copytree(root / "claims", repository.claims)
    repository.commit("the shipped debate")
    for line in (edit, command):
        printed = subprocess.run(
            shlex.split(line.removeprefix("$ ")),
            cwd=repository.top,
            env=repository.environment(),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    assert [line.rstrip() for line in printed.splitlines()] == shown


# -- git's diff driver --------------------------------------------------------------------------


@pytest.fixture
def driven(repository: Repository) -> Repository:
    (repository.top / ".gitattributes").write_text("claims/*.ttl diff=dissensus\n")
    repository.git("config", "diff.dissensus.command", "dissensus diff --driver")
    repository.commit("attributes")
    return repository


def test_git_diff_says_what_changed_in_the_debate(driven: Repository):
    driven.write(bob=BOBS.replace("d:rebuts :tea", "d:supports :tea, :gone"))
    text = driven.git("diff")
    assert "a/claims/bob.ttl → b/claims/bob.ttl" in text
    assert "+ milk supports tea" in text
    assert "- milk rebuts tea" in text
    assert "Claims" not in text
    driven.write(bob=BOBS.replace(" ;\n", ";\n"))
    assert "nothing changed in what is said" in driven.git("diff")


def test_git_diff_of_added_removed_and_renamed_files(driven: Repository):
    driven.write(eve=VOCABULARY + ':sugar a d:Claim ; d:text "Sugar."@en ; d:rebuts :milk .\n')
    (driven.claims / "bob.ttl").unlink()
    driven.git("mv", "claims/ann.ttl", "claims/anna.ttl")
    driven.write(anna=ANNS.replace("goes", "must go"))
    driven.git("add", "-A")
    text = driven.git("diff", "--cached", "-M")
    assert "+ sugar" in text
    assert "- milk" in text
    assert "a/claims/ann.ttl → b/claims/anna.ttl" in text
    assert "[-goes-]{+must go+}" in text
    assert "~ milk" not in text


def test_git_diff_falls_back_to_lines_where_a_side_has_faults(driven: Repository):
    driven.write(ann=ANNS.replace("d:assertedBy :ann .", "d:assertedBy :ann"), bob=BOBS + "# x\n")
    text = driven.git("diff")
    assert "b/claims/ann.ttl:" in text
    assert "-    d:assertedBy :ann .\n+    d:assertedBy :ann\n" in text
    assert "b/claims/bob.ttl: nothing changed in what is said" in text


def test_git_diff_goes_on_past_a_file_in_conflict(driven: Repository):
    driven.git("checkout", "-q", "-b", "other")
    driven.write(ann=ANNS.replace("Tea goes", "Tea must go"))
    driven.commit("other")
    driven.git("checkout", "-q", "main")
    driven.write(ann=ANNS.replace("Tea goes", "Tea should go"))
    driven.commit("mine")
    driven.git("merge", "-q", "other", check=False)
    driven.write(bob=BOBS.replace("d:rebuts", "d:supports"))
    driven.git("add", "claims/bob.ttl")
    text = driven.git("diff", "--cached")
    assert "* unmerged: claims/ann.ttl" in text
    assert "+ milk supports tea" in text


def test_a_claim_that_moves_between_files_comes_and_goes(driven: Repository):
    driven.write(
        ann=VOCABULARY + ":ann d:accepts :tea .\n",
        setting=SETTING + "\n" + ANNS[ANNS.index(":tea") :],
    )
    text = driven.git("diff")
    assert "- tea" in text
    assert "+ tea" in text
    assert "asserts →" not in text


def test_the_driver_wants_the_arguments_of_git(run, tmp_path: Path):
    result = run("diff", "--driver", "a", "b")
    assert (result.exit_code, "7 or 9 arguments" in result.stderr) == (2, True)
    assert run("diff", "--driver", "--audience", "x", "p").exit_code == 2
    nothing = (os.devnull, ".", ".")
    assert not diff_file(("x.ttl", *nothing, *nothing)).changes
