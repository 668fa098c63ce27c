"""Importing from other tools: Kialo, Polis, brat, SADFace, and a plain spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import dissensus
from dissensus.graph.model import Quote
from dissensus.graph.terms import LinkKind
from dissensus.graph.writing import debate_turtle, write_text


@pytest.fixture
def imported(tmp_path: Path):
    """Imports texts as files of these names; their Turtle passes `check`."""

    def call(**files: str) -> dissensus.Import:
        folder = tmp_path / "in"
        folder.mkdir()
        for name, text in files.items():
            (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
        found = dissensus.import_debate([folder] if len(files) > 1 else sorted(folder.iterdir()))
        turtle = tmp_path / "claims.ttl"
        write_text(turtle, debate_turtle(found.debate))
        assert [f for f in dissensus.check([turtle]) if f.severity.value == "error"] == []
        return found

    return call


def shown(debate: dissensus.Debate) -> set[tuple[str, str, str]]:
    """Each link as premises, kind and end."""
    return {
        (
            " + ".join(debate.name(premise) for premise in link.premises),
            link.kind.word,
            debate.name(link.conclusion),
        )
        for link in debate.links
    }


KIALO = """Discussion Title: Should trams be free?

1. Trams should be free.
They are not today.
1.1. Pro: Free trams take cars off [the road](https://example.org/cars).
1. A list inside a text.
1.1.1. Con: -> See 1.2.
1.2. Con: Somebody has to pay \\(always\\).
1.2.1. Con: -> See 9.9.
"""


def test_kialo_is_a_tree_of_pros_and_cons(imported) -> None:
    found = imported(kialo__txt=KIALO)

    debate = found.debate
    assert (debate.title, debate.questions[0].label) == ("Should trams be free?",) * 2
    assert debate.claim("1").text == "Trams should be free.\nThey are not today."
    cars = debate.claim("1.1")
    assert cars.text == "Free trams take cars off the road.\n1. A list inside a text."
    assert cars.notes == ("Source: the road https://example.org/cars",)
    assert debate.claim("1.2").text == "Somebody has to pay (always)."
    assert shown(debate) == {
        ("1.1", "support", "1"),
        ("1.2", "rebuttal", "1.1"),
        ("1.2", "rebuttal", "1"),
    }
    assert [speaker.label for speaker in debate.speakers] == [
        "Unnamed author of Should trams be free?"
    ]
    assert [note.message for note in found.notes] == ["1.2.1 refers to 9.9, which is not there"]
    assert found.notes[0].line == 9


COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1500000000000,x,0,3,2,1,1,"Trams, free."
1500000000000,x,1,3,0,0,-1,Rejected.
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1,x,0,3,-1
2,x,0,3,1
3,x,0,4,-1
4,x,0,5,0
5,x,1,4,1
"""
MATRIX = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1
3,0,2,1,1,0,1,
6,1,0,1,0,1,-1,
"""


def test_polis_votes_are_stances_and_the_last_vote_counts(imported) -> None:
    found = imported(
        comments__csv=COMMENTS, votes__csv=VOTES, participants__csv=MATRIX,
        summary__csv="topic,Free trams\nurl,http://x\nviews,7\n",
    )  # fmt: skip

    debate = found.debate
    assert debate.title == "Free trams"
    (claim,) = debate.claims
    assert (claim.text, claim.said_on) == ("Trams, free.", "2017-07-14")
    label = {speaker.iri: speaker.label for speaker in debate.speakers}
    assert {(label[s.speaker], s.accepts) for s in debate.stances} == {
        ("Participant 3", True),
        ("Participant 4", False),
        ("Participant 6", False),
    }
    assert [note.message for note in found.notes] == [
        "comments that the moderators took out are left out: 1",
        "stances left out for want of claim '1': 1",
    ]


BRAT = """T1\tMajorClaim 10 30\tTrams should be free
T2\tMajorClaim 90 99\tFree trams
T3\tClaim 40 60\tcars go away
T4\tPremise 61 80\tair gets clean
T5\tClaim 81 89\twho pays
A1\tStance T3 For
A2\tStance T5 Against
R1\tsupports Arg1:T4 Arg2:T3\t
R2\tattacks Arg1:T5 Arg2:T3
#1\tAnnotatorNotes T4\tcheck this
"""


def test_a_brat_essay_has_one_position_in_two_wordings(imported) -> None:
    found = imported(essay__ann=BRAT, essay__txt="On trams\n\n...")

    debate = found.debate
    assert debate.title == debate.documents[0].title == "On trams"
    wordings = {debate.claim_number("essay-T1"), debate.claim_number("essay-T2")}
    assert [set(pair) for pair in debate.restatements] == [wordings]
    assert shown(debate) == {
        ("essay-T4", "support", "essay-T3"),
        ("essay-T5", "rebuttal", "essay-T3"),
        ("essay-T3", "support", "essay-T1"),
        ("essay-T5", "rebuttal", "essay-T1"),
    }
    claim = debate.claim("essay-T4")
    assert claim.quotes == (Quote("air gets clean", document=debate.documents[0].iri),)
    assert claim.notes == ("check this",)


TABLE = """id;text;speaker;relation;target;with;topic;strength
yes;"Trams should be free; now.";Ana; Ben;;;;fares;0,8
fair;It is fair.;Ana;supports;yes;cheap;;
cheap;It is cheap.;;;;;;
;Who pays?;Ben;rebuts;Trams should be free; now.;;;
""".replace("Ana; Ben", '"Ana; Ben"').replace(
    "rebuts;Trams should be free; now.", 'rebuts;"Trams should be free; now."'
)


def test_a_spreadsheet_is_a_debate(imported) -> None:
    debate = imported(
        t__csv=TABLE + "odd;Not fair to walkers.;Ben;undercuts;fair -> yes;;;\n"
    ).debate

    yes = debate.claim("yes")
    assert (yes.text, yes.strength) == ("Trams should be free; now.", 0.8)
    assert [
        debate.speakers[s].label for s in debate.claim_speakers[debate.claim_number("yes")]
    ] == [
        "Ana",
        "Ben",
    ]
    (step,) = (link for link in debate.links if link.kind is LinkKind.SUPPORT)
    assert {debate.name(premise) for premise in step.premises} == {"fair", "cheap"}
    assert ("4", "rebuttal", "yes") in shown(debate)
    assert ("odd", "undercut", debate.name(step.iri)) in shown(debate)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("id,words\na,b", "f.csv:1:1: no column named 'text' among id, words"),
        ("text,relation,target\nA,supports,B", "f.csv:2:1: there is no claim 'B'"),
        (
            "id,text,relation,target\nalpha,A,,\nb,B,rebuts,alhpa",
            "f.csv:3:1: there is no claim 'alhpa'; did you mean 'alpha'?",
        ),
        ("text,relation,target\nA,,\nB,refutes,A", "f.csv:3:1: no such relation: 'refutes'"),
        (
            "text,relation,target\nA,,\nB,rebuts,",
            "f.csv:3:1: a row with only one of relation and target: no target",
        ),
        ("id,text\na,A\nb,", "f.csv:3:1: a row without a text"),
        ('text\n"A', "f.csv:2:1: not a table: unexpected end of data"),
        ("text,strength\nA,2", "f.csv:2:1: '2' is no number from 0 to 1"),
        ("text,kind\nA,fact", "f.csv:2:1: no such kind: 'fact'; take one of claim, evidence"),
        ("text,relation,target\nA,,\nB,undercuts,A", "f.csv:3:1: 'A' is no step; name the two"),
    ],
)  # fmt: skip
def test_a_faulty_row_is_told_with_its_line(run, tmp_path, rows, said) -> None:
    file = tmp_path / "f.csv"
    file.write_text(rows, encoding="utf-8")

    result = run("import", str(file), "--from", "table")

    assert result.exit_code == 1
    assert said in result.stderr


def test_the_shipped_debate_survives_a_spreadsheet(shipped, imported) -> None:
    text = dissensus.export_debate(shipped, "table").text

    again = imported(ai__csv=text).debate

    def plain(debate):
        return {
            (
                debate.name(claim.iri), claim.text, claim.kind, claim.said_on, claim.strength,
                claim.language,
                *(
                    tuple(sorted(entities[each].label for each in rows[number]))
                    for rows, entities in (
                        (debate.claim_speakers, debate.speakers),
                        (debate.claim_topics, debate.topics),
                        (debate.claim_questions, debate.questions),
                        (debate.claim_values, debate.values),
                    )
                ),
            )
            for number, claim in enumerate(debate.claims)
        }  # fmt: skip

    assert plain(again) == plain(shipped)
    ends = [link for link in shipped.links if link.kind is not LinkKind.UNDERCUT]
    assert len([link for link in again.links if link.kind is not LinkKind.UNDERCUT]) == len(ends)
    assert len(again.links) == len(shipped.links)
    assert len(again.restatements) == len(shipped.restatements)


def test_csv_tables_hold_every_claim_link_and_quote(shipped, run, tmp_path) -> None:
    result = run("export", "--to", "csv", "-o", str(tmp_path / "tables"))

    assert (result.exit_code, result.stderr) == (0, f"wrote {tmp_path / 'tables'}\n")

    def rows(name: str) -> list[dict[str, str]]:
        text = (tmp_path / "tables" / name).read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    assert [row["text"] for row in rows("claims.csv")] == list(shipped.claim_texts)
    assert [row["iri"] for row in rows("links.csv")] == list(shipped.link_iris)
    assert len(rows("quotes.csv")) == sum(
        len(record.quotes) for record in (*shipped.claims, *shipped.links)
    )
    assert run("export", "--to", "csv").exit_code == 2


def test_what_divides_the_participants_of_polis_most_comes_first(imported) -> None:
    """Two comments that nothing is argued about: the votes alone tell which is more contested."""
    votes = "timestamp,datetime,comment-id,voter-id,vote\n" + "".join(
        f"1,x,{comment},{voter},{vote}\n"
        for comment, against in ((0, 1), (1, 3))
        for voter in range(6)
        for vote in (-1 if voter < against else 1,)
    )
    comments = COMMENTS.partition("\n")[0] + "\n1,x,0,0,0,0,1,Calm.\n1,x,1,0,0,0,1,Divisive.\n"
    debate = imported(comments__csv=comments, votes__csv=votes).debate

    first, second = dissensus.disagreements(debate)

    texts = [{c.text for side in point.sides for c in side.claims} for point in (first, second)]
    assert texts == [{"Divisive."}, {"Calm."}]


SADFACE = {
    "metadata": {"core": {"title": "Trams", "analyst_name": "A User", "created": "2020-01-01"}},
    "resources": [
        {"id": "r1", "content": "Trams should be free, since cars pollute.", "type": "text",
         "metadata": {"core": {"title": "On trams", "url": "https://example.org/trams"}}},
    ],
    "nodes": [
        {"id": "a1", "type": "atom", "text": "Trams should be free", "metadata": {},
         "sources": [{"resource_id": "r1", "text": "Trams should be free", "offset": 0}]},
        {"id": "a2", "type": "atom", "text": "cars pollute", "sources": [], "metadata": {}},
        {"id": "a3", "type": "atom", "text": "electric cars do not", "sources": []},
        {"id": "s1", "type": "inference", "name": "Practical Reasoning", "metadata": {}},
        {"id": "s2", "type": "conflict", "name": "attack", "metadata": {}},
        {"id": "x", "type": "oddity"},
    ],
    "edges": [
        {"id": "e1", "source_id": "a2", "target_id": "s1"},
        {"id": "e2", "source_id": "s1", "target_id": "a1"},
        {"id": "e3", "source_id": "a3", "target_id": "s2"},
        {"id": "e4", "source_id": "s2", "target_id": "s1"},
    ],
}  # fmt: skip


@pytest.mark.parametrize("kinds", ["new", "old"])
def test_sadface_is_read_with_its_passages(imported, kinds) -> None:
    text = json.dumps(SADFACE)
    if kinds == "old":
        for kind in ("inference", "conflict"):
            text = text.replace(f'"type": "{kind}"', '"type": "scheme"')

    found = imported(trams__json=text)

    debate = found.debate
    assert debate.title == "Trams"
    assert shown(debate) == {("a2", "support", "a1"), ("a3", "undercut", "s1")}
    assert debate.link_at(debate.link_number("s1")).scheme == "Practical Reasoning"
    (document,) = debate.documents
    assert (document.title, document.url) == ("On trams", "https://example.org/trams")
    assert debate.claim("a1").quotes == (Quote("Trams should be free", document=document.iri),)
    assert [note.message for note in found.notes] == ["a node of type 'oddity' is left out"]
