"""AIF: node sets of AIFdb and OVA become debates, and debates node sets, with who says what."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse, serialize

import dissensus
from dissensus.graph.debate import Debate
from dissensus.graph.exchange.joining import joined
from dissensus.graph.exchange.part import Part
from dissensus.graph.exchange.source import Source
from dissensus.graph.model import Claim, Quote, Speaker, Stance
from dissensus.graph.terms import LinkKind
from dissensus.graph.writing import debate_turtle, write_text

AIF = "http://www.arg.tech/aif#"
FORMATS = {"aif": "json", "xaif": "json", "aif-rdf": "ttl"}


def node_set(nodes: str, edges: str, **more: object) -> dict:
    """A node set from lines "id kind text" and words "id>id"."""
    rows = [line.split(None, 2) for line in nodes.strip().splitlines()]
    return {
        "nodes": [
            {"nodeID": row[0], "type": row[1], "text": row[2] if len(row) > 2 else ""}
            for row in rows
        ],
        "edges": [
            {"edgeID": number, "fromID": edge.split(">")[0], "toID": edge.split(">")[1]}
            for number, edge in enumerate(edges.split())
        ],
        **more,
    }


DIALOGUE = node_set(
    """
    1 I Trams should be free.
    2 I Free trams take cars off the road.
    3 I Nobody leaves a car for a free tram.
    4 L Ana : We should make them free!
    5 L Ben : People drive anyway.
    6 L Cem : Quite so.
    7 YA Asserting
    8 YA Asserting
    9 RA Argument From Consequences
    10 CA Default Conflict
    11 TA Default Transition
    12 YA Disagreeing
    13 TA Default Transition
    14 YA Agreeing
    """,
    "4>7 7>1 5>8 8>3 2>9 9>1 3>10 10>9 4>11 11>5 11>12 12>10 5>13 13>6 13>14 14>3",
)


@pytest.fixture
def imported(tmp_path: Path):
    """Imports a value or text as a file, writes it as Turtle, which has to pass `check`."""

    def call(content: object, name: str = "set.json", **options) -> dissensus.Import:
        file = tmp_path / "in" / name
        file.parent.mkdir(exist_ok=True)
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return checked(dissensus.import_debate([file], **options), tmp_path)

    return call


def checked(found: dissensus.Import, folder: Path) -> dissensus.Import:
    turtle = folder / "claims.ttl"
    write_text(turtle, debate_turtle(found.debate))
    assert not [f for f in dissensus.check([turtle]) if f.severity.value == "error"]
    again = dissensus.read(turtle)
    assert content(again) == content(found.debate)
    return found


def messages(found: dissensus.Import) -> list[str]:
    return [note.message for note in found.notes]


def labels(debate: dissensus.Debate, iris) -> list[str]:
    """The names of speakers, without the unnamed authors of files."""
    found = [debate.speakers[debate.speaker_numbers[iri]].label for iri in iris]
    return [label for label in found if not label.startswith("Unnamed author of ")]


def content(debate: dissensus.Debate) -> tuple:
    """What a debate says, without its title and the order in which a claim has its quotes."""
    return (
        [(*astuple_without_quotes(claim), sorted(claim.quotes)) for claim in debate.claims],
        debate.links,
        debate.speakers,
        debate.questions,
        sorted(document.title for document in debate.documents),
        sorted(map(repr, debate.stances)),
        debate.restatements,
        debate.contradictions,
    )


def astuple_without_quotes(claim: dissensus.Claim) -> tuple:
    return tuple(getattr(claim, name) for name in claim.__dataclass_fields__ if name != "quotes")


# -- what the nodes mean --------------------------------------------------------------------


def test_a_dialogue_becomes_claims_with_the_names_of_those_who_say_them(imported) -> None:
    found = imported(DIALOGUE)
    debate = found.debate

    ana = debate.claim("1")
    assert (ana.text, labels(debate, ana.speakers)) == ("Trams should be free.", ["Ana"])
    assert [quote.exact for quote in ana.quotes] == ["We should make them free!"]
    assert [document.title for document in debate.documents] == ["set"]
    support, undercut = debate.link_at(0), debate.link_at(1)
    support, undercut = sorted((support, undercut), key=lambda link: link.kind)
    assert (support.kind, support.scheme) == (LinkKind.SUPPORT, "Argument From Consequences")
    assert (undercut.kind, undercut.conclusion) == (LinkKind.UNDERCUT, support.iri)
    assert labels(debate, undercut.speakers) == ["Ben"]
    (stance,) = debate.stances
    assert labels(debate, [stance.speaker]) == ["Cem"]
    assert (stance.claim, stance.accepts) == (debate.claim("3").iri, True)
    assert stance.quotes[0].exact == "Quite so."
    assert messages(found) == ["transitions between locutions (TA), which are not kept: 2"]


def test_joint_premises_stay_joint_and_several_conclusions_become_links(imported) -> None:
    found = imported(node_set("1 I A\n2 I B\n3 I C\n4 I D\n5 RA", "1>5 2>5 5>3 5>4"))

    assert [len(link.premises) for link in found.debate.links] == [2, 2]
    assert [found.debate.name(link.iri) for link in found.debate.links] == ["5", "5-2"]
    assert messages(found) == ["RA nodes with several conclusions, a link for each: 1"]


def test_a_rephrase_is_a_restatement_and_an_answer_to_what_is_only_asked(imported) -> None:
    nodes = """
    1 I Trams are fair.
    2 I Everyone can take a tram.
    3 I Are trams fair?
    4 L Ana : Are they?
    5 YA Pure Questioning
    6 MA Default Rephrase
    7 MA Default Rephrase
    """
    found = imported(node_set(nodes, "4>5 5>3 2>6 6>1 1>7 7>3"))
    debate = found.debate

    assert debate.restatements == ((debate.claim_number("2"), debate.claim_number("1")),)
    assert [question.label for question in debate.questions] == ["Are trams fair?"]
    assert debate.claim("1").questions == (debate.questions[0].iri,)
    assert messages(found) == ["who asks a question (pure questioning): 1"]


def test_a_question_that_is_argued_about_stays_a_claim(imported) -> None:
    nodes = "1 I Trams are fair.\n2 I B\n3 RA\n4 L Ana : Are they?\n5 YA Pure Questioning"
    found = imported(node_set(nodes, "2>3 3>1 4>5 5>1"))

    assert labels(found.debate, found.debate.claim("1").speakers) == []
    assert messages(found) == ["pure questions about I nodes, which have no counterpart: 1"]


@pytest.mark.parametrize(
    ("force", "asserted", "accepts"),
    [
        ("Asserting", True, None),
        ("AssertiveQuestioning", True, None),
        ("Rhetorical Questioning", True, None),
        ("Default Illocuting", True, None),
        ("Promising", True, None),
        ("Agreeing", False, True),
        ("Popular Conceding", False, True),
        ("Disagreeing", False, False),
        ("Pure Challenging", False, None),
        ("Retracting", False, None),
    ],
)
def test_the_force_decides_what_a_locution_does(imported, force, asserted, accepts) -> None:
    debate = imported(node_set(f"1 I A\n2 L Ana : a!\n3 YA {force}", "2>3 3>1")).debate

    assert labels(debate, debate.claim("1").speakers) == (["Ana"] if asserted else [])
    assert [stance.accepts for stance in debate.stances] == ([] if accepts is None else [accepts])


def test_who_reports_what_another_says_is_a_reporter(imported) -> None:
    nodes = """
    1 I ObamaCare is a disaster.
    2 L TRUMP : ObamaCare is a disaster.
    3 L BAIER : TRUMP : ObamaCare is a disaster.
    4 YA Asserting
    5 YA Asserting
    """
    claim = imported(node_set(nodes, "2>4 4>1 3>5 5>2")).debate.claim("1")

    assert [iri.rpartition("#")[2] for iri in claim.speakers] == ["trump"]
    assert [iri.rpartition("#")[2] for iri in claim.reporters] == ["baier"]


def test_a_locution_that_is_argued_about_is_a_claim(imported) -> None:
    found = imported(node_set("1 L Ana : Trams are slow.\n2 I B\n3 RA", "1>3 3>2"))

    claim = found.debate.claim("1")
    assert (claim.text, len(claim.speakers)) == ("Trams are slow.", 1)
    assert "locutions (L) that are argued about, read as claims: 1" in messages(found)


def test_a_logical_conflict_both_ways_is_a_contradiction(imported) -> None:
    nodes = "1 I A\n2 I B\n3 CA Logical Conflict\n4 CA Logical Conflict\n5 CA Logical Conflict"
    debate = imported(node_set(nodes, "1>3 3>2 2>4 4>1 2>5 5>1")).debate

    assert debate.contradictions == ((0, 1),)
    assert [(link.kind, link.scheme) for link in debate.links] == [
        (LinkKind.REBUTTAL, "Logical Conflict"),
        (LinkKind.REBUTTAL, ""),
    ]


def test_a_table_of_participants_names_speakers_and_tells_when_they_spoke(imported) -> None:
    value = node_set(
        "1 I A\n2 L TRUMP : We do.\n3 YA Asserting\n4 I B\n5 L no name here\n6 YA Asserting",
        "2>3 3>1 5>6 6>4",
        locutions=[
            {"nodeID": "2", "personID": 7, "start": "2016-09-26 21:00:00"},
            {"nodeID": 5, "personID": "8", "start": "12.5"},
            {"nodeID": "9", "personID": "7"},
        ],
        participants=[{"participantID": "7", "firstname": "Donald", "surname": "Trump"}],
    )
    found = imported(value)
    first, second = found.debate.claims

    assert labels(found.debate, first.speakers) == ["Donald Trump"]
    assert (first.said_on, first.quotes[0].exact) == ("2016-09-26T21:00:00", "We do.")
    assert labels(found.debate, second.speakers) == ["person 8"]
    assert messages(found) == [
        "starts of locutions that are no dates, left out: 1",
        "locutions of nodes that are not there, left out: 1",
    ]


@pytest.mark.parametrize(
    ("texts", "speaker", "words"),
    [
        (["Fiona Bruce : At 10:30 : really"], "Fiona Bruce", "At 10:30 : really"),
        (["[00:12] Fiona Bruce : Yes"], "Fiona Bruce", "Yes"),
        (["10:30 : Yes"], None, "Yes"),
        (["Note: trams are slow"], None, "Note: trams are slow"),
        (["Ana: Yes", "Ana: No"], "Ana", "Yes"),
        (["Ana: Yes", "Ana : No"], "Ana", "Yes"),
        (["mfball :I feel", "mfball : No"], "mfball", "I feel"),
        (["Ana &amp; Ben : &quot;Yes&quot;"], "Ana & Ben", '"Yes"'),
        (["see http://example.org for more"], None, "see http://example.org for more"),
        (["What did she say ? Well : no"], None, "What did she say ? Well : no"),
        (["Ana :"], "Ana", ""),
    ],
)
def test_a_name_is_told_from_the_words(imported, texts, speaker, words) -> None:
    value = {"nodes": [], "edges": []}
    for number, text in enumerate(texts):
        value["nodes"] += [
            {"nodeID": f"i{number}", "type": "I", "text": "A"},
            {"nodeID": f"l{number}", "type": "L", "text": text},
            {"nodeID": f"y{number}", "type": "YA", "text": "Asserting"},
        ]
        value["edges"] += [
            {"fromID": f"l{number}", "toID": f"y{number}"},
            {"fromID": f"y{number}", "toID": f"i{number}"},
        ]
    debate = imported(value).debate
    claim = debate.claim("i0")

    assert labels(debate, claim.speakers) == ([speaker] if speaker else [])
    assert [quote.exact for quote in claim.quotes] == ([words] if words else [])


# -- odd files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrap",
    [
        lambda value: {"AIF": value, "OVA": {"nodes": []}, "text": {"txt": "<p>…"}},
        lambda value: {"nodeset": value},
        lambda value: [value],
        lambda value: {"nodesets": [{"nodes": [], "edges": []}, value]},
    ],
)
def test_a_node_set_is_found_in_what_it_is_wrapped_in(imported, wrap) -> None:
    assert content(imported(wrap(DIALOGUE)).debate) == content(imported(DIALOGUE).debate)


def test_kinds_and_ids_are_read_as_they_come(imported) -> None:
    value = {
        "nodes": [
            {"nodeID": 1, "type": "i", "text": "A"},
            {"nodeID": 2.0, "type": "I-node", "text": "B"},
            {"id": "3", "type": "Inference", "text": "RA", "scheme": "CauseToEffect"},
        ],
        "edges": [{"from": {"id": 1}, "to": {"id": "3"}}, {"source": 3, "target": 2}],
    }
    debate = imported(value, format="aif").debate

    assert debate.claim_texts == ("A", "B")
    assert debate.link_at(0).scheme == "Cause To Effect"


def test_what_is_wrong_in_a_node_set_is_noted_with_its_line(imported) -> None:
    value = node_set(
        "1 I A\n2 I B\n3 RA\n4 RA\n5 XX odd\n6 PA\n7 MA\n8 I B",
        "1>3 3>2 1>4 9>1 1>1 1>2 1>3 3>7 3>4",
    )
    value["nodes"] += [{"nodeID": "1", "type": "I", "text": "Z"}, {"type": "I"}, 7]
    value["edges"] += [{"fromID": "1"}]
    value["locutions"] = "none"
    found = imported(json.dumps(value, indent=1))

    assert [str(note).partition("set.json")[2] for note in found.notes] == [
        ":4:1: warning: an edge from '1' to itself is left out",
        ": warning: 'locutions' is no list: left out",
        ":4:1: warning: an edge from '9' to '1' is left out: there is no node '9'",
        ":34:1: warning: MA '7' is left out: it has nothing that rephrases",
        ":19:1: warning: RA '4' is left out: it has no conclusion",
        ":24:1: warning: nodes of unknown type 'XX', left out: 1",
        ":4:1: warning: nodes that are listed again with another content; the first one holds: 1",
        ": warning: nodes without a 'nodeID', left out: 1",
        ": warning: entries of 'nodes' that are no objects, left out: 1",
        ":4:1: warning: edges that are listed again: 1",
        ": warning: edges without 'fromID' or 'toID', left out: 1",
        ":4:1: warning: edges from I to I nodes, left out: 1",
        ":14:1: warning: ends of RA nodes on MA nodes, left out: 1",
        ":14:1: warning: ends of RA nodes on RA nodes, left out: 1",
        ":29:1: warning: preferences (PA), which have no counterpart: 1",
    ]
    assert len(found.debate.links) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"nodes": [{"nodeID": "1", "type"', "f.json:1:34: not JSON"),
        (b'{"nodes":\n [{"nodeID": "\xff"}]}', "f.json:2:15: byte 0xFF is not UTF-8"),
        (b'{"nodes": [{"nodeID": ' + b"9" * 5000 + b"}]}", "a number has too many digits"),
        (b'{"nodes": [' + b"[" * 10_000 + b'"nodeID"', "nested too deeply"),
        (b'{"nodes": 3, "edges": [], "locutions": []}', "f.json:1:1: holds no list 'nodes'"),
        (b"<html>Not found</html>", "in no known format"),
    ],
)
def test_a_faulty_file_is_one_line(run, tmp_path, data, said) -> None:
    file = tmp_path / "f.json"
    file.write_bytes(data)

    result = run("import", str(file))

    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_hostile_ids_and_texts_pass(imported) -> None:
    value = {
        "nodes": [
            {"nodeID": 'a "b" <c>', "type": "I", "text": "a\u0000b\u202e\ud800\u001b[2J"},
            {"nodeID": "\n", "type": "I", "text": "x" * 1_000_000},
            {"nodeID": "é 's", "type": "RA", "text": "RA"},
        ],
        "edges": [{"fromID": 'a "b" <c>', "toID": "é 's"}, {"fromID": "é 's", "toID": "\n"}],
    }
    debate = imported(value).debate

    assert sorted(claim.identifier for claim in debate.claims) == ["", 'a "b" <c>']
    assert debate.link_at(0).identifier == "é 's"


def test_an_empty_node_set_is_an_empty_debate(imported) -> None:
    found = imported({"nodes": [], "edges": [], "locutions": []})

    assert (len(found.debate), found.notes) == (0, ())


def test_utf_16_is_read(imported) -> None:
    found = imported(json.dumps(DIALOGUE).encode("utf-16"))

    assert len(found.debate) == 3


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
rows = st.dictionaries(
    st.sampled_from(["nodeID", "type", "text", "scheme", "fromID", "toID", "personID", "start"]),
    st.sampled_from(["1", "2", "3", 1, "I", "L", "RA", "CA", "MA", "YA", "TA", "Asserting"])
    | json_values,
)
tables = st.dictionaries(
    st.sampled_from(["edges", "locutions", "participants"]),
    st.lists(rows | json_values, max_size=6) | json_values,
)


@given(st.lists(rows | json_values, max_size=8), tables)
def test_no_node_set_makes_the_reader_fall_over(tmp_path_factory, nodes, more) -> None:
    file = tmp_path_factory.mktemp("odd") / "odd.json"
    file.write_text(json.dumps({"nodes": nodes, **more}), encoding="utf-8")

    found = dissensus.import_debate([file], format="aif")

    debate_turtle(found.debate)


# -- folders --------------------------------------------------------------------------------


def test_a_corpus_is_joined_on_the_ids_and_its_side_cars_are_passed_over(run, tmp_path) -> None:
    for name in ("nodeset1", "nodeset2"):
        (tmp_path / f"{name}.json").write_text(json.dumps(DIALOGUE), encoding="utf-8")
        (tmp_path / f"{name}.txt").write_bytes(b"\xff no text")
        (tmp_path / f"{name}.svg").write_text("<svg/>", encoding="utf-8")
        (tmp_path / f"{name}.rdf").write_text(
            '<rdf:RDF xmlns:aif="http://www.arg.tech/aif#"', encoding="utf-8"
        )
    (tmp_path / "gone.json").write_text("<html/>", encoding="utf-8")

    result = run("import", str(tmp_path))

    assert result.exit_code == 0
    assert [line.partition(str(tmp_path))[2] or line for line in result.stderr.splitlines()] == [
        "/gone.json: warning: passed over: in no known format; so are 4 more (.svg 2, .txt 2)",
        "/nodeset1.rdf: warning: passed over: says what another file of its name says too; "
        "so are 1 more (.rdf 1)",
        "/nodeset1.json:1:1: warning: transitions between locutions (TA), which are not kept: "
        "4 in 2 files, first here",
        "files read: 2 aif; 3 claims, 2 links, 4 speakers",
    ]
    assert 'd:fileName "nodeset1.txt"' in result.stdout


def kinds(folder: Path) -> Counter[str]:
    """How many nodes of each kind there are in the node sets, each node counted once."""
    nodes = {}
    for file in sorted(folder.glob("*.json")):
        for node in json.loads(file.read_text(encoding="utf-8"))["nodes"]:
            nodes[node["nodeID"]] = node["type"]
    return Counter(nodes.values())


def tallies(found: dissensus.Import) -> dict[str, int]:
    return {
        what: int(count.split()[0])
        for what, _, count in (message.rpartition(": ") for message in messages(found))
    }


def test_every_node_of_the_2016_debates_is_in_the_debate_or_in_a_note(
    sample_data, tmp_path
) -> None:
    folder = sample_data / "data" / "aif" / "us-2016"
    found = checked(dissensus.import_debate([folder]), tmp_path)
    debate, count, noted = found.debate, kinds(folder), tallies(found)

    from_locutions = noted["locutions (L) that are argued about, read as claims"]
    assert len(debate) + len(debate.questions) - from_locutions == count["I"]
    by_kind = Counter(link.kind for link in debate.links)
    assert by_kind == {LinkKind.SUPPORT: count["RA"], LinkKind.REBUTTAL: count["CA"]}
    answers = sum(len(claim.questions) for claim in debate.claims)
    assert len(debate.restatements) + answers == count["MA"] + 1  # one has two ends
    assert noted["transitions between locutions (TA), which are not kept"] == count["TA"]
    points = dissensus.disagreements(debate)
    assert len(points) > 30
    named = [point for point in points if all(side.speakers for side in point.sides)]
    assert len(named) > 25
    assert {"TRUMP", "CLINTON"} <= {speaker.label for speaker in debate.speakers}


def test_every_node_of_araucaria_is_in_the_debate(sample_data, tmp_path) -> None:
    folder = sample_data / "data" / "aif" / "araucaria"
    found = checked(dissensus.import_debate([folder]), tmp_path)

    by_kind = Counter(link.kind for link in found.debate.links)
    count = kinds(folder)
    assert len(found.debate) == count["I"]
    assert by_kind == {LinkKind.SUPPORT: count["RA"], LinkKind.REBUTTAL: count["CA"]}
    assert {link.scheme for link in found.debate.links} == {"", "Example", "Cause To Effect"}
    assert messages(found) == []


# -- there and back -------------------------------------------------------------------------


def back(debate: dissensus.Debate, name: str, folder: Path) -> dissensus.Debate:
    """The debate, once it has been written in a format and read again."""
    file = folder / f"back.{FORMATS[name]}"
    file.write_bytes(dissensus.export_debate(debate, name).files[""])
    return dissensus.import_debate([file], format=name, namespace=debate.prefixes[""]).debate


@pytest.mark.parametrize("name", FORMATS)
def test_samples_come_back_as_they_were(sample_data, tmp_path, name) -> None:
    for folder in ("us-2016", "araucaria"):
        files = sorted((sample_data / "data" / "aif" / folder).glob("*.json"))
        for file in files:
            debate = dissensus.import_debate([file]).debate
            assert content(back(debate, name, tmp_path)) == content(debate), file.name


words = st.text(max_size=12).map(str.strip).filter(bool)
names = st.sampled_from(["Ana", "Gavin Baker", "a : b", "x & y", "&amp;", "Dr: Who", "é", "a  b"])
days = st.sampled_from(["", "2016", "2016-09", "2016-09-26", "2016-09-26T21:00:00", "2016-09-26Z"])


@st.composite
def debates(draw) -> dissensus.Debate:
    """A debate of what AIF can hold."""
    part = Part(Source(Path("made"), "made", b""))

    def speakers(most: int = 2) -> tuple[str, ...]:
        return tuple(part.speaker(name) for name in draw(st.lists(names, max_size=most)))

    def quotes(text: str, most: int) -> tuple[Quote, ...]:
        exact = draw(st.lists(words.filter(lambda said: said != text), max_size=most, unique=True))
        return tuple(
            Quote(said, document=part.document(draw(st.sampled_from(["Talk", "A & B"]))))
            for said in exact
        )

    questions = [part.question(label) for label in draw(st.lists(words, max_size=2, unique=True))]
    claims = {}
    ids = st.sampled_from(["1", "2", "17", "a b", 'q"', "pivot", "L1", "1-said", "%41"])
    for name in draw(st.lists(ids, min_size=1, unique=True)):
        text = draw(words)
        key = part.claim(
            name,
            text,
            speakers=speakers(),
            reporters=speakers(1),
            quotes=quotes(text, 2),
            said_on=draw(days),
            questions=tuple(draw(st.lists(st.sampled_from(questions), max_size=2)) if questions
                            else ()),
        )  # fmt: skip
        claims[key] = text
    keys = list(claims)
    links = []
    for number in range(draw(st.integers(0, 4))):
        premises = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True))
        ends = [key for key in keys if key not in premises] + links
        if not ends:
            continue
        end = draw(st.sampled_from(ends))
        kinds = [LinkKind.SUPPORT, LinkKind.REBUTTAL] if end in keys else [LinkKind.UNDERCUT]
        schemes = ["", "Expert Opinion", "argument from example", "Ad hominem"]
        link = part.link(
            draw(st.sampled_from(kinds)),
            premises,
            end,
            draw(st.sampled_from(["", f"r{number}", f"r {number}"])),
            scheme=draw(st.sampled_from(schemes)),
            speakers=speakers(),
            reporters=speakers(1),
            said_on=draw(days),
        )
        links += [link] if link else []
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda p: p[0] != p[1])
    if len(keys) > 1:
        part.restatements += draw(st.lists(pairs, max_size=2))
        part.contradictions += draw(st.lists(pairs.map(sorted).map(tuple), max_size=2))
    for claim, name in draw(st.lists(st.tuples(st.sampled_from(keys), names), max_size=2)):
        part.stances.append(
            Stance(part.speaker(name), claim, draw(st.booleans()), draw(days),
                   quotes=quotes(claims[claim], 1))
        )  # fmt: skip
    # a link said twice is one link: who said it the second time may be left with nothing to say
    made = joined([part], namespace="https://example.org/made#")[0]
    heard = {s for one in (*made.claims, *made.links) for s in (*one.speakers, *one.reporters)}
    heard |= {stance.speaker for stance in made.stances}
    assume(all(speaker.iri in heard for speaker in made.speakers))
    return made


@pytest.mark.parametrize("name", FORMATS)
@given(debate=debates())
def test_what_aif_can_hold_comes_back(tmp_path_factory, name, debate) -> None:
    folder = tmp_path_factory.mktemp("back")

    assert content(back(debate, name, folder)) == content(debate)
    assert dissensus.export_debate(debate, name).losses == ()


@pytest.mark.parametrize("name", FORMATS)
def test_a_speaker_who_says_nothing_is_told_as_lost(name) -> None:
    debate = Debate(
        [Claim("urn:x:a", "A.", speakers=("urn:x:ana",))],
        speakers=[Speaker("urn:x:ana", "Ana"), Speaker("urn:x:ben", "Ben")],
    )
    assert dissensus.export_debate(debate, name).losses == ("speakers who say nothing: 1",)


# -- RDF ------------------------------------------------------------------------------------

AIFDB = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [
    <!ENTITY http "http://" >
]>
<rdf:RDF xmlns="&http;www.w3.org/2002/07/owl#"
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:aif="&http;www.arg.tech/aif#">
  <NamedIndividual rdf:about="&http;www.aifdb.org/nodes/1">
    <rdf:type rdf:resource="&http;www.arg.tech/aif#I-node"/>
    <aif:claimText>Trams &amp;amp; buses should be free.</aif:claimText>
    <aif:Conclusion rdf:resource="&http;www.aifdb.org/nodes/3"/>
    <aif:IllocutionaryContent rdf:resource="&http;www.aifdb.org/nodes/6"/>
  </NamedIndividual>
  <NamedIndividual rdf:about="&http;www.aifdb.org/nodes/2">
    <rdf:type rdf:resource="&http;www.arg.tech/aif#I-node"/>
    <aif:claimText>They take cars off the road.</aif:claimText>
    <aif:Premise rdf:resource="&http;www.aifdb.org/nodes/3"/>
  </NamedIndividual>
  <NamedIndividual rdf:about="&http;www.aifdb.org/nodes/3">
    <rdf:type rdf:resource="&http;www.arg.tech/aif#RA-node"/>
    <aif:Premise rdf:resource="&http;www.aifdb.org/nodes/2"/>
    <aif:Conclusion rdf:resource="&http;www.aifdb.org/nodes/1"/>
    <aif:IllocutionaryContent rdf:resource="&http;www.aifdb.org/nodes/8"/>
  </NamedIndividual>
  <NamedIndividual rdf:about="&http;www.aifdb.org/nodes/4">
    <rdf:type rdf:resource="&http;www.arg.tech/aif#L-node"/>
    <aif:claimText>Ana says make them free</aif:claimText>
    <aif:source>Ana</aif:source>
    <aif:StartLocution rdf:resource="&http;www.aifdb.org/nodes/7"/>
  </NamedIndividual>
  <NamedIndividual rdf:about="&http;www.aifdb.org/nodes/5">
    <rdf:type rdf:resource="&http;www.arg.tech/aif#L-node"/>
    <aif:claimText>Ben : because of the cars</aif:claimText>
    <aif:source>Ben : because of the cars</aif:source>
    <aif:EndLocution rdf:resource="&http;www.aifdb.org/nodes/7"/>
  </NamedIndividual>
  <NamedIndividual rdf:about="&http;www.aifdb.org/nodes/6">
    <rdf:type rdf:resource="&http;www.arg.tech/aif#YA-node"/>
    <aif:Locution rdf:resource="&http;www.aifdb.org/nodes/4"/>
  </NamedIndividual>
  <NamedIndividual rdf:about="&http;www.aifdb.org/nodes/7">
    <rdf:type rdf:resource="&http;www.arg.tech/aif#TA-node"/>
    <rdf:type rdf:resource="&http;www.arg.tech/aif#Transition"/>
  </NamedIndividual>
  <NamedIndividual rdf:about="&http;www.aifdb.org/nodes/8">
    <rdf:type rdf:resource="&http;www.arg.tech/aif#YA-node"/>
    <aif:Anchor rdf:resource="&http;www.aifdb.org/nodes/7"/>
  </NamedIndividual>
</rdf:RDF>
"""
DUNDEE = """
@prefix aif: <http://www.arg.dundee.ac.uk/aif#> .
@prefix : <https://example.org/trams#> .
:fair a aif:I-node ; aif:claimText "Trams are fair."@en .
:slow a aif:I-node ; aif:claimText "Trams are slow."@en .
:cheap a aif:I-node ; aif:claimText "Trams are cheap."@en .
[] a aif:RA-node , aif:Argument_From_Cost ; aif:hasPremise :cheap ; aif:hasConclusion :fair .
:conflict a aif:CA-node ; aif:hasConflictingElement :slow ; aif:hasConflictedElement :fair .
"""


def test_rdf_of_aifdb_is_read_whichever_end_its_properties_stand_at(imported) -> None:
    found = imported(AIFDB, "nodeset1.rdf")
    debate = found.debate

    assert debate.claim("1").text == "Trams & buses should be free."
    assert labels(debate, debate.claim("1").speakers) == ["Ana"]
    assert [quote.exact for quote in debate.claim("1").quotes] == ["make them free"]
    (link,) = debate.links
    assert (debate.name(link.iri), link.kind) == ("3", LinkKind.SUPPORT)
    assert labels(debate, link.speakers) == ["Ben"]
    assert messages(found) == ["transitions between locutions (TA), which are not kept: 1"]


def test_rdf_under_the_older_namespace_is_read(imported) -> None:
    debate = imported(DUNDEE, "trams.ttl").debate

    assert {debate.name(claim.iri): claim.language for claim in debate.claims} == {
        "cheap": "en",
        "fair": "en",
        "slow": "en",
    }
    support, rebuttal = sorted(debate.links, key=lambda link: link.kind)
    assert (support.scheme, debate.name(support.conclusion)) == ("Argument From Cost", "fair")
    assert [debate.name(premise) for premise in rebuttal.premises] == ["slow"]


@pytest.mark.parametrize(
    ("ending", "syntax"),
    [
        (".nt", RdfFormat.N_TRIPLES),
        (".rdf", RdfFormat.RDF_XML),
        (".xml", RdfFormat.RDF_XML),
        (".jsonld", RdfFormat.JSON_LD),
        (".json", RdfFormat.JSON_LD),
    ],
)
def test_the_syntax_is_told_by_the_ending(imported, ending, syntax) -> None:
    text = serialize(parse(DUNDEE.encode(), RdfFormat.TURTLE), format=syntax)
    found = imported(text, f"trams{ending}")

    assert found.formats == (("aif-rdf", 1),)
    assert content(found.debate)[0] == content(imported(DUNDEE, "trams.ttl").debate)[0]
    assert len(found.debate.links) == 2


def test_node_sets_in_rdf_are_joined_on_their_iris(tmp_path) -> None:
    (tmp_path / "a.ttl").write_text(DUNDEE, encoding="utf-8")
    (tmp_path / "b.ttl").write_text(DUNDEE, encoding="utf-8")
    (tmp_path / "c.ttl").write_text(DUNDEE.replace("trams#", "buses#"), encoding="utf-8")

    assert len(dissensus.import_debate([tmp_path]).debate) == 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DUNDEE.replace("aif:CA-node", '"x'), "f.ttl:8:"),
        (AIFDB.replace('"http://"', '"h&a;"'), "f.rdf:3:1: the file's entities"),
    ],
)
def test_faults_of_rdf_have_their_place(run, tmp_path, text, said) -> None:
    file = tmp_path / said.partition(":")[0]
    bomb = "".join(
        f'<!ENTITY {a} "{f"&{b};" * 9}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    file.write_text(text.replace("<!ENTITY", bomb + '<!ENTITY j "jjjj"><!ENTITY', 1))

    result = run("import", str(file))

    assert result.exit_code == 1
    assert said in result.stderr


def test_rdf_without_a_node_of_aif_is_noted(imported) -> None:
    found = imported("<urn:a> <http://www.arg.tech/aif#x> 3 .", "none.ttl")

    assert messages(found) == ["no node of AIF is in it"]


# -- writing --------------------------------------------------------------------------------


def test_ids_speakers_and_tables_are_those_of_aifdb(imported) -> None:
    debate = imported(DIALOGUE).debate
    value = json.loads(dissensus.export_debate(debate, "aif").text)

    by_id = {node["nodeID"]: node for node in value["nodes"]}
    assert {"1", "2", "3", "9", "10"} <= by_id.keys()
    assert by_id["1-said"]["text"] == "Ana : We should make them free!"
    assert (by_id["1-act"]["text"], by_id["1-act"]["schemeID"]) == ("Asserting", "74")
    assert (by_id["10"]["type"], by_id["10"]["text"]) == ("CA", "Default Conflict")
    edges = {(edge["fromID"], edge["toID"]) for edge in value["edges"]}
    assert {("1-said", "1-act"), ("1-act", "1"), ("3", "10"), ("10", "9")} <= edges
    assert {row["firstname"] for row in value["participants"]} >= {"Ana", "Ben", "Cem"}
    assert value["locutions"][0] == {
        "nodeID": "1-said",
        "personID": "1",
        "start": None,
        "end": None,
        "source": "set",
    }


def test_xaif_holds_the_same_and_its_text(imported) -> None:
    debate = imported(DIALOGUE).debate
    value = json.loads(dissensus.export_debate(debate, "xaif").text)
    plain = json.loads(dissensus.export_debate(debate, "aif").text)

    assert {key: value["AIF"][key] for key in plain} == plain
    assert '<span class="highlighted" id="1-said">Ana : We should' in value["text"]["txt"]
    assert imported(json.dumps(value)).formats == (("xaif", 1),)


def test_rdf_keeps_the_iris_of_claims(shipped) -> None:
    text = dissensus.export_debate(shipped, "aif-rdf").text
    quads = list(parse(text.encode(), RdfFormat.TURTLE))
    typed = {q.subject.value for q in quads if q.object == NamedNode(AIF + "I-node")}

    assert set(shipped.claim_iris) <= typed
    assert {quad.predicate.value for quad in quads if quad.predicate.value.startswith(AIF)} == {
        AIF + name
        for name in (
            "claimText", "Premise", "Conclusion", "Locution", "IllocutionaryContent", "scheme",
            "source",
        )
    }  # fmt: skip


def test_what_aif_cannot_say_is_told(run, shipped, tmp_path) -> None:
    result = run("export", "--to", "aif", "-o", str(tmp_path / "debate.json"))

    assert result.exit_code == 0
    losses = dissensus.export_debate(shipped, "aif").losses
    assert f"not in aif: {'; '.join(losses)}" in result.stderr
    for loss in ("titles of the debate: 1", f"topics: {len(shipped.topics)}"):
        assert loss in losses
    again = dissensus.import_debate([tmp_path / "debate.json"]).debate
    assert again.claim_texts == shipped.claim_texts
    assert len(again.links) == len(shipped.links)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_debate_gives_the_same_bytes(shipped, name) -> None:
    first, second = (dissensus.export_debate(shipped, name).files for _ in range(2))

    assert first == second


def test_the_ending_json_asks_for_aif(run, tmp_path) -> None:
    run("export", "-o", str(tmp_path / "debate.json"))
    assert '"nodeID"' in (tmp_path / "debate.json").read_text(encoding="utf-8")

    refused = run("export", "-o", str(tmp_path / "debate.ttl"))
    assert refused.exit_code == 2
    assert "the ending does not tell the format" in refused.stderr
