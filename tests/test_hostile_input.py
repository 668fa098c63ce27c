"""Whatever is imported: one clear line for each fault, or claims that pass `check`."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dissensus
from dissensus.graph.exchange.formats import readable
from dissensus.graph.writing import debate_turtle

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Sample:
    """A sound file: its format, its name, its bytes."""

    format: str
    name: str
    data: bytes

    def __str__(self) -> str:
        return self.name


ARGGRAPH = """<?xml version="1.0" encoding="UTF-8"?>
<arggraph id="trams" topic_id="free_trams" stance="pro">
  <edu id="e1"><![CDATA[Trams should be free.]]></edu><edu id="e2"><![CDATA[Air.]]></edu>
  <edu id="e3"><![CDATA[But who pays?]]></edu><joint id="j1"/>
  <adu id="a1" type="pro"/><adu id="a2" type="pro"/><adu id="a3" type="opp"/>
  <edge id="s1" src="e1" trg="a1" type="seg"/><edge id="s2" src="e2" trg="j1" type="seg"/>
  <edge id="s3" src="e3" trg="a3" type="seg"/><edge id="s4" src="j1" trg="a2" type="seg"/>
  <edge id="c1" src="a2" trg="a1" type="sup"/><edge id="c2" src="a3" trg="c1" type="und"/>
</arggraph>
"""
BRAT = """T1\tMajorClaim 10 30\tTrams should be free
T2\tClaim 40 60\tcars go away
T3\tPremise 61 80\tair gets clean
A1\tStance T2 For
R1\tsupports Arg1:T3 Arg2:T2\t
#1\tAnnotatorNotes T3\tcheck this
"""
KIALO = """Discussion Title: Should trams be free?

1. Trams should be free.
1.1. Pro: Free trams take cars off [the road](https://example.org/cars).
1.1.1. Con: -> See 1.2.
1.2. Con: Somebody has to pay \\(always\\).
"""
SADFACE = {
    "metadata": {"core": {"title": "Trams"}},
    "resources": [{"id": "r1", "content": "Free, since cars pollute.",
                   "metadata": {"core": {"title": "On trams", "url": "https://example.org/t"}}}],
    "nodes": [
        {"id": "a1", "type": "atom", "text": "Trams should be free",
         "sources": [{"resource_id": "r1", "text": "Free", "offset": 0}]},
        {"id": "a2", "type": "atom", "text": "cars pollute", "sources": []},
        {"id": "s1", "type": "inference", "name": "Practical Reasoning"},
    ],
    "edges": [{"id": "e1", "source_id": "a2", "target_id": "s1"},
              {"id": "e2", "source_id": "s1", "target_id": "a1"}],
}  # fmt: skip
COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '1500000000000,x,0,3,2,1,1,"Trams, free."\n'
)
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n1,x,0,3,-1\n2,x,0,4,1\n"
MATRIX = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0\n3,0,2,1,1,0,1\n"
TABLE = (
    "id,text,speaker,relation,target,quote,document,date,language,strength\n"
    "free,Trams should be free.,Ana,,,Free!,Talk,2025-12,en,0.7\n"
    "fair,Free trams are fair.,Ana; Ben,supports,free,,,,,\n"
    "rich,Not to those who walk.,Ben,undercuts,fair -> free,,,,,\n"
)


def _samples() -> list[Sample]:
    trams = dissensus.read(ROOT / "claims")
    argdown = (ROOT / "tests" / "argdown" / "trams-1.7.5-map.json").read_bytes()
    text = "[a]: A. {speaker: Ana, date: 2025-12}\n  - <b>: B.\n\n<c>\n\n(1) C.\n----\n(2) [a]\n"
    written = {
        name: dissensus.export_debate(_part_of(trams), name).files[""]
        for name in ("aif", "xaif", "aif-rdf")
    }
    return [
        Sample("aif", "nodes.json", written["aif"]),
        Sample("xaif", "ova.json", written["xaif"]),
        Sample("aif-rdf", "nodes.ttl", written["aif-rdf"]),
        Sample("arggraph", "trams.xml", ARGGRAPH.encode()),
        Sample("argdown", "trams.argdown", text.encode()),
        Sample("argdown-markdown", "trams.md", f"# T\n```argdown\n{text}\n```\n".encode()),
        Sample("argdown-json", "map.json", argdown),
        Sample("brat", "trams.ann", BRAT.encode()),
        Sample("sadface", "sadface.json", json.dumps(SADFACE, indent=1).encode()),
        Sample("kialo", "trams.txt", KIALO.encode()),
        Sample("polis", "comments.csv", COMMENTS.encode()),
        Sample("polis", "votes.csv", VOTES.encode()),
        Sample("polis", "participants-votes.csv", MATRIX.encode()),
        Sample("polis", "summary.csv", b"topic,Trams\nviews,7\n"),
        Sample("table", "table.csv", TABLE.encode()),
        Sample("iccma", "trams.af", b"p af 3\n# x\n1 2\n2 3\n"),
        Sample("iccma", "trams.apx", b"arg(a).\narg(b).\natt(a,b).\n"),
        Sample("iccma", "trams.tgf", b"1 a\n2 b\n#\n1 2\n"),
    ]


def _part_of(debate: dissensus.Debate) -> dissensus.Debate:
    """The first claims of a debate, and what joins them."""
    from dissensus.graph.debate import Debate

    claims = debate.claims[:8]
    kept = {claim.iri for claim in claims}
    links = [ln for ln in debate.links if kept.issuperset((*ln.premises, ln.conclusion))]
    return Debate(
        claims, links, speakers=debate.speakers, documents=debate.documents,
        questions=debate.questions, topics=debate.topics, values=debate.values,
        prefixes={"": "https://example.org/made#"},
    )  # fmt: skip


SAMPLES = _samples()


def test_every_format_that_can_be_read_has_a_sample() -> None:
    assert {sample.format for sample in SAMPLES} == {known.name for known in readable()}


def settled(data: bytes, sample: Sample, folder: Path, **options) -> dissensus.Import | None:
    """The import, if the file is no fault: its Turtle is sound, laid out, and says the same."""
    file = folder / sample.name
    file.write_bytes(data)
    try:
        found = dissensus.import_debate([file], **options)
    except dissensus.InputError as error:
        for finding in error.findings:
            line = str(finding)
            assert line.startswith(str(folder))
            assert line.isprintable(), line
            assert finding.message
        return None
    assert all(str(note).isprintable() for note in found.notes)
    text = debate_turtle(found.debate)
    assert dissensus.format_turtle(text) == text.encode()
    turtle = folder / "out" / "claims.ttl"
    turtle.parent.mkdir(exist_ok=True)
    turtle.write_bytes(text.encode())
    assert [str(f) for f in dissensus.check([turtle]) if f.severity.value == "error"] == []
    again = dissensus.read(turtle)
    assert [(c.text, c.speakers) for c in again.claims] == [
        (c.text, c.speakers) for c in found.debate.claims
    ]
    assert again.links == found.debate.links
    return found


def _utf16(data: bytes) -> bytes:
    return data.decode().encode("utf-16")


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<arggraph id="&b;"/>"""
DAMAGE = {
    "as it is": lambda data: data,
    "nothing": lambda _: b"",
    "one byte": lambda data: data[:1],
    "zeros": lambda _: b"\x00" * 100,
    "zero within": lambda data: data[:40] + b"\x00" + data[40:],
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "UTF-16": _utf16,
    "half of UTF-16": lambda data: _utf16(data)[:41],
    "Latin-1": lambda data: data.replace(b"free", b"fr\xe9\xe9").replace(b"a", b"\xe4"),
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "one line": lambda data: data.replace(b"\n", b" "),
    "huge line": lambda data: data + b"x" * 300_000,
    "twice": lambda data: data + data,
    "brackets": lambda data: b"[" * 20_000 + data,
    "braces": lambda data: b'{"nodes":' * 20_000 + data,
    "elements": lambda data: b"<arggraph>" * 20_000 + data,
    "entities": lambda _: ENTITIES,
    "controls": lambda data: data.replace(b"e", b"\x01\x1b\x7f").replace(b"a", "\u202e".encode()),
    "surrogates": lambda data: data.replace(b"Trams", b"\\ud800").replace(b"Ana", b"\\udc00x"),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_damaged_files(tmp_path: Path, sample: Sample, damage: str) -> None:
    data = DAMAGE[damage](sample.data)

    found = settled(data, sample, tmp_path)
    named = settled(data, sample, tmp_path, format=sample.format)

    if damage in ("as it is", "byte order mark", "CRLF"):
        assert found
        assert named
        assert found.debate.claims == named.debate.claims
        assert [name for name, _ in found.formats] == [sample.format]
    if damage in ("nothing", "zeros", "entities"):
        assert found is None or not found.debate.links


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_truncated_files(tmp_path: Path, sample: Sample) -> None:
    size = len(sample.data)
    for cut in {*range(1, size, max(1, size // 12)), size - 2, size - 1}:
        settled(sample.data[:cut], sample, tmp_path)


ODD = [
    "a b",
    'q"u',
    "l\\n",
    "s/l#a",
    "<x>",
    "é\u2028",
    "x;y",
    "a,b",
    "%41",
    ":",
    "💡",
    "_",
    "-",
    ".",
]


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
@settings(max_examples=25)
@given(data=st.data())
def test_any_few_bytes_may_be_wrong(tmp_path_factory, sample: Sample, data) -> None:
    changed = bytearray(sample.data)
    fragments = [text.encode() for text in ODD] + [
        b"\x00", b"\xff", b"\n", b"\r", b"\t", b"{", b"[", b"]", b"}", b"<", b">", b"&", b"null",
        b"-1", b"1e999", b"9" * 30, b"nan", b"true", b"\\ud800", b'"', b"'", b"\x1f",
    ]  # fmt: skip
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(changed)))
        length = data.draw(st.sampled_from([0, 1, 2, 5, 20, 100]))
        if data.draw(st.booleans()):
            put = data.draw(st.sampled_from(fragments))
        else:
            other = data.draw(st.integers(0, len(changed)))
            put = bytes(changed[other : other + data.draw(st.sampled_from([0, 1, 3, 10, 40]))])
        changed[start : start + length] = put

    settled(bytes(changed), sample, tmp_path_factory.mktemp("odd"), format=sample.format)


# -- names, circles, what is said of nothing ------------------------------------------------------


@pytest.mark.parametrize("name", [*ODD, "\n", "x" * 5_000])
def test_odd_names_are_kept(tmp_path: Path, name: str) -> None:
    nodes = {
        "nodes": [{"nodeID": name, "type": "I", "text": "A."},
                  {"nodeID": "b", "type": "I", "text": "B."}, {"nodeID": "r", "type": "RA"}],
        "edges": [{"fromID": name, "toID": "r"}, {"fromID": "r", "toID": "b"}],
    }  # fmt: skip
    sample = Sample("aif", "odd.json", json.dumps(nodes).encode())

    found = settled(sample.data, sample, tmp_path)

    assert found
    first = next(claim for claim in found.debate.claims if claim.text == "A.")
    assert name.strip() in (found.debate.name(first.iri), first.identifier.strip())
    assert len(found.debate.links) == 1


CIRCLES = [
    Sample("table", "c.csv", b"id,text,relation,target\na,A.,supports,b\nb,B.,rebuts,a\n"
           b"c,C.,supports,c\na,,restates,a\na,,supports,b\n"),
    Sample("iccma", "c.apx", b"arg(a).\narg(b).\natt(a,b).\natt(b,a).\natt(a,a).\natt(a,b).\n"),
    Sample("kialo", "c.txt", b"Discussion Title: T\n\n1. A.\n1.1. Pro: -> See 1.2.\n"
           b"1.2. Con: -> See 1.1.\n1.3. Con: -> See 1.\n"),
    Sample("argdown", "c.argdown", b"[a]: A.\n  + [a]\n  - [b]: B.\n    + [a]\n  _ <a>\n\n"
           b"<a>\n  _ <a>\n"),
    Sample("arggraph", "c.xml", b'<arggraph id="c"><edu id="e">E</edu><adu id="a"/><adu id="a"/>'
           b'<joint id="j"/><edge id="s" src="e" trg="j" type="seg"/>'
           b'<edge id="t" src="j" trg="j" type="seg"/><edge id="u" src="j" trg="a" type="seg"/>'
           b'<edge id="c" src="a" trg="d" type="und"/><edge id="d" src="a" trg="c" type="und"/>'
           b'<edge id="f" src="a" trg="f" type="und"/><edge id="g" src="a" trg="a" type="sup"/>'
           b"</arggraph>"),
    Sample("aif", "c.json", json.dumps({
        "nodes": [{"nodeID": n, "type": t, "text": n}
                  for n, t in [("a", "I"), ("a", "I"), ("r", "CA"), ("s", "CA"), ("t", "RA")]],
        "edges": [{"fromID": x, "toID": y}
                  for x, y in ["ar", "rs", "as", "sr", "at", "ta", "rr", "aa", "zz"]],
    }).encode()),
]  # fmt: skip


CIRCLES += [
    Sample("polis", "nameless.csv", COMMENTS.encode() + b"1,x,,3,0,0,1,A.\n1,x,,4,0,0,1,B.\n"),
]


@pytest.mark.parametrize("sample", CIRCLES, ids=str)
def test_circles_and_what_ends_where_it_starts(tmp_path: Path, sample: Sample) -> None:
    found = settled(sample.data, sample, tmp_path)

    assert found
    assert found.notes


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A.,,,9/12/2025,,", "2:1: warning: '9/12/2025' is no date: left out; write it like"),
        ("A.,,,2025-13-01,,", "'2025-13-01' is no date"),
        ("A.,,,,in English,", "'in English' is no tag of a language like 'en'"),
        ("A.,Said so.,,,,", "quotes of no document, kept as quotes of the file: 1"),
        ("A.,,,,,1.5", "2:1: '1.5' is no number from 0 to 1"),
        ("A.,,,,,nan", "2:1: 'nan' is no number from 0 to 1"),
    ],
)
def test_odd_cells_of_a_table_are_told(tmp_path: Path, run, row: str, said: str) -> None:
    file = tmp_path / "t.csv"
    file.write_text(f"text,quote,document,date,language,strength\n{row}\n", encoding="utf-8")

    result = run("import", str(file))

    assert said in result.stderr
    assert result.exit_code == (1 if "number" in said else 0)


# -- folders --------------------------------------------------------------------------------------


def _mixed(folder: Path) -> None:
    for sample in SAMPLES:
        (folder / sample.name).write_bytes(sample.data)
    (folder / "nodes.ttl").unlink()  # says what nodes.json says
    (folder / "broken.json").write_bytes(b'{"nodes": [{"nodeID": "1", "type"')
    (folder / "latin.csv").write_bytes(b"text\nfr\xe9e\n")
    (folder / "bomb.xml").write_bytes(ENTITIES)
    (folder / "picture.svg").write_bytes(b"<svg/>")
    (folder / "folder.json").mkdir()
    (folder / "folder.json" / "more.csv").write_bytes(b"text\nMore.\n")
    (folder / "gone.json").symlink_to(folder / "nothing.json")
    (folder / "round").symlink_to(folder)


def test_a_folder_of_everything(tmp_path: Path, run) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    _mixed(folder)
    out = tmp_path / "claims.ttl"

    stopped = run("import", str(folder), "-o", str(out))
    assert stopped.exit_code == 1
    assert not out.exists()
    kept = run("import", str(folder), "--keep-going", "-o", str(out))

    assert kept.exit_code == 1
    faults = [line for line in kept.stderr.splitlines() if "warning: " not in line][:-1]
    assert [line.split(":")[0].rpartition("/")[2] for line in faults] == [
        "bomb.xml", "broken.json", "latin.csv",
    ]  # fmt: skip
    assert stopped.stderr.splitlines()[-3:] == faults
    assert run("check", str(out)).exit_code == 0
    read = kept.stderr.splitlines()[-1]
    assert all(f" {sample.format}" in read for sample in SAMPLES if sample.format != "aif-rdf")


def test_what_cannot_be_opened(tmp_path: Path, run) -> None:
    dangling = tmp_path / "gone.json"
    dangling.symlink_to(tmp_path / "nothing.json")
    pipe = tmp_path / "empty"
    pipe.mkdir()

    for path, said in [
        (dangling, "cannot be read: no such file"),
        (tmp_path / "none.csv", "cannot be read: no such file"),
        (pipe, "nothing to import"),
        (tmp_path / "x.csv" / "y.csv", "cannot be read: no such file"),
        (tmp_path / ("x" * 300), "File name too long"),
    ]:
        result = run("import", str(path))
        assert result.exit_code == 1
        assert said in result.stderr
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, run) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("text\nA.\n", encoding="utf-8")
    secret.chmod(0)

    assert "cannot be read: permission denied" in run("import", str(secret)).stderr


def test_used_wrongly_is_told_from_a_fault(tmp_path: Path, run) -> None:
    file = tmp_path / "t.csv"
    file.write_text("text\nA.\n", encoding="utf-8")

    assert run("import").exit_code == 2
    assert run("import", str(file), "--namespace", "no iri").exit_code == 2
    assert run("import", str(file), "--from", "speech").exit_code == 1
    assert run("import", str(file), "--from", "aif").exit_code == 1
    assert run("export", "--to", "csv").exit_code == 2
