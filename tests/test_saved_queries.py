"""Saved queries: what each of the shipped ones answers, and the user's own beside them."""

from __future__ import annotations

import io
import re
import shutil
import socket
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from dissensus.graph.errors import InputError, UnknownNameError, UsageError
from dissensus.graph.querying import query
from dissensus.graph.querying.formats import write_result
from dissensus.graph.querying.saved import (
    SHIPPED,
    query_folders,
    saved_queries,
    saved_queries_markdown,
    saved_query,
    settings,
    substitutions,
)
from dissensus.graph.querying.table import readable
from dissensus.graph.reading import read_corpus

NAMES = [path.stem for path in sorted(SHIPPED.glob("*.rq"))]
EX = "https://example.org/debate#"

DEBATE = """
:ann a d:Speaker ; rdfs:label "Ann Archer" .
:bob a d:Speaker ; rdfs:label "Bob Baker" .
:eve a d:Speaker ; rdfs:label "Eve" .
:report a d:Document ; d:title "A report" ; d:author :eve .
:energy a d:Topic ; rdfs:label "energy" .
:solar a d:Topic ; rdfs:label "solar power" ; d:broader :energy .
:build a d:ExclusiveQuestion ; rdfs:label "Should we build?" ; d:about :energy .
:cost a d:Question ; rdfs:label "What does it cost?" .
:thrift a d:Value ; rdfs:label "thrift" .
:safety a d:Value ; rdfs:label "safety" .
:voters a d:Audience ; rdfs:label "voters" ; d:valueOrder ( :safety :thrift ) .
:roof a d:Option . :farm a d:Option . :price a d:Criterion .

:yes a d:Claim ; d:text "We should build." ; d:assertedBy :ann ; d:reportedBy :eve ;
    d:answers :build ; d:about :solar ; d:promotes :safety ;
    d:quote [ d:exact "should build" ; d:source :report ] .
:no a d:Claim ; d:text "We should not build." ; d:assertedBy :bob ; d:answers :build ;
    d:about :energy ; d:rebuts :yes .
:cheap a d:Claim ; d:text "It is cheap." ; d:assertedBy :ann ; d:about :solar ; d:promotes :thrift .
:quick a d:Claim ; d:text "It is quick." ; d:assertedBy :ann .
:both a d:Support ; d:premise :cheap , :quick ; d:conclusion :yes ; d:assertedBy :ann .
:so-what a d:Claim ; d:text "Cheap is not wise." ; d:assertedBy :bob ; d:undercuts :both .
:bill a d:Evidence ; d:text "The last one cost 5." ; d:assertedBy :eve ; d:evidenceFor :cheap ;
    d:rates :roof ; d:by :price .
:wait a d:Recommendation ; d:text "Wait a year." ; d:assertedBy :bob .
:no d:supports :wait .
:again a d:Claim ; d:text "Building is right." ; d:assertedBy :eve ; d:restates :yes .
:doubt a d:Claim ; d:text "Perhaps not here." ; d:assertedBy :ann ; d:rebuts :yes ;
    d:qualifies :cheap .
:alone a d:Claim ; d:text "Nice weather." ; d:assertedBy :eve .
:eve d:accepts :no .
:s a d:Stance ; d:assertedBy :bob ; d:rejects :cheap .
"""

ANSWERS = {
    "against-oneself": """
        :ann | :doubt | Perhaps not here. | :yes | We should build.
    """,
    "audiences": """
        :voters | 1 | :safety | safety
        :voters | 2 | :thrift | thrift
    """,
    "claims-by-speaker": """
        :ann | :cheap | It is cheap.
        :ann | :doubt | Perhaps not here.
        :ann | :quick | It is quick.
        :ann | :yes | We should build.
        :bob | :no | We should not build.
        :bob | :so-what | Cheap is not wise.
        :bob | :wait | Wait a year.
        :eve | :again | Building is right.
        :eve | :alone | Nice weather.
        :eve | :bill | The last one cost 5.
    """,
    "claims-by-topic": """
        :energy | :cheap | :ann | It is cheap.
        :energy | :no | :bob | We should not build.
        :energy | :yes | :ann | We should build.
        :solar | :cheap | :ann | It is cheap.
        :solar | :yes | :ann | We should build.
    """,
    "claims-mentioning": """
        | :again | :eve | Building is right.
        | :alone | :eve | Nice weather.
        | :bill | :eve | The last one cost 5.
        | :cheap | :ann | It is cheap.
        | :doubt | :ann | Perhaps not here.
        | :no | :bob | We should not build.
        | :quick | :ann | It is quick.
        | :so-what | :bob | Cheap is not wise.
        | :wait | :bob | Wait a year.
        | :yes | :ann | We should build.
    """,
    "claims-without-backing": """
        :again | :eve | Building is right.
        :alone | :eve | Nice weather.
        :doubt | :ann | Perhaps not here.
        :no | :bob | We should not build.
        :quick | :ann | It is quick.
        :so-what | :bob | Cheap is not wise.
    """,
    "comparison": """
        :roof | :price | :eve | :bill | The last one cost 5.
    """,
    "evidence": """
        :bill | :eve | The last one cost 5. | :cheap
    """,
    "joint-premises": """
        :both | d:Support | :cheap | It is cheap. | :yes
        :both | d:Support | :quick | It is quick. | :yes
    """,
    "most-attacked": """
        :yes | 2 | 1 | 3 | We should build.
    """,
    "orphan-claims": """
        :alone | :eve | Nice weather.
    """,
    "qualifications": """
        :cheap | :ann | :doubt | Perhaps not here.
    """,
    "questions": """
        :build | Should we build? | true | 2 | 2
        :cost | What does it cost? | false | 0 | 0
    """,
    "quotes": """
        :yes | :ann | should build | :report | A report
    """,
    "reasons-for": """
        :cheap | :bill | true | :eve | The last one cost 5.
        :wait | :no | true | :bob | We should not build.
        :yes | :bill | false | :eve | The last one cost 5.
        :yes | :cheap | true | :ann | It is cheap.
        :yes | :quick | true | :ann | It is quick.
    """,
    "rebuttals-across-speakers": """
        :bob | :no | We should not build. | :ann | :yes | We should build.
    """,
    "recommendations": """
        :wait | :bob | Wait a year. | :no | We should not build.
    """,
    "restated-positions": """
        :again | :eve |  | :yes | :ann | :report
    """,
    "rival-answers": """
        :build | :ann | :yes | We should build.
        :build | :bob | :no | We should not build.
    """,
    "stances": """
        :bob | rejects | :cheap | :ann | It is cheap.
        :eve | accepts | :no | :bob | We should not build.
    """,
    "topics-not-addressed": """
        :ann | :bob | :solar | 2
    """,
    "unanswered-attacks": """
        :cheap | undercut | :so-what | :bob | Cheap is not wise.
        :quick | undercut | :so-what | :bob | Cheap is not wise.
        :yes | rebuttal | :doubt | :ann | Perhaps not here.
        :yes | rebuttal | :no | :bob | We should not build.
    """,
    "undercuts": """
        :bob | :so-what | Cheap is not wise. | :both | :cheap | :yes
        :bob | :so-what | Cheap is not wise. | :both | :quick | :yes
    """,
    "values": """
        :safety | :ann | :yes | We should build.
        :thrift | :ann | :cheap | It is cheap.
    """,
    "what-hangs-on": """
        :bill | :cheap | true | It is cheap.
        :bill | :yes | false | We should build.
        :cheap | :yes | true | We should build.
        :no | :wait | true | Wait a year.
        :quick | :yes | true | We should build.
    """,
    "where-claims-stand": """
        FILE | :again
        FILE | :alone
        FILE | :bill
        FILE | :cheap
        FILE | :doubt
        FILE | :no
        FILE | :quick
        FILE | :so-what
        FILE | :wait
        FILE | :yes
    """,
    "who-rebuts-whom": """
        :ann | :ann | 1
        :bob | :ann | 1
    """,
    "who-reports-whom": """
        :eve | :ann | 1
    """,
}
"""What each query answers over the debate above, its cells as in a table."""


@pytest.fixture
def corpus(claims):
    return read_corpus([claims(DEBATE)])


def answer(corpus, name: str, **values: str) -> list[str]:
    saved = saved_query(name)
    held = substitutions(saved, values, corpus.store, corpus.prefixes)
    result = query(corpus, saved.text, substitutions=held)
    rows = [" | ".join(readable(term, corpus.prefixes) for term in row) for row in result.rows]
    return [row.replace(corpus.files[0].graph, "FILE").strip() for row in rows]


# -- the shipped queries --------------------------------------------------------------------------


def test_there_are_enough_and_each_has_its_example() -> None:
    assert len(NAMES) >= 20
    assert list(ANSWERS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_it_answers(corpus, name) -> None:
    assert answer(corpus, name) == [line.strip() for line in ANSWERS[name].strip().splitlines()]


def test_heads_are_sound_and_columns_are_those_of_the_query(tmp_path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "queries")
    queries, findings = saved_queries([tmp_path / "queries"])
    assert findings == ()
    assert [saved.name for saved in queries] == NAMES
    for saved in queries:
        assert re.fullmatch("[a-z]+(-[a-z]+)*", saved.name)
        assert saved.meaning.endswith(".")
        assert not saved.title.endswith(".")
        assert "\nORDER BY " in saved.text


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_leaves_the_rows_that_have_its_value(corpus, name) -> None:
    saved = saved_query(name)
    every = query(corpus, saved.text)
    for parameter in saved.parameters:
        if parameter.kind == "text":
            continue
        column = every.variables.index(parameter.name)
        values = {row[column] for row in every.rows} | {NamedNode(EX + "yes")}
        for value in values - {None}:
            held = query(corpus, saved.text, substitutions={parameter.name: value})
            assert held.rows == tuple(row for row in every.rows if row[column] == value)


def test_the_same_claims_in_another_order_give_the_same_bytes(claims) -> None:
    statements = DEBATE.split("\n\n")
    for name in NAMES:
        if name == "where-claims-stand":
            continue
        texts = set()
        for order in (statements, statements[::-1]):
            file = io.BytesIO()
            corpus = read_corpus([claims("\n\n".join(order))])
            write_result(query(corpus, saved_query(name).text), "tsv", file)
            texts.add(file.getvalue())
        assert len(texts) == 1, name


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_over_the_shipped_debate(root, name) -> None:
    if not list((root / "claims").glob("*.ttl")):
        pytest.skip("no debate is shipped")
    corpus = read_corpus([root / "claims"])
    assert query(corpus, saved_query(name).text, timeout=30).rows


# -- parameters -----------------------------------------------------------------------------------


@pytest.mark.parametrize("speaker", [":bob", f"<{EX}bob>", EX + "bob", "bob", "Bob Baker", "baker"])
def test_a_speaker_is_named_as_everywhere_else(corpus, speaker) -> None:
    rows = answer(corpus, "claims-by-speaker", speaker=speaker)
    assert [row.split(" | ")[1] for row in rows] == [":no", ":so-what", ":wait"]


def test_other_kinds_of_parameters(corpus) -> None:
    assert answer(corpus, "rival-answers", question="Should we build?") == answer(
        corpus, "rival-answers", question="build"
    )
    assert len(answer(corpus, "claims-by-topic", topic="solar power")) == 2
    assert answer(corpus, "what-hangs-on", claim="bill") == [
        ":bill | :cheap | true | It is cheap.",
        ":bill | :yes | false | We should build.",
    ]
    assert answer(corpus, "claims-mentioning", word="CHEAP") == [
        "CHEAP | :cheap | :ann | It is cheap.",
        "CHEAP | :so-what | :bob | Cheap is not wise.",
    ]
    assert answer(corpus, "claims-mentioning", word='"') == []
    both = answer(corpus, "unanswered-attacks", claim="yes", speaker="Ann Archer")
    assert both == [":yes | rebuttal | :doubt | :ann | Perhaps not here."]


def test_a_speaker_without_a_node_of_his_own_is_known(claims) -> None:
    corpus = read_corpus([claims(':c a d:Claim ; d:text "C" ; d:assertedBy :zoe .')])
    assert answer(corpus, "claims-by-speaker", speaker="zoe") == [":zoe | :c | C"]


def test_wrong_parameters_are_told(corpus) -> None:
    with pytest.raises(UsageError, match=r"has no parameter who; it has speaker$"):
        answer(corpus, "claims-by-speaker", who="bob")
    with pytest.raises(UsageError, match=r"has no parameter who; it has none$"):
        answer(corpus, "questions", who="bob")
    with pytest.raises(UnknownNameError, match=r"no speaker named 'bobb'; did you mean bob\?"):
        answer(corpus, "claims-by-speaker", speaker="bobb")
    with pytest.raises(UnknownNameError, match="no claim named"):
        answer(corpus, "what-hangs-on", claim="bob")


def test_settings_are_pairs() -> None:
    assert settings(["a=b", "c=d=e "]) == {"a": "b", "c": "d=e "}
    assert substitutions(saved_query("questions"), {}, None, {}) == {}
    for pairs in (["a"], ["=b"], ["a="]):
        with pytest.raises(UsageError, match="not of the form NAME=VALUE"):
            settings(pairs)
    with pytest.raises(UsageError, match="a is set twice"):
        settings(["a=b", "a=c"])


# -- the user's own -------------------------------------------------------------------------------

OWN = """\
# title: Mine
# meaning: What I ask.
#   Often.
# column: claim - a claim
# column: word - a word
# parameter: word (text) - the word

SELECT ?claim ?word WHERE { ?claim d:text ?text FILTER(CONTAINS(?text, ?word)) }
"""


@pytest.fixture
def own(tmp_path):
    """Writes queries of the user's own; returns their folder."""

    def write(**files: str) -> Path:
        folder = tmp_path / "claims" / "queries"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.rq").write_text(text, encoding="utf-8")
        return folder

    return write


def test_own_queries_stand_beside_the_shipped_ones(own) -> None:
    folder = own(mine=OWN, prefixed=OWN.replace("d:text", "my:text"))  # the claims may have my:
    queries, findings = saved_queries([folder])
    assert findings == ()
    assert [saved.name for saved in queries] == sorted([*NAMES, "mine", "prefixed"])
    mine = saved_query("mine", [folder])
    assert mine == next(saved for saved in queries if saved.name == "mine")
    assert (mine.title, mine.meaning) == ("Mine", "What I ask. Often.")
    assert [(column.name, column.meaning) for column in mine.columns] == [
        ("claim", "a claim"),
        ("word", "a word"),
    ]
    assert (mine.is_own, mine.replaces) == (True, False)
    assert substitutions(mine, {"word": "x"}, None, {}) == {"word": Literal("x")}


def test_an_own_query_takes_the_place_of_a_shipped_one(own) -> None:
    folder = own(questions=OWN)
    queries, findings = saved_queries([folder])
    assert findings == ()
    assert len(queries) == len(NAMES)
    for found in (
        saved_query("questions", [folder]),
        next(q for q in queries if q.name == "questions"),
    ):
        assert (found.title, found.is_own, found.replaces) == ("Mine", True, True)
    assert not saved_query("questions").is_own


def test_own_queries_are_looked_for_beside_the_claims(own, tmp_path) -> None:
    claims = own(mine=OWN).parent
    (claims / "file.ttl").touch()
    assert query_folders([claims]) == [claims / "queries"]
    assert query_folders([claims / "file.ttl", claims]) == [claims / "queries"]
    assert query_folders([tmp_path]) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (OWN.replace("# title: Mine\n", ""), "1:1: it has no title; write"),
        (OWN.replace("# meaning: What I ask.\n#   Often.\n", ""), "1:1: it has no meaning"),
        (OWN.replace("# column: claim - a claim", "# column: claim"), "4:1: this column has no m"),
        (OWN.replace("(text) ", ""), "6:1: this parameter has no kind; write"),
        (OWN.replace("(text)", "(number)"), "6:1: this parameter has no kind"),
        (OWN.replace("column: word", "columns: word"), "5:1: columns is unknown here; the head of"),
        (OWN.replace("# column: claim", "# title: Again\n# column: claim"), "4:1: a second title"),
        (OWN.replace("parameter: word", "parameter: words"), "1:1: the parameter words is not am"),
        (OWN.replace("claim - a", "claims - a"), "1:1: the columns are not those of the query: "),
        (OWN.replace("CONTAINS", "CONTAIN"), r"8:\d+: “.*” is not expected here"),
        (OWN.replace("d:text", "<text>"), "8:36: <text> is no whole IRI"),
        (OWN.replace("SELECT ?claim ?word", "INSERT { ?x ?y 1 }"), "8:1: a query begins with"),
        ("", "1:1: it has no title"),
    ],
)
def test_a_broken_query_is_told_with_its_line_and_left_out(own, text, fault) -> None:
    folder = own(broken=text, mine=OWN)
    queries, findings = saved_queries([folder])
    assert [saved.name for saved in queries if saved.is_own] == ["mine"]
    assert re.match(rf"{re.escape(str(folder))}/broken\.rq:{fault}", str(findings[0]))
    assert saved_query("mine", [folder])


def test_only_a_broken_head_keeps_a_query_from_being_found(own) -> None:
    folder = own(headless="SELECT * {}", broken=OWN.replace("SELECT", "SELEKT"))
    with pytest.raises(InputError, match=r"headless\.rq:1:1: it has no title"):
        saved_query("headless", [folder])
    assert saved_query("broken", [folder])  # running it tells the fault


def test_bad_bytes_and_unreadable_files_are_told(own) -> None:
    folder = own(mine=OWN)
    (folder / "latin.rq").write_bytes(b"# title: Caf\xe9\n")
    (folder / "folder.rq").mkdir()
    _queries, findings = saved_queries([folder])
    assert [finding.message for finding in findings] == [
        "cannot be read: is a directory",
        "cannot be read: it is not UTF-8",
    ]


def test_two_own_queries_of_one_name_are_a_fault(own, tmp_path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.rq").write_text(OWN.replace("Mine", "Also mine"), encoding="utf-8")
    queries, findings = saved_queries([own(mine=OWN), other])
    assert [saved.title for saved in queries if saved.is_own] == ["Mine"]
    assert "there is a query of this name in" in str(findings[0])


def test_listing_calls_no_service(own) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        text = OWN.replace("{ ?claim", f"{{ SERVICE SILENT <{url}> {{ ?x ?y ?z }} ?claim")
        ask = "# title: A\n# meaning: B.\n" + f"ASK {{ SERVICE <{url}> {{ ?x ?y ?z }} }}"
        glued = ask.replace(f"SERVICE <{url}>", "SERVICEu:")
        odd = ask.replace(f"ASK {{ SERVICE <{url}>", f"PREFIX u: <{url}> ASK {{ SERVICEu:")
        queries, _findings = saved_queries([own(mine=text, ask=ask, glued=glued, odd=odd)])
        assert {"mine", "ask"} <= {saved.name for saved in queries}
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_an_unknown_name_is_told_with_the_nearest(own) -> None:
    with pytest.raises(UnknownNameError, match="no saved query named 'question'; did you mean qu"):
        saved_query("question")
    with pytest.raises(UnknownNameError, match="did you mean mine"):
        saved_query("mines", [own(mine=OWN)])
    with pytest.raises(UnknownNameError):
        saved_query("../queries/questions")


# -- documentation --------------------------------------------------------------------------------


def test_the_documentation_lists_the_queries_as_they_are(root) -> None:
    page = (root / "docs" / "querying.md").read_text(encoding="utf-8")
    assert page.endswith("\n## The saved queries\n\n" + saved_queries_markdown(saved_queries()[0]))


def test_the_examples_of_the_documentation_are_queries(root, corpus) -> None:
    page = (root / "docs" / "querying.md").read_text(encoding="utf-8")
    examples = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 5
    for example in examples:
        query(corpus, example)
