"""The sample corpora: nothing is lost on the way in, and what a format can hold comes back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import dissensus
from dissensus.graph.terms import LinkKind
from dissensus.graph.writing import debate_turtle

ENDINGS = {"aif": "json", "xaif": "json", "aif-rdf": "ttl", "argdown": "argdown", "table": "csv"}
KINDS = {"sup": "support", "exa": "support", "reb": "rebuttal", "und": "undercut"}


def test_every_adu_and_edge_of_the_microtexts_is_in_the_debate(sample_data: Path) -> None:
    from lxml import etree

    files = sorted((sample_data / "data" / "arggraph").glob("*.xml"))
    assert len(files) == 112
    for file in files:
        root = etree.parse(file).getroot()
        found = dissensus.import_debate([file])
        edges = Counter(edge.get("type") for edge in root.iter("edge"))
        links = Counter(link.kind.word for link in found.debate.links)
        joint = sum(len(link.premises) - 1 for link in found.debate.links)

        assert len(found.debate) == len(list(root.iter("adu"))), file.name
        assert links == Counter(KINDS[e.get("type")] for e in root.iter("edge")
                                if e.get("type") in KINDS), file.name  # fmt: skip
        assert joint == edges["add"], file.name
        assert set(edges) <= {*KINDS, "add", "seg"}
        assert found.notes == ()


def test_the_microtexts_are_one_debate_between_two_voices(sample_data: Path, tmp_path: Path, run):
    out = tmp_path / "claims.ttl"

    result = run("import", str(sample_data / "data" / "arggraph"), "-o", str(out))

    assert "files read: 112 arggraph; 576 claims, 443 links, 2 speakers" in result.stderr
    assert run("check", str(out)).exit_code == 0
    points = dissensus.disagreements(dissensus.read(out))
    assert {s.label for p in points for side in p.sides for s in side.speakers} == {
        "Proponent", "Opponent",
    }  # fmt: skip


def told(debate: dissensus.Debate) -> tuple[object, ...]:
    """What every format holds: claims by their words and speakers, and how they are joined."""
    speakers = {speaker.iri: speaker.label for speaker in debate.speakers}
    texts = {claim.iri: " ".join(claim.text.split()) for claim in debate.claims}

    def end(iri: str) -> object:
        if iri in texts:
            return texts[iri]
        link = debate.link_at(debate.link_number(iri))
        return link.kind, frozenset(texts[p] for p in link.premises), end(link.conclusion)

    return (
        Counter((texts[c.iri], frozenset(speakers[s] for s in c.speakers)) for c in debate.claims),
        Counter((ln.kind, frozenset(texts[p] for p in ln.premises), end(ln.conclusion))
                for ln in debate.links),
    )  # fmt: skip


@pytest.mark.parametrize("name", ENDINGS)
def test_microtexts_come_back_from_every_format(sample_data: Path, tmp_path: Path, name) -> None:
    for file in sorted((sample_data / "data" / "arggraph").glob("*.xml")):
        debate = dissensus.import_debate([file]).debate
        back = came_back(debate, name, tmp_path)
        nested = sum(
            link.kind is LinkKind.UNDERCUT
            and debate.link_at(debate.link_number(link.conclusion)).kind is LinkKind.UNDERCUT
            for link in debate.links
        )
        if name != "table" or not nested:  # a table has no undercuts of undercuts, and says so
            assert told(back) == told(debate), file.name


@pytest.mark.parametrize("name", ENDINGS)
def test_argdown_documents_come_back_from_every_format(sample_data, tmp_path, name) -> None:
    for file in sorted((sample_data / "data" / "argdown").glob("*.argdown")):
        debate = dissensus.import_debate([file]).debate
        back = came_back(debate, name, tmp_path)

        claims, links = told(debate)
        claims_again, links_again = told(back)
        assert claims_again == claims, file.name
        if name == "table":
            lost = dissensus.export_debate(debate, name).losses
            counter = [int(loss.split(": ")[1]) for loss in lost if loss.startswith("undercuts")]
            assert sum((links - links_again).values()) == sum(counter), file.name
        else:
            assert links_again == links, file.name


def came_back(debate: dissensus.Debate, name: str, folder: Path) -> dissensus.Debate:
    """The debate, once it has been written in a format and read again."""
    file = folder / f"back.{ENDINGS[name]}"
    file.write_bytes(dissensus.export_debate(debate, name).files[""])
    return dissensus.import_debate([file], format=name, namespace=debate.prefixes[""]).debate


def test_node_sets_come_back_from_a_table_and_from_argdown(sample_data: Path, tmp_path: Path):
    for file in sorted((sample_data / "data" / "aif" / "araucaria").glob("*.json")):
        debate = dissensus.import_debate([file]).debate
        spaces = sum(c.text != " ".join(c.text.split()) for c in debate.claims)
        loss = f"line breaks and runs of spaces in {spaces} texts"
        assert (loss in dissensus.export_debate(debate, "argdown").losses) is (spaces > 0)
        for name in ("table", "argdown"):
            assert told(came_back(debate, name, tmp_path)) == told(debate), (file.name, name)


def test_named_people_disagree_in_the_debates_of_2016(sample_data: Path, tmp_path: Path, run):
    found = dissensus.import_debate([sample_data / "data" / "aif" / "us-2016"])

    points = dissensus.disagreements(found.debate)

    assert len(points) > 20
    named = [
        point
        for point in points
        if all(
            side.speakers and not side.speakers[0].label.startswith("Unnamed")
            for side in point.sides
        )
    ]
    assert len(named) > len(points) / 2
    turtle = tmp_path / "2016.ttl"
    turtle.write_text(debate_turtle(found.debate), encoding="utf-8")
    listed = run("disagreements", claims=turtle).stdout.splitlines()
    assert "  1. the General public doesn't care about tax returns" in listed  # no mere number
    people = {s.label for point in named for side in point.sides for s in side.speakers}
    assert {"CLINTON", "TRUMP"} & {person.upper() for person in people}
