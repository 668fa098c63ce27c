"""The command line as a person uses it: what is printed where, and with which exit status."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from dissensus.cli import dissensus
from dissensus.commands import HOMES

SOUND = """
:ann a d:Speaker ; rdfs:label "Ann" .
:bob a d:Speaker ; rdfs:label "Bob" .
:tea a d:Topic ; rdfs:label "tea" .
:tea-first a d:Claim ; d:text "Tea first."@en ; d:assertedBy :ann ; d:about :tea .
:milk-first a d:Claim ; d:text "Milk first."@en ; d:assertedBy :bob ; d:about :tea ;
    d:rebuts :tea-first .
"""


def test_every_command_has_help_with_an_example() -> None:
    for name in HOMES:
        command = dissensus.get_command(None, name)
        assert command.help, name
        assert "Example:" in command.help, name


def test_every_command_is_in_the_documentation(root: Path) -> None:
    pages = "".join(
        page.read_text(encoding="utf-8") for page in [root / "README.md", *root.glob("docs/*.md")]
    )
    for name in HOMES:
        assert f"dissensus {name}" in pages, name


def test_check_is_silent_on_standard_output_when_all_is_sound(run, claims) -> None:
    result = run("check", claims=claims(SOUND))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no fault" in result.stderr


def test_check_prints_a_line_per_fault_and_exits_with_1(run, claims) -> None:
    folder = claims(SOUND + ":x a d:Claim ; d:text 'X' ; d:rebuts :tea-frst .\n")
    result = run("check", claims=folder)
    assert result.exit_code == 1
    assert ":tea-first" in result.stdout
    assert result.stdout.splitlines()[0].startswith(f"{folder}/file0.ttl:11:")
    findings = json.loads(run("check", "--format", "json", claims=folder).stdout)["findings"]
    assert {"file", "line", "column", "severity", "rule", "node", "message", "remedy"} == set(
        findings[0]
    )


def test_check_takes_paths_of_its_own(run, claims, tmp_path: Path) -> None:
    sound = claims(SOUND)
    assert run("check", str(sound / "file0.ttl"), claims=tmp_path).exit_code == 0


def test_a_missing_path_is_a_wrong_use(run, tmp_path: Path) -> None:
    result = run("stats", claims=tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "no such file or folder" in result.stderr


def test_faulty_claims_end_in_lines_and_never_in_a_traceback(run, claims) -> None:
    folder = claims(":a a d:Claim .\n:b foo:c :d .\n")
    for command in (["stats"], ["list"], ["disagreements"], ["query", "ASK {}"], ["map"]):
        result = run(*command, claims=folder)
        assert result.exit_code == 1, command
        assert "foo:" in result.stderr, command
        assert "Traceback" not in result.output, command


def test_an_unknown_name_suggests_the_nearest(run, claims) -> None:
    result = run("show", "tea-frist", claims=claims(SOUND))
    assert result.exit_code == 1
    assert "did you mean tea-first?" in result.stderr


def test_list_narrows_by_speaker_and_topic(run, claims) -> None:
    folder = claims(SOUND)
    listed = run("list", "claims", "--speaker", "Ann", "--format", "json", claims=folder)
    assert [row["name"] for row in json.loads(listed.stdout)["claims"]] == ["tea-first"]
    assert run("list", "topics", "--speaker", "Ann", claims=folder).exit_code == 2


@pytest.mark.parametrize("what", ["speakers", "questions", "topics", "documents", "values",
                                  "audiences", "links"])  # fmt: skip
def test_everything_can_be_listed(run, root: Path, what: str) -> None:
    result = run("list", what, "--format", "csv", claims=root / "claims")
    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert len(rows) >= 2
    assert all(rows[0].values()) or what in ("speakers", "topics", "documents", "links")


def test_show_tells_all_about_a_claim(run, claims) -> None:
    shown = run("show", "milk-first", claims=claims(SOUND)).stdout
    assert "Milk first." in shown
    assert "rebuts: Tea first. (tea-first)" in shown
    facts = json.loads(run("show", ":tea-first", "--format", "json", claims=claims(SOUND)).stdout)
    assert facts["claim"]["linked_from"][0]["from"] == ["milk-first"]


@pytest.mark.parametrize("output_format", ["table", "json", "csv", "md"])
def test_disagreements_in_every_format(run, claims, output_format: str) -> None:
    result = run("disagreements", "--format", output_format, claims=claims(SOUND))
    assert result.exit_code == 0
    for name in ("Ann", "Bob", "rebuttal"):
        assert name in result.stdout


def test_the_json_shape_of_disagreements(run, claims) -> None:
    (point,) = json.loads(run("disagreements", "--format", "json", claims=claims(SOUND)).stdout)[
        "disagreements"
    ]
    assert {"rank", "kind", "question", "topics", "score", "parts", "sides", "links"} <= set(point)
    assert point["topics"] == ["tea"]
    assert point["sides"][0]["speakers"] == ["Ann"]
    assert set(point["sides"][0]["claims"][0]) == {"iri", "name", "text", "speakers"}


def test_narrowing_to_two_speakers(run, claims) -> None:
    folder = claims(SOUND)
    assert "Milk" in run("disagreements", "--between", "ann", "bob", claims=folder).stdout
    wrong = run("disagreements", "--between", "Ann", "Dan", claims=folder)
    assert (wrong.exit_code, "no speaker named 'Dan'" in wrong.stderr) == (1, True)


def test_agreements(run, root: Path) -> None:
    found = json.loads(run("agreements", "--format", "json", claims=root / "claims").stdout)
    kinds = {point["kind"] for point in found["agreements"]}
    assert kinds == {"same position", "support"}


def test_a_query_as_argument_file_saved_name_and_standard_input(run, claims, tmp_path) -> None:
    folder = claims(SOUND)
    text = "SELECT ?text { ?c d:assertedBy :ann ; d:text ?text }"
    (tmp_path / "ask.rq").write_text(text)
    for arguments, stdin in (
        ([text], None),
        (["-f", str(tmp_path / "ask.rq")], None),
        ([], text),
        (["--saved", "claims-by-speaker", "--set", "speaker=Ann"], None),
    ):
        result = run("query", *arguments, "--format", "csv", claims=folder, stdin=stdin)
        assert "Tea first." in result.stdout, arguments
    assert run("query", text, "--saved", "questions", claims=folder).exit_code == 2


def test_a_query_sees_links_in_both_spellings(run, claims) -> None:
    folder = claims(SOUND)
    for pattern in ("?a d:rebuts ?b", "?l a d:Rebuttal ; d:premise ?a ; d:conclusion ?b"):
        result = run("query", f"SELECT ?a ?b {{ {pattern} }}", "--format", "csv", claims=folder)
        assert result.stdout.count("milk-first") == 1, pattern


def test_an_update_and_a_remote_service_are_refused(run, claims) -> None:
    folder = claims(SOUND)
    for text in (
        "INSERT DATA { :a d:text 'x' }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ):
        result = run("query", text, claims=folder)
        assert result.exit_code == 1
        assert "Traceback" not in result.output


def test_a_slow_query_is_stopped(run, root: Path) -> None:
    everything = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(5))
    text = f"SELECT (COUNT(*) AS ?n) {{ {everything} }}"
    result = run("query", text, "--timeout", "0.5", claims=root / "claims")
    assert result.exit_code == 1
    assert "0.5" in result.stderr


def test_the_users_own_saved_queries(run, claims) -> None:
    folder = claims(SOUND)
    (folder / "queries").mkdir()
    (folder / "queries" / "texts.rq").write_text(
        "# title: Texts\n# meaning: What is said.\n# column: text - the words\n"
        "SELECT ?text { ?c d:text ?text } ORDER BY ?text\n"
    )
    assert "texts" in run("query", "--list", claims=folder).stdout
    assert "Milk first." in run("query", "--saved", "texts", claims=folder).stdout


def test_map_writes_where_it_is_told(run, claims, tmp_path: Path) -> None:
    target = tmp_path / "out" / "map.html"
    result = run("map", "-o", str(target), claims=claims(SOUND))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Milk first." in target.read_text(encoding="utf-8")


def test_nothing_unsound_reaches_a_map(run, claims, tmp_path: Path) -> None:
    folder = claims(SOUND + ":x a d:Claim ; d:text 'Nobody says this.' .\n")
    result = run("map", "-o", str(tmp_path / "map.html"), claims=folder)
    assert result.exit_code == 1
    assert not (tmp_path / "map.html").exists()


def test_escape_sequences_in_a_claim_do_not_reach_the_terminal(run, claims) -> None:
    folder = claims(SOUND.replace("Milk first.", "Milk \\u001b[2J\\u202Efirst."))
    for command in (["list"], ["show", "milk-first"], ["disagreements"], ["check"]):
        output = run(*command, claims=folder).output
        assert "\x1b" not in output, command
        assert "\u202e" not in output, command


def test_a_closed_pipe_is_no_fault(root: Path) -> None:
    command = f"{sys.executable} {root / 'cli.py'} --claims {root / 'claims'} list | head -1"
    result = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60
    )
    assert "Traceback" not in result.stderr
    assert "BrokenPipe" not in result.stderr


def test_results_go_to_standard_output_and_talk_to_standard_error(
    run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DISSENSUS_CLAIMS", raising=False)
    monkeypatch.chdir(tmp_path)
    result = run("stats", "--format", "json")
    assert json.loads(result.stdout)["stats"]["claims"] > 70
    assert "ships with dissensus" in result.stderr


def test_add_by_options_and_by_questions(run, claims) -> None:
    folder = claims(SOUND)
    before = (folder / "file0.ttl").read_text()
    result = run(
        "add", "Warm the pot.", "--speaker", "Ann", "--topic", "tea", "--supports", "tea-first",
        claims=folder,
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    after = (folder / "file0.ttl").read_text()
    assert after.startswith(before)
    assert "Warm the pot." in after
    assert run("check", claims=folder).exit_code == 0
    asked = run("add", claims=folder, stdin="Cold milk only.\nBob\ntea\n\n\n\n\n")
    assert asked.exit_code == 0, asked.output
    assert "Cold milk only." in (folder / "file0.ttl").read_text()


def test_add_refuses_what_would_not_be_sound(run, claims) -> None:
    folder = claims(SOUND)
    before = (folder / "file0.ttl").read_text()
    for arguments in (
        ["Warm.", "--speaker", "Anne", "--topic", "tea"],
        ["Warm.", "--speaker", "Ann", "--rebuts", "tea-frst"],
        ["Warm.", "--speaker", "Ann", "--name", "tea-first"],
    ):
        result = run("add", *arguments, claims=folder)
        assert result.exit_code in (1, 2), arguments
        assert (folder / "file0.ttl").read_text() == before
