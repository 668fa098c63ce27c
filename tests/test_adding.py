"""A new claim goes to the right file, changes nothing else there, and only if all is sound."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissensus.graph.adding import NEW_FILE, add_claim, prepare_claim
from dissensus.graph.checking import check
from dissensus.graph.describing import Relations
from dissensus.graph.errors import DissensusError, InputError, UnknownNameError, UsageError
from dissensus.graph.model import Claim, Document, Question, Quote, Speaker, Topic
from dissensus.graph.naming import claim_name
from dissensus.graph.reading import read
from dissensus.graph.terms import ClaimKind, LinkKind

AI = "https://w3id.org/dissensus/debates/ai-compute#"

BAKER = """\
# What Baker says.
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://w3id.org/dissensus/debates/ai-compute#> .

:baker a d:Speaker ; rdfs:label "Gavin Baker" .
:chips a d:Topic ; rdfs:label "chips" .

:terrible-mistake a d:Claim ;   # his layout
  d:text "Refusing the chips was a terrible mistake."@en ;
  d:assertedBy :baker ; d:about :chips ; d:answers :was-refusing-us-chips-a-mistake .

:widening-gap a d:Claim ;
  d:text "The gap will widen."@en ; d:assertedBy :baker ;
  d:supports :terrible-mistake .
"""

GIN = """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://w3id.org/dissensus/debates/ai-compute#> .

:gin a d:Speaker ; rdfs:label "Eva Gin" .
:tbpn-recap a d:Document ; d:title "Recap of the show" .
:real-world-impact a d:Value ; rdfs:label "real-world impact" .
:was-refusing-us-chips-a-mistake a d:Question ; rdfs:label "Was it a mistake?" .

:good-enough a d:Claim ;
    d:text "Chips that are good enough win."@en ;
    d:assertedBy :gin ;
    d:answers :was-refusing-us-chips-a-mistake .
"""

PIVOT = Claim(
    "deliberate-pivot",
    "China's chip policy is a chosen change of course, not a blunder.",
    language="en",
    speakers=("Eva Gin",),
    questions=("was-refusing-us-chips-a-mistake",),
    values=("real-world impact",),
    quotes=(Quote("deliberate pivot", document=":tbpn-recap"),),
)
PIVOT_LINES = """\
:deliberate-pivot a d:Claim ;
    d:text "China's chip policy is a chosen change of course, not a blunder."@en ;
    d:assertedBy :gin ;
    d:answers :was-refusing-us-chips-a-mistake ;
    d:promotes :real-world-impact ;
    d:quote [ d:exact "deliberate pivot" ; d:source :tbpn-recap ] ;
    d:rebuts :terrible-mistake .
"""
REBUTS = Relations(rebuts=("terrible-mistake",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "claims"
    folder.mkdir()
    (folder / "baker.ttl").write_text(BAKER)
    (folder / "gin.ttl").write_text(GIN)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def changed_lines(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """What a diff shows: the lines taken out and the lines put in."""
    rows = [text.decode().splitlines(keepends=True) for text in (before, after)]
    diff = list(difflib.unified_diff(*rows, n=0))[2:]
    return [x[1:] for x in diff if x[0] == "-"], [x[1:] for x in diff if x[0] == "+"]


# -- the change in the file ---------------------------------------------------------------------


def test_a_claim_is_added_as_a_person_would_write_it(folder: Path):
    path = add_claim(PIVOT, REBUTS, paths=[folder])

    assert path == folder / "gin.ttl"
    assert path.read_text() == GIN + "\n" + PIVOT_LINES
    assert (folder / "baker.ttl").read_text() == BAKER
    claim = read(folder).claim("deliberate-pivot")
    assert (claim.iri, claim.speakers, claim.text) == (
        AI + "deliberate-pivot",
        (AI + "gin",),
        PIVOT.text,
    )
    assert not check([folder])


def test_preparing_writes_nothing_and_shows_what_would_be_written(folder: Path):
    before = contents(folder)

    addition = prepare_claim(PIVOT, REBUTS, paths=[folder])

    assert contents(folder) == before
    assert (addition.iri, addition.text) == (AI + "deliberate-pivot", PIVOT_LINES)
    assert addition.write().read_bytes() == addition.after


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: text + "\n",
        lambda text: text + "# The end.\n",
        lambda text: text.replace("    d:", "\td:"),
    ],
    ids=["plain", "CRLF", "BOM", "BOM and CRLF", "blank end", "comment", "tabs"],
)
def test_only_lines_are_added_whatever_the_file_is_like(folder: Path, edit):
    path = folder / "gin.ttl"
    path.write_bytes(edit(GIN).encode())
    before = path.read_bytes()

    add_claim(PIVOT, REBUTS, paths=[folder])

    after = path.read_bytes()
    ending = "\r\n" if b"\r\n" in before else "\n"
    removed, added = changed_lines(before, after)
    assert after.startswith(before)
    assert not removed
    assert "".join(added).strip() == PIVOT_LINES.replace("\n", ending).strip()
    assert f"{ending}{ending}:deliberate-pivot a".encode() in after
    assert f"{ending}{ending}{ending}".encode() not in after
    assert after.count(b"\r") == (after.count(b"\n") if ending == "\r\n" else 0)


def test_a_last_line_without_an_end_gets_one(folder: Path):
    path = folder / "gin.ttl"
    path.write_text(GIN + "# no end of line")

    add_claim(PIVOT, REBUTS, paths=[folder])

    assert path.read_text() == GIN + "# no end of line\n\n" + PIVOT_LINES


def test_a_prefix_that_the_file_lacks_goes_beside_the_others(folder: Path):
    addition = prepare_claim(
        Claim("", "It is late.", speakers=("gin",), said_on="2025-12-09"), paths=[folder]
    )

    removed, added = changed_lines(addition.before, addition.after)

    assert not removed
    assert added == [
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n",
        "\n",
        ":late a d:Claim ;\n",
        '    d:text "It is late." ;\n',
        "    d:assertedBy :gin ;\n",
        '    d:saidOn "2025-12-09"^^xsd:date .\n',
    ]
    assert addition.after.decode().splitlines()[:5] == [*GIN.splitlines()[:3], added[0].strip(), ""]


def test_the_prefixes_of_the_file_are_used(folder: Path):
    text = (
        GIN.replace("d:", "dis:").replace("@prefix dis:", "PREFIX dis:", 1).replace("#> .", "#>", 1)
    )
    text = text.replace(" :", " ai:").replace("\n:", "\nai:")
    (folder / "gin.ttl").write_text(text)

    addition = prepare_claim(PIVOT, REBUTS, paths=[folder])

    assert addition.text == PIVOT_LINES.replace("d:", "dis:").replace(" :", " ai:").replace(
        ":deliberate", "ai:deliberate"
    )
    assert addition.after == text.encode() + b"\n" + addition.text.encode()


def test_an_iri_that_no_prefix_abbreviates_is_written_in_full(folder: Path):
    (folder / "other.ttl").write_text(
        "@prefix : <https://example.org/other#> .\n"
        ":jo a <https://w3id.org/dissensus#Speaker> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "Jo" .\n'
    )

    addition = prepare_claim(
        Claim("", "A thing.", speakers=("jo",)), paths=[folder], file=folder / "gin.ttl"
    )

    assert "    d:assertedBy <https://example.org/other#jo> .\n" in addition.text


def test_hostile_text_stays_text(folder: Path):
    text = '"; d:rebuts :good-enough . # \\ \n</script>\t\N{RIGHT-TO-LEFT OVERRIDE}\x07'

    add_claim(Claim("odd", text, speakers=("gin",), notes=(text,)), paths=[folder])

    debate = read(folder)
    assert debate.claim("odd").text == text
    assert len(debate.links) == 1


@settings(deadline=None, max_examples=40)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
    quote=st.text(st.sampled_from("\"'\\\\\n\r\t\0\x1b .;#@<>\u202e\u05d0😀a"), min_size=1),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    head=st.sampled_from(["", "\ufeff"]),
    tail=st.sampled_from(["", "\n", "# end", "# end\n", "\n\n", "  "]),
)
def test_any_text_is_added_after_any_end_of_a_file(text, quote, ending, head, tail):
    claim = Claim("", text, speakers=("gin",), notes=(quote,), said_on="2025-12-09")
    with TemporaryDirectory() as folder:
        path = Path(folder, "gin.ttl")
        path.write_bytes((head + (GIN + tail).replace("\n", ending)).encode())
        before = read(path)

        addition = prepare_claim(claim, paths=[path])
        addition.write()

        added = read(path).claim(f"<{addition.iri}>")
        assert (added.text, added.notes) == (text, (quote,))
        assert {*before.claims} == {*read(path).claims} - {added}
    removed, _ = changed_lines(addition.before, addition.after)
    whole = addition.before.endswith((b"\n", b"\r"))
    assert len(removed) == (0 if whole else 1)  # a last line gets the end that it lacked


# -- which file ---------------------------------------------------------------------------------


def test_the_file_is_the_one_with_most_claims_of_the_speaker(folder: Path):
    assert prepare_claim(PIVOT, paths=[folder]).path.name == "gin.ttl"
    his = Claim("", "Scaling goes on.", speakers=("Baker",))
    assert prepare_claim(his, paths=[folder]).path.name == "baker.ttl"


def test_else_the_one_with_most_claims_of_the_topic_else_the_last(folder: Path):
    roe = [Speaker("", "Jane Roe")]
    claim = Claim("", "Scaling goes on.", speakers=("Jane Roe",), topics=("chips",))

    assert prepare_claim(claim, paths=[folder], new=roe).path.name == "baker.ttl"
    claim = Claim("", "Scaling goes on.", speakers=("Jane Roe",))
    assert prepare_claim(claim, paths=[folder], new=roe).path.name == "gin.ttl"


@pytest.mark.parametrize("given", ["baker.ttl", "claims/baker.ttl", "claims/new.ttl"])
def test_a_file_may_be_given_by_path_or_name(folder: Path, monkeypatch, given: str):
    monkeypatch.chdir(folder.parent)

    path = add_claim(PIVOT, REBUTS, paths=["claims"], file=given)

    assert path.resolve() == (folder / Path(given).name).resolve()
    assert path.read_text().endswith(PIVOT_LINES)
    assert not check([folder])


def test_a_new_file_has_the_prefixes_that_it_needs(folder: Path):
    addition = prepare_claim(PIVOT, REBUTS, paths=[folder], file=folder / "new.ttl")

    assert addition.after.decode() == (
        f"@prefix d: <https://w3id.org/dissensus#> .\n@prefix : <{AI}> .\n\n{PIVOT_LINES}"
    )


def test_an_empty_folder_gets_a_first_file(tmp_path: Path):
    folder = tmp_path / "The AI Compute" / "claims"
    folder.mkdir(parents=True)

    path = add_claim(
        Claim("", "The first word.", speakers=("Jane Roe",)),
        paths=[folder],
        new=[Speaker("", "Jane Roe", "She began.")],
    )

    assert path == folder / NEW_FILE
    assert (
        path.read_text()
        == """\
@prefix d: <https://w3id.org/dissensus#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://w3id.org/dissensus/debates/ai-compute#> .

:jane-roe a d:Speaker ;
    rdfs:label "Jane Roe" ;
    rdfs:comment "She began." .

:first-word a d:Claim ;
    d:text "The first word." ;
    d:assertedBy :jane-roe .
"""
    )
    assert list(read(folder).claim_iris) == [AI + "first-word"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("claims/gin.nt", "no \\*.ttl file"),
        ("elsewhere.ttl", "not among the claims"),
        ("claims/.hidden.ttl", "not among the claims"),
    ],
)
def test_a_file_that_would_not_be_read_is_refused(
    folder: Path, monkeypatch, given: str, reason: str
):
    monkeypatch.chdir(folder.parent)

    with pytest.raises(UsageError, match=reason):
        add_claim(PIVOT, paths=["claims"], file=given)


def test_other_syntaxes_are_not_added_to(tmp_path: Path):
    path = tmp_path / "all.trig"
    path.write_text(BAKER.replace("; d:answers :was-refusing-us-chips-a-mistake", ""))

    with pytest.raises(UsageError, match="only Turtle files are added to"):
        add_claim(Claim("", "x", speakers=("baker",)), paths=[path])


# -- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pivot", ":pivot", f"<{AI}pivot>", f"{AI}pivot"])
def test_a_name_is_given_in_any_form(folder: Path, name: str):
    assert prepare_claim(Claim(name, "x", speakers=("gin",)), paths=[folder]).iri == AI + "pivot"


@pytest.mark.parametrize("name", ["gin", ":good-enough", "terrible-mistake", "chips"])
def test_a_name_that_stands_for_something_is_refused(folder: Path, name: str):
    with pytest.raises(UsageError, match=f"there is a :{name.lstrip(':')} already"):
        prepare_claim(Claim(name, "x", speakers=("gin",)), paths=[folder])


@pytest.mark.parametrize("name", ["two words", "a|b", "<no-scheme>"])
def test_what_cannot_be_a_name_is_refused(folder: Path, name: str):
    with pytest.raises(UsageError, match="cannot be a name"):
        prepare_claim(Claim(name, "x", speakers=("gin",)), paths=[folder])


def test_a_name_with_signs_is_written_so_that_it_can_be_read(folder: Path):
    add_claim(Claim("it's-50%25/1.", "x", speakers=("gin",)), paths=[folder])

    assert AI + "it's-50%25/1." in read(folder).claim_numbers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("China's chip policy is a chosen change of course.", "chinas-chip-policy-chosen-change"),
        ("Élan vital — naïve?", "elan-vital-naive"),
        ("It is what it is", "it-is-what-it-is"),
        ("50 % of the GPUs are idle", "50-gpus-idle"),
        ("中国 芯片 AI", "中国-芯片-ai"),
        ("?!", "claim"),
        ("m² — ½", "claim"),
        ("x" * 1_000, "x" * 48),
    ],
)
def test_a_claim_is_named_after_its_text(text: str, name: str):
    assert claim_name(text) == name
    assert claim_name(text, {name, f"{name}-2"}) == f"{name}-3"


def test_two_claims_with_one_text_have_two_names(folder: Path):
    for _ in range(2):
        add_claim(Claim("", "Good things win.", speakers=("gin",)), paths=[folder])

    names = {iri.removeprefix(AI) for iri in read(folder).claim_iris}
    assert {"good-things-win", "good-things-win-2"} <= names


@pytest.mark.parametrize(
    ("claim", "relations", "message"),
    [
        (
            Claim("", "x", speakers=("Eva Gim",)),
            {},
            "no speaker named 'Eva Gim'; did you mean Eva Gin",
        ),
        (Claim("", "x", reporters=("bakker",)), {}, "did you mean baker"),
        (Claim("", "x", topics=("chps",)), {}, "no topic named 'chps'; did you mean chips"),
        (Claim("", "x", questions=("nothing",)), {}, "no question named 'nothing'"),
        (Claim("", "x", values=("real-world-impct",)), {}, "did you mean real-world-impact"),
        (Claim("", "x", quotes=(Quote("q", document="tbpn-rcap"),)), {}, "did you mean tbpn-recap"),
        (Claim("x:y", "x"), {}, "no prefix named 'x'"),
        (Claim("", "x"), {"rebuts": ("terible-mistake",)}, "did you mean terrible-mistake"),
        (Claim("", "x"), {"undercuts": ("terrible-mistake",)}, "widening-gap -> terrible-mistake"),
        (
            Claim("", "x"),
            {"undercuts": ("widening-gap->good-enough",)},
            "widening-gap -> terrible-mi",
        ),
        (Claim("", "x"), {"undercuts": ("nothing",)}, "no link named 'nothing'"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest_that_does(
    folder: Path, claim: Claim, relations: dict[str, tuple[str, ...]], message: str
):
    before = contents(folder)

    with pytest.raises(UnknownNameError, match=message):
        add_claim(claim, Relations(**relations), paths=[folder])

    assert contents(folder) == before


def test_what_is_new_is_made_beside_the_claim(folder: Path):
    path = add_claim(
        Claim(
            "",
            "Compute should be local.",
            kind=ClaimKind.RECOMMENDATION,
            speakers=("Jane Roe",),
            topics=("edge",),
            questions=("Where should compute be?",),
            quotes=(Quote("keep it local", document="Jane's memo"),),
        ),
        paths=[folder],
        file="gin.ttl",
        new=[
            Speaker("", "Jane Roe"),
            Document("memo", "Jane's memo", authors=("Jane Roe",)),
            Topic("edge", "edge computing", broader=("chips",)),
            Question("", "Where should compute be?", topics=("edge computing",)),
        ],
    )

    assert (
        path.read_text()
        == GIN
        + """
:jane-roe a d:Speaker ;
    rdfs:label "Jane Roe" .

:memo a d:Document ;
    d:title "Jane's memo" ;
    d:author :jane-roe .

:edge a d:Topic ;
    rdfs:label "edge computing" ;
    d:broader :chips .

:where-should-compute a d:Question ;
    rdfs:label "Where should compute be?" ;
    d:about :edge .

:compute-should-local a d:Recommendation ;
    d:text "Compute should be local." ;
    d:assertedBy :jane-roe ;
    d:answers :where-should-compute ;
    d:about :edge ;
    d:quote [ d:exact "keep it local" ; d:source :memo ] .
"""
    )
    assert not check([folder])


def test_a_speaker_is_not_made_twice(folder: Path):
    with pytest.raises(UsageError, match="there is a speaker 'eva gin' already: :gin"):
        prepare_claim(Claim("", "x"), paths=[folder], new=[Speaker("", "eva gin")])


# -- undercutting -------------------------------------------------------------------------------


def test_a_step_that_only_a_triple_states_gets_a_node_so_that_it_can_be_undercut(folder: Path):
    relations = Relations(undercuts=("widening-gap -> terrible-mistake",))

    addition = prepare_claim(
        Claim("so-what", "Does it matter?", speakers=("gin",)), relations, paths=[folder]
    )
    addition.write()

    assert (
        addition.text
        == """\
:widening-gap-supports-terrible-mistake a d:Support ;
    d:premise :widening-gap ;
    d:conclusion :terrible-mistake .

:so-what a d:Claim ;
    d:text "Does it matter?" ;
    d:assertedBy :gin ;
    d:undercuts :widening-gap-supports-terrible-mistake .
"""
    )
    assert not check([folder])
    support, undercut = sorted(read(folder).links, key=lambda link: link.kind)
    assert (support.kind, undercut.kind) == (LinkKind.SUPPORT, LinkKind.UNDERCUT)
    assert undercut.conclusion == support.iri == AI + "widening-gap-supports-terrible-mistake"


def test_the_same_step_is_undercut_again_by_its_name_or_its_ends(folder: Path):
    ends = "widening-gap->terrible-mistake"
    for name, step in [("one", ends), ("two", ends), ("three", "gap-supports-terrible-mistake")]:
        claim = Claim(name, "Does it matter?", speakers=("gin",))
        add_claim(claim, Relations(undercuts=(step,)), paths=[folder])

    assert sorted(link.kind for link in read(folder).links) == [
        LinkKind.SUPPORT,
        *[LinkKind.UNDERCUT] * 3,
    ]
    assert (folder / "gin.ttl").read_text().count("a d:Support") == 1


def test_a_step_that_is_named_twice_gets_one_node(folder: Path):
    step = "widening-gap -> terrible-mistake"

    addition = prepare_claim(
        Claim("", "So what?", speakers=("gin",)), Relations(undercuts=(step, step)), paths=[folder]
    )

    assert addition.text.count("a d:Support") == 1


def test_an_undercut_can_be_undercut(folder: Path):
    step = "widening-gap -> terrible-mistake"
    add_claim(
        Claim("one", "So what?", speakers=("gin",)), Relations(undercuts=(step,)), paths=[folder]
    )
    link = "widening-gap-supports-terrible-mistake"

    add_claim(
        Claim("two", "That.", speakers=("baker",)),
        Relations(undercuts=(f"one -> {link}",)),
        paths=[folder],
    )

    assert not check([folder])
    assert len(read(folder).links) == 3


# -- soundness ----------------------------------------------------------------------------------


def test_nothing_is_written_when_the_whole_would_have_errors(folder: Path, monkeypatch):
    monkeypatch.chdir(folder.parent)
    before = contents(folder)

    with pytest.raises(InputError) as error:
        add_claim(
            Claim("", "x", speakers=("gin",), said_on="2025-02-30", strength=3.0), paths=["claims"]
        )

    places = [(f.file, f.line) for f in error.value.findings]
    line = len(GIN.splitlines()) + 1
    assert places == [("claims/gin.ttl", line + 5), ("claims/gin.ttl", line + 6)]
    assert contents(folder) == before


def test_a_claim_that_nobody_asserts_is_refused(folder: Path):
    with pytest.raises(InputError, match="say who with d:assertedBy"):
        add_claim(Claim("", "x"), paths=[folder])


def test_a_fault_that_was_there_before_is_told_and_nothing_is_written(folder: Path):
    (folder / "baker.ttl").write_text(BAKER + ":lost a d:Claim .\n")
    before = contents(folder)

    with pytest.raises(InputError) as error:
        add_claim(PIVOT, REBUTS, paths=[folder])

    assert {finding.line for finding in error.value.findings} == {len(BAKER.splitlines()) + 1}
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["gin.ttl", "baker.ttl"])
def test_a_file_that_cannot_be_parsed_is_never_touched(folder: Path, name: str):
    (folder / name).write_text((folder / name).read_text() + ':open a d:Claim ; d:text "open\n')
    before = contents(folder)

    with pytest.raises(InputError, match=f"{name}:"):
        add_claim(PIVOT, REBUTS, paths=[folder])

    assert contents(folder) == before


def test_what_cannot_be_text_is_refused(folder: Path):
    with pytest.raises(UsageError, match="half a surrogate pair"):
        add_claim(Claim("", "\udcff", speakers=("gin",)), paths=[folder])
    with pytest.raises(UsageError, match="language"):
        add_claim(Claim("", "x", language="no such", speakers=("gin",)), paths=[folder])


def test_warnings_about_the_claim_are_told_but_do_not_stop_it(folder: Path):
    lonely = prepare_claim(Claim("", "x", speakers=("gin",)), paths=[folder])

    assert [(f.node, f.line) for f in lonely.warnings] == [(AI + "x", len(GIN.splitlines()) + 2)]
    assert not prepare_claim(PIVOT, REBUTS, paths=[folder]).warnings


def test_a_file_that_changed_meanwhile_is_not_overwritten(folder: Path):
    addition = prepare_claim(PIVOT, REBUTS, paths=[folder])
    (folder / "gin.ttl").write_text(GIN + "# someone else was here\n")

    with pytest.raises(DissensusError, match="changed by someone else meanwhile"):
        addition.write()

    assert (folder / "gin.ttl").read_text() == GIN + "# someone else was here\n"
    assert sorted(os.listdir(folder)) == ["baker.ttl", "gin.ttl"]


def test_a_new_file_that_someone_else_began_is_not_overwritten(folder: Path):
    addition = prepare_claim(PIVOT, REBUTS, paths=[folder], file=folder / "new.ttl")
    (folder / "new.ttl").write_text("# mine\n")

    with pytest.raises(DissensusError, match="changed by someone else meanwhile"):
        addition.write()
