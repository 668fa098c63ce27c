"""Turtle as a person would write it, and files that are whole or untouched."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from drawn import AI, debates, records
from hypothesis import given, settings
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, parse

from dissensus.graph.conversion import quads
from dissensus.graph.debate import Debate
from dissensus.graph.describing import Relations
from dissensus.graph.errors import DissensusError
from dissensus.graph.model import (
    Claim,
    Link,
    Quote,
    link_iri,
)
from dissensus.graph.reading import read
from dissensus.graph.terms import NAMESPACE, XSD, ClaimKind, LinkKind
from dissensus.graph.writing import claim_turtle, debate_turtle, write_bytes, write_text

PREFIXES = {"d": NAMESPACE, "": AI}

PIVOT = Claim(
    AI + "deliberate-pivot",
    "China's chip policy is a chosen change of course, not a blunder.",
    language="en",
    speakers=(AI + "gin",),
    questions=(AI + "was-refusing-us-chips-a-mistake",),
    values=(AI + "real-world-impact",),
    quotes=(Quote("deliberate pivot", document=AI + "tbpn-recap"),),
)


# -- layout -------------------------------------------------------------------------------------


def test_a_claim_is_written_as_a_person_writes_it():
    relations = Relations(rebuts=(AI + "terrible-mistake",))

    assert claim_turtle(PIVOT, relations, prefixes=PREFIXES) == (
        """\
:deliberate-pivot a d:Claim ;
    d:text "China's chip policy is a chosen change of course, not a blunder."@en ;
    d:assertedBy :gin ;
    d:answers :was-refusing-us-chips-a-mistake ;
    d:promotes :real-world-impact ;
    d:quote [ d:exact "deliberate pivot" ; d:source :tbpn-recap ] ;
    d:rebuts :terrible-mistake .
"""
    )


def test_everything_that_can_be_said_of_a_claim_has_its_line():
    claim = Claim(
        AI + "more",
        'Demand is "up".',
        kind=ClaimKind.EVIDENCE,
        language="en",
        translations=(("de", "Die Nachfrage steigt."),),
        speakers=(AI + "gin", AI + "baker"),
        reporters=(AI + "author",),
        topics=(AI + "demand",),
        scopes=(AI + "cloud",),
        questions=(AI + "q",),
        options=(AI + "buy",),
        criteria=(AI + "cost",),
        quotes=(Quote("b", document=AI + "doc"), Quote("a", prefix="x ", suffix=" y")),
        strength=0.25,
        needs_backing=True,
        said_on="2025-12-09",
        notes=("Second.", "First."),
    )
    relations = Relations(
        supports=(AI + "b", AI + "a"),
        evidence_for=(AI + "c",),
        undercuts=(AI + "step",),
        restates=(AI + "e",),
        contradicts=(AI + "f",),
        qualifies=(AI + "g",),
    )

    assert claim_turtle(claim, relations, prefixes={**PREFIXES, "xsd": XSD}) == (
        """\
:more a d:Evidence ;
    d:text "Demand is \\"up\\"."@en,
        "Die Nachfrage steigt."@de ;
    d:assertedBy :baker, :gin ;
    d:reportedBy :author ;
    d:saidOn "2025-12-09"^^xsd:date ;
    d:answers :q ;
    d:about :demand ;
    d:scope :cloud ;
    d:rates :buy ;
    d:by :cost ;
    d:strength 0.25 ;
    d:needsBacking true ;
    d:quote [ d:exact "b" ; d:source :doc ],
        [ d:prefix "x " ; d:exact "a" ; d:suffix " y" ] ;
    rdfs:comment "First.",
        "Second." ;
    d:restates :e ;
    d:supports :a, :b ;
    d:evidenceFor :c ;
    d:undercuts :step ;
    d:contradicts :f ;
    d:qualifies :g .
""".replace("rdfs:comment", "<http://www.w3.org/2000/01/rdf-schema#comment>")
    )


def test_targets_that_do_not_fit_on_a_line_have_a_line_each():
    targets = tuple(f"{AI}a-rather-long-name-number-{number}" for number in range(4))

    lines = claim_turtle(PIVOT, Relations(supports=targets), prefixes=PREFIXES).splitlines()

    assert lines[-4:] == [
        "    d:supports :a-rather-long-name-number-0,",
        "        :a-rather-long-name-number-1,",
        "        :a-rather-long-name-number-2,",
        "        :a-rather-long-name-number-3 .",
    ]


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        (AI + "plain", ":plain"),
        (AI + "1st", ":1st"),
        (AI + "v1.2", ":v1.2"),
        (AI + "50%25", ":50%25"),
        (AI + "a:b", ":a:b"),
        (AI + "étude-中国", ":étude-中国"),
        (AI + "ends.", f"<{AI}ends.>"),
        (AI + "-dash", f"<{AI}-dash>"),
        (AI + "a/b", f"<{AI}a/b>"),
        (AI + "what?", f"<{AI}what?>"),
        (AI + "it's", f"<{AI}it's>"),
        (AI + "😀", ":😀"),
        (AI, f"<{AI}>"),
        ("urn:isbn:1", "<urn:isbn:1>"),
    ],
)
def test_an_iri_is_abbreviated_where_its_local_name_is_legal(iri: str, written: str):
    turtle = claim_turtle(Claim(iri, "x"), prefixes=PREFIXES)

    assert turtle.split(" ")[0] == written
    head = f"@prefix d: <{NAMESPACE}> . @prefix : <{AI}> .\n"
    assert {quad.subject for quad in parse(head + turtle, RdfFormat.TURTLE)} == {NamedNode(iri)}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('say "no"', r'"say \"no\""'),
        ("back\\slash", r'"back\\slash"'),
        ("two\nlines\r\n\tin", r'"two\nlines\r\n\tin"'),
        ("nul\0 and bell\a", r'"nul\u0000 and bell\u0007"'),
        ("\N{RIGHT-TO-LEFT OVERRIDE}live", r'"\u202Elive"'),
        ("עברית و 中国 😀", '"עברית و 中国 😀"'),
        ("</script><img onerror=x>", '"</script><img onerror=x>"'),
    ],
)
def test_text_is_escaped_where_it_has_to_be_and_else_left_readable(text: str, written: str):
    lines = claim_turtle(Claim(AI + "a", text), prefixes=PREFIXES).splitlines()

    assert lines[1] == f"    d:text {written} ."


def test_prefixes_of_the_file_are_used_and_no_others():
    turtle = claim_turtle(PIVOT, prefixes={"dis": NAMESPACE, "odd prefix": AI})

    assert turtle.startswith(f"<{AI}deliberate-pivot> a dis:Claim ;")


def test_a_debate_declares_the_prefixes_that_it_uses():
    debate = Debate([PIVOT], prefixes={"": AI, "unused": "urn:unused:"}, title="Chips")

    assert debate_turtle(debate).startswith(
        """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://w3id.org/dissensus/debates/ai-compute#> .

<https://w3id.org/dissensus/debates/ai-compute> a d:Debate ;
    rdfs:label "Chips" .

:tbpn-recap a d:Document ;
"""
    )


def test_an_undercut_names_the_link_that_it_ends_on():
    claims = [Claim(AI + name, name) for name in "abc"]
    rebuttal = Link(LinkKind.REBUTTAL, (AI + "a",), AI + "b")
    target = link_iri(rebuttal.kind, rebuttal.premises, rebuttal.conclusion)
    debate = Debate(claims, [rebuttal, Link(LinkKind.UNDERCUT, (AI + "c",), target)])

    turtle = debate_turtle(debate)

    assert f"d:undercuts <{target}> ." in turtle
    assert f"<{target}> a d:Rebuttal ;\n    d:premise <{AI}a> ;" in turtle


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        ("2025-12-09", "date"),
        ("2025-12-09T20:15:00Z", "dateTime"),
        ("2025-12", "gYearMonth"),
        ("2025", "gYear"),
    ],
)
def test_a_date_is_typed_by_its_form(date: str, datatype: str):
    turtle = claim_turtle(Claim(AI + "a", "x", said_on=date), prefixes={**PREFIXES, "xsd": XSD})

    assert f'd:saidOn "{date}"^^xsd:{datatype} .' in turtle


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(ValueError, match="surrogate"):
        claim_turtle(Claim(AI + "a", "\ud800"), prefixes=PREFIXES)


# -- writing and reading again ------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(debate=debates())
def test_reading_what_was_written_gives_the_same_debate(debate: Debate, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "debate.ttl"
    write_text(path, debate_turtle(debate))

    again = read(path)

    assert records(again) == records(debate)


@settings(deadline=None, max_examples=40)
@given(debate=debates())
def test_the_text_says_the_triples_of_the_debate(debate: Debate):
    written = Dataset(parse(debate_turtle(debate), RdfFormat.TURTLE))
    meant = Dataset(quads(debate))
    for dataset in (written, meant):
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    assert written == meant


# -- files --------------------------------------------------------------------------------------


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder with a file `old.ttl`, in which nobody may write; root is nobody meanwhile."""
    user = os.geteuid()
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "old.ttl").write_text("old")
        folder.chmod(0o555)
        if user == 0:
            os.seteuid(65534)
        yield folder
        os.seteuid(user)
        folder.chmod(0o755)


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path):
    path = tmp_path / "a.ttl"
    path.write_text("old")
    path.chmod(0o640)

    write_text(path, "new ü\n")

    assert path.read_bytes() == "new ü\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.ttl"]


def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path):
    (tmp_path / "other").touch()

    write_text(tmp_path / "new", "text")

    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_line_ends_are_written_as_they_are(tmp_path: Path):
    write_text(tmp_path / "a", "one\r\ntwo\n")

    assert (tmp_path / "a").read_bytes() == b"one\r\ntwo\n"


def test_a_link_is_followed(tmp_path: Path):
    (tmp_path / "real.ttl").write_text("old")
    (tmp_path / "link.ttl").symlink_to("real.ttl")

    write_text(tmp_path / "link.ttl", "new")

    assert (tmp_path / "link.ttl").is_symlink()
    assert (tmp_path / "real.ttl").read_text() == "new"


def test_what_is_no_regular_file_is_written_to(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_text(pipe, "through")

    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_failed_write_leaves_the_file_and_no_litter(tmp_path: Path, monkeypatch):
    path = tmp_path / "a.ttl"
    path.write_text("old")

    def full(*_paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(DissensusError, match=r"a\.ttl: cannot be written: no space left on device"):
        write_text(path, "new")

    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.ttl"]


def test_a_folder_that_may_not_be_written_to_is_refused(locked_folder: Path):
    for name in ("old.ttl", "new.ttl"):
        with pytest.raises(DissensusError, match=f"{name}: cannot be written: permission denied"):
            write_text(locked_folder / name, "new")
    assert os.listdir(locked_folder) == ["old.ttl"]


def test_a_file_that_may_not_be_read_or_changed_is_not_replaced(
    tmp_path: Path, locked_folder: Path
):
    user = os.geteuid()
    os.seteuid(os.getuid())
    locked_folder.chmod(0o777)
    (locked_folder / "old.ttl").chmod(0o000)
    os.seteuid(user)

    with pytest.raises(DissensusError, match="permission denied"):
        write_text(locked_folder / "old.ttl", "new")

    assert os.listdir(locked_folder) == ["old.ttl"]


@pytest.mark.parametrize(
    ("name", "reason"), [("", "is a directory"), ("no/such/file", "no such file or directory")]
)
def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path, name: str, reason: str):
    with pytest.raises(DissensusError, match=reason):
        write_text(tmp_path / name, "new")


def test_a_file_that_changed_meanwhile_is_not_replaced(tmp_path: Path):
    path = tmp_path / "a.ttl"
    path.write_text("someone else's")

    with pytest.raises(DissensusError, match="changed"):
        write_bytes(path, b"new", replacing=b"what was read")
    write_bytes(path, b"new", replacing=b"someone else's")
    write_bytes(tmp_path / "b.ttl", b"begun", replacing=b"")

    assert path.read_text() == "new"
    assert sorted(os.listdir(tmp_path)) == ["a.ttl", "b.ttl"]
