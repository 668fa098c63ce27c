"""Importing: files of other tools become claims that pass `check`, and nothing is lost silently."""

from __future__ import annotations

from pathlib import Path

import pytest

import dissensus
from dissensus.graph.exchange.joining import joined, slug
from dissensus.graph.exchange.part import Part
from dissensus.graph.exchange.source import Source
from dissensus.graph.model import Quote
from dissensus.graph.terms import LinkKind
from dissensus.graph.writing import debate_turtle, write_text

TRAMS = """<?xml version="1.0" encoding="UTF-8"?>
<arggraph id="trams" topic_id="free_trams" stance="pro">
  <edu id="e1"><![CDATA[Trams should be free.]]></edu>
  <edu id="e2"><![CDATA[They take cars off the road,]]></edu>
  <edu id="e3"><![CDATA[and few cars mean clean air.]]></edu>
  <edu id="e4"><![CDATA[But who pays?]]></edu>
  <edu id="e5"><![CDATA[Cars are going electric.]]></edu>
  <adu id="a1" type="pro"/><adu id="a2" type="pro"/><adu id="a3" type="pro"/>
  <adu id="a4" type="opp"/><adu id="a5" type="opp"/>
  <edge id="s1" src="e1" trg="a1" type="seg"/><edge id="s2" src="e2" trg="a2" type="seg"/>
  <edge id="s3" src="e3" trg="a3" type="seg"/><edge id="s4" src="e4" trg="a4" type="seg"/>
  <edge id="s5" src="e5" trg="a5" type="seg"/>
  <edge id="c1" src="a2" trg="a1" type="sup"/><edge id="c2" src="a3" trg="c1" type="add"/>
  <edge id="c3" src="a4" trg="a1" type="reb"/><edge id="c4" src="a5" trg="c1" type="und"/>
</arggraph>
"""


@pytest.fixture
def imported(tmp_path: Path):
    """Imports a text as a file of this name, writes it as Turtle, reads and checks that."""

    def call(text: str | bytes, name: str, **options):
        file = tmp_path / "in" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_back(dissensus.import_debate([file], **options), tmp_path)

    return call


def read_back(found: dissensus.Import, folder: Path) -> dissensus.Import:
    """The import, once its Turtle has passed `check` and been read as the same debate."""
    turtle = folder / "claims.ttl"
    write_text(turtle, debate_turtle(found.debate))
    errors = [f for f in dissensus.check([turtle]) if f.severity.value == "error"]
    assert not errors
    again = dissensus.read(turtle)
    assert (again.claims, again.links) == (found.debate.claims, found.debate.links)
    return found


def test_an_arggraph_becomes_claims_links_voices_and_a_joint_step(imported) -> None:
    debate = imported(TRAMS, "trams.xml").debate

    assert debate.claim("trams-a1").text == "Trams should be free."
    assert [speaker.label for speaker in debate.speakers] == ["Opponent", "Proponent"]
    assert debate.topics[0].label == "free trams"
    step = debate.link_at(debate.link_number("trams-c1"))
    assert [debate.name(premise) for premise in step.premises] == ["trams-a2", "trams-a3"]
    undercut = debate.link_at(debate.link_number("trams-c4"))
    assert (undercut.kind, undercut.conclusion) == (LinkKind.UNDERCUT, step.iri)
    assert debate.claim("trams-a4").quotes == (
        Quote("But who pays?", document=debate.documents[0].iri),
    )


def part_of(name: str) -> Part:
    return Part(Source(Path(name), name, b""))


def test_files_that_share_names_are_joined_and_disagreements_are_told() -> None:
    first, second = part_of("a.json"), part_of("b.json")
    first.claim("7", "Trams are fair.", speakers=(first.speaker("Ana"),))
    second.claim("7", "Trams are fair.", speakers=(second.speaker("Ben"),))
    second.claim("8", "Trams are slow.")
    second.claim("7", "Trams are not fair.")

    debate, notes = joined([first, second], namespace="https://example.org/d#")

    assert debate.claim_iris == ("https://example.org/d#7", "https://example.org/d#8")
    assert [debate.speakers[s].label for s in debate.claim_speakers[0]] == ["Ana", "Ben"]
    assert [str(note) for note in notes] == [
        "b.json: warning: claim '7' stands here with another text; the first one holds"
    ]


def test_what_hangs_in_the_air_is_left_out_with_a_note() -> None:
    part = part_of("a.json")
    a = part.claim("a", "A.")
    part.link(LinkKind.SUPPORT, [part.claim_key("gone")], a, "l1")
    part.link(LinkKind.UNDERCUT, [a], part.link_key("l1"), "l2")
    part.link(LinkKind.SUPPORT, [a], a)
    part.restatements.append((a, part.claim_key("gone")))

    debate, notes = joined([part], namespace="https://example.org/d#")

    assert debate.links == ()
    assert [note.message for note in notes] == [
        "support 'l1' is left out: there is no claim 'gone'",
        "a support is left out: it joins 'a' to itself",
        "undercut 'l2' is left out: there is no link 'l1'",
        "restatement of 'a' and 'gone' is left out: one is missing or both are the same",
    ]


def test_a_step_told_twice_has_what_is_said_of_it_in_both_places() -> None:
    part = part_of("a.json")
    a, b, c = (part.claim(name, f"{name}.") for name in "abc")
    part.link(LinkKind.REBUTTAL, [a, b], c, reporters=(part.speaker("Ana"),))
    part.link(LinkKind.REBUTTAL, [b, a], c, "r0", speakers=(part.speaker("Ben"),))
    part.link(LinkKind.SUPPORT, [a], b, speakers=(part.speaker("Ana"),))
    part.link(LinkKind.SUPPORT, [a], b, scheme="sign")
    part.link(LinkKind.SUPPORT, [a], b, scheme="example")

    debate, notes = joined([part], namespace="https://example.org/d#")

    label = {speaker.iri: speaker.label for speaker in debate.speakers}
    assert [
        ([label[s] for s in link.speakers], [label[s] for s in link.reporters], link.scheme)
        for link in debate.links
    ] == [(["Ben"], ["Ana"], ""), (["Ana"], [], "sign")]
    assert debate.name(debate.links[0].iri) == "r0"
    assert [note.message for note in notes] == [
        "a support stands here with another scheme; the first one holds"
    ]


def test_a_link_ends_where_its_kind_can() -> None:
    part = part_of("a.json")
    a, b, c = (part.claim(name, f"{name}.") for name in "abc")
    step = part.link(LinkKind.SUPPORT, [a], b, "step")
    part.link(LinkKind.UNDERCUT, [c], b, "on-a-claim")
    part.link(LinkKind.REBUTTAL, [c], step, "on-a-link")
    part.link(LinkKind.SUPPORT, [b], step, "nowhere")
    part.link(LinkKind.UNDERCUT, [c], part.link_key("itself"), "itself")

    debate, notes = joined([part], namespace="https://example.org/d#")

    assert {debate.name(link.iri): link.kind for link in debate.links} == {
        "step": LinkKind.SUPPORT,
        "on-a-claim": LinkKind.REBUTTAL,
        "on-a-link": LinkKind.UNDERCUT,
    }
    assert [note.message for note in notes] == [
        "undercut 'on-a-claim' ends on the claim 'b': read as a rebuttal",
        "rebuttal 'on-a-link' ends on the link 'step': read as an undercut",
        "support 'nowhere' is left out: it ends on the link 'step', not on a claim",
        "undercut 'itself' is left out: it joins 'itself' to itself",
    ]


RESTATED = """<arggraph id="swim">
  <edu id="e1"><![CDATA[Swim!]]></edu><edu id="e2"><![CDATA[Sharks]]></edu>
  <edu id="e3"><![CDATA[are about.]]></edu><edu id="e4"><![CDATA[Yes, swim!]]></edu>
  <edu id="e5" implicit="true"><![CDATA[Swimming is fun.]]></edu>
  <joint id="j1"/><adu id="a1" type="pro"/><adu id="a2" type="opp"/><adu id="a3" type="pro"/>
  <edge id="s1" src="e1" trg="a1" type="seg"/><edge id="s2" src="e2" trg="j1" type="seg"/>
  <edge id="s3" src="e3" trg="j1" type="seg"/><edge id="s4" src="e4" trg="a1" type="seg"/>
  <edge id="s5" src="e5" trg="a3" type="seg"/><edge id="s6" src="j1" trg="a2" type="seg"/>
  <edge id="c1" src="a2" trg="a1" type="reb"/><edge id="c2" src="a3" trg="a1" type="sup"/>
</arggraph>
"""


def test_an_arggraph_tells_wordings_from_joint_and_implicit_segments(imported) -> None:
    found = imported(RESTATED, "swim.xml")

    assert {
        found.debate.name(claim.iri): (claim.text, {quote.exact for quote in claim.quotes})
        for claim in found.debate.claims
    } == {
        "swim-a1": ("Swim!", {"Swim!", "Yes, swim!"}),
        "swim-a2": ("Sharks are about.", {"Sharks", "are about."}),
        "swim-a3": ("Swimming is fun.", set()),
    }
    assert [note.message for note in found.notes] == ["implicit segments, not quoted: 1"]


def test_a_name_that_fits_no_iri_is_kept_as_identifier() -> None:
    part = part_of("a.argdown")
    part.claim("Voice of the People (1.7)", "A.")
    part.claim("voice-of-the-people-1-7", "B.")
    part.claim("«»", "C.")

    debate, _ = joined([part], namespace="https://example.org/d#")

    assert {debate.name(c.iri): (c.text, c.identifier) for c in debate.claims} == {
        "voice-of-the-people-1-7": ("B.", ""),
        "voice-of-the-people-1-7-2": ("A.", "Voice of the People (1.7)"),
        "claim": ("C.", "«»"),
    }


def test_a_slug_is_never_too_long() -> None:
    assert slug("word " * 50) == "-".join(["word"] * 12)
    assert len(slug("x" * 500)) == 60


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<arggraph>\n<edu id='e'>", "f.xml:2:13: not XML"),
        (b"<arggraph>\n\xff</arggraph>", "f.xml:2:"),
        (b'<!DOCTYPE x [\n<!ENTITY a "b">]><arggraph>&a;</arggraph>', "f.xml:2:1: declares XML"),
        (b"<arggraph><adu type='pro'/></arggraph>", "f.xml:1:1: an element 'adu' without 'id'"),
        (b"<other/>", "f.xml: in no known format; name it with --from: "),
    ],
)
def test_a_faulty_file_is_one_line_with_its_place(run, tmp_path, data, said) -> None:
    file = tmp_path / "f.xml"
    file.write_bytes(data)

    result = run("import", str(file))

    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_the_rest_of_a_folder_is_read_if_asked(run, tmp_path) -> None:
    (tmp_path / "bad.xml").write_text("<arggraph>", encoding="utf-8")
    (tmp_path / "good.xml").write_text(TRAMS, encoding="utf-8")
    (tmp_path / "other.xml").write_text("<html/>", encoding="utf-8")
    output = tmp_path / "out" / "claims.ttl"

    refused = run("import", str(tmp_path), "-o", str(output))
    assert refused.exit_code == 1
    assert not output.exists()

    result = run("import", str(tmp_path), "-o", str(output), "--keep-going")
    assert result.exit_code == 1
    assert len(dissensus.read(output)) == 5
    assert "bad.xml:1:" in result.stderr
    assert "other.xml: warning: passed over: in no known format" in result.stderr
    assert "1 arggraph; 5 claims" in result.stderr
