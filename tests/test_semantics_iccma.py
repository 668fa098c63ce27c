"""Frameworks in the competition's formats, and its problems answered in its form."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dissensus.graph.errors import DissensusError, InputError, UnknownNameError, UsageError
from dissensus.graph.semantics.extensions import all_extensions
from dissensus.graph.semantics.framework import Framework, Semantics
from dissensus.graph.semantics.framework_reading import FileFormat, parse_framework, read_framework
from dissensus.graph.semantics.framework_writing import format_framework, write_framework
from dissensus.graph.semantics.iccma import FORMATS, PROBLEMS, listing, parse_problem, solve
from dissensus.graph.semantics.satisfying import SolverTimeoutError

# 1 and 2 attack each other, 2 attacks 3.
AF = "p af 3\n# who attacks whom\n1 2\n2 1\n2 3\n"
APX = "arg(a). arg(b).arg(c).\n% who attacks whom\natt(a,b). att(b,a).\natt( b , c ).\n"
TGF = "a\nb second\nc\n#\na b\nb a\nb c\n"
TEXTS = {"af": AF, "apx": APX, "tgf": TGF}


@pytest.fixture
def files(tmp_path):
    paths = {}
    for ending, text in TEXTS.items():
        paths[ending] = tmp_path / f"example.{ending}"
        paths[ending].write_text(text)
    return paths


# -- answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "argument", "af", "other"),
    [
        ("DC-CO", 1, "YES\nw 1 3", "YES"),
        ("DC-GR", 1, "NO", "NO"),
        ("DS-PR", 1, "NO\nw 2", "NO"),
        ("DC-ST", 3, "YES\nw 1 3", "YES"),
        ("DS-SST", 2, "NO\nw 1 3", "NO"),
        ("DC-STG", 2, "YES\nw 2", "YES"),
        ("DC-ID", 2, "NO", "NO"),
        ("DS-CO", 2, "NO\nw", "NO"),
        ("DS-EAGER", 2, "NO\nw", "NO"),
        ("SE-GR", None, "w", "[]"),
        ("SE-ID", None, "w", "[]"),
        ("EE-ID", None, "[[]]", "[[]]"),
        ("EE-CO", None, "[[],[1,3],[2]]", "[[],[a,c],[b]]"),
        ("EE-PR", None, "[[1,3],[2]]", "[[a,c],[b]]"),
        ("EE-ST", None, "[[1,3],[2]]", "[[a,c],[b]]"),
        ("CE-CO", None, "3", "3"),
        ("CE-STG", None, "2", "2"),
    ],
)
def test_answers_take_the_form_of_the_files_format(files, problem, argument, af, other):
    letter = None if argument is None else "abc"[argument - 1]
    assert solve(problem, files["af"], argument and str(argument)) == af
    assert solve(problem, files["apx"], letter) == other
    assert solve(problem.lower(), files["tgf"], letter) == other


def test_some_extension_is_one_of_them(files):
    assert solve("SE-PR", files["af"]) in ("w 1 3", "w 2")
    assert solve("SE-PR", files["apx"]) in ("[a,c]", "[b]")


def test_no_extension_is_not_the_empty_extension(tmp_path):
    odd = {"af": "p af 1\n1 1\n", "apx": "arg(a).att(a,a).", "tgf": "a\n#\na a\n"}
    for ending, text in odd.items():
        path = tmp_path / f"odd.{ending}"
        path.write_text(text)
        name = "1" if ending == "af" else "a"
        assert solve("SE-ST", path) == "NO"
        assert solve("EE-ST", path) == "[]"
        assert solve("CE-ST", path) == "0"
        assert solve("DC-ST", path, name) == "NO"
        assert solve("DS-ST", path, name) == "YES"
        assert solve("EE-PR", path) == "[[]]"
        assert solve("CE-PR", path) == "1"


@pytest.mark.parametrize(
    ("ending", "text", "expected"),
    [("af", "p af 0\n", "w"), ("apx", "% nothing\n", "[]"), ("tgf", "#\n", "[]")],
)
def test_no_arguments_at_all(tmp_path, ending, text, expected):
    path = tmp_path / f"empty.{ending}"
    path.write_text(text)
    assert solve("SE-ST", path) == expected
    assert solve("EE-CO", path) == "[[]]"


def test_problems_and_formats_are_listed_and_every_problem_is_answered(files):
    assert listing(FORMATS) == "[apx,i23,tgf]"
    assert len(PROBLEMS) == 40
    for problem in PROBLEMS:
        about_one = problem.startswith("D")
        assert solve(problem, files["af"], "1" if about_one else None)
    assert parse_problem("DS-SST") == ("DS", Semantics.SEMI_STABLE)


def test_proofs_are_proofs(tmp_path):
    numbers = random.Random(11)
    for _ in range(30):
        size = numbers.randint(3, 12)
        attacks = {
            (numbers.randrange(size), numbers.randrange(size)) for _ in range(int(1.6 * size))
        }
        af = Framework.from_pairs(size, attacks)
        path = tmp_path / "random.af"
        write_framework(af, path)
        for semantics in (Semantics.COMPLETE, Semantics.PREFERRED, Semantics.STABLE):
            sets = [{*map(str, (e + 1).tolist())} for e in all_extensions(af, semantics)]
            argument = str(numbers.randint(1, size))
            for task, proven in (("DC", "YES"), ("DS", "NO")):
                answer, *proof = solve(f"{task}-{semantics.code}", path, argument).split("\n")
                assert bool(proof) == (answer == proven)
                if proof:
                    letter, *members = proof[0].split(" ")
                    assert letter == "w"
                    assert members == sorted(members, key=int)
                    assert set(members) in sets
                    assert (argument in members) == (task == "DC")


def test_a_number_too_long_for_python_to_print(tmp_path):
    pairs = 9100
    lines = [f"{2 * i + 1} {2 * i + 2}\n{2 * i + 2} {2 * i + 1}\n" for i in range(pairs)]
    path = tmp_path / "many.af"
    path.write_text(f"p af {2 * pairs}\n" + "".join(lines))
    count = solve("CE-CO", path)
    assert len(count) == 4342
    assert count.endswith(str(pow(3, pairs, 10**12)))
    with pytest.raises(DissensusError, match="too many to list; ask CE-PR"):
        solve("EE-PR", path)


def test_time_is_up(tmp_path):
    numbers = random.Random(2)
    af = Framework.from_pairs(
        4000, {(numbers.randrange(4000), numbers.randrange(4000)) for _ in range(20_000)}
    )
    path = tmp_path / "hard.af"
    write_framework(af, path)
    for problem in ("SE-PR", "CE-PR", "EE-ST"):
        with pytest.raises(SolverTimeoutError):
            solve(problem, path, timeout=0.2)


# -- wrong questions ----------------------------------------------------------------------------


def test_wrong_questions(files):
    with pytest.raises(UsageError, match="unknown problem 'DC-XX'"):
        solve("DC-XX", files["af"], "1")
    with pytest.raises(UsageError, match="about one argument: say which"):
        solve("DC-PR", files["af"])
    with pytest.raises(UsageError, match="leave 'a' out"):
        solve("SE-PR", files["apx"], "a")
    with pytest.raises(UnknownNameError, match="no argument named '4'"):
        solve("DC-PR", files["af"], "4")
    with pytest.raises(UnknownNameError) as raised:
        solve("DC-PR", files["apx"], "A")
    assert raised.value.name == "A"
    with pytest.raises(UsageError, match="unknown format 'cnf'"):
        FileFormat.named("cnf")


# -- reading ------------------------------------------------------------------------------------


def test_the_three_formats_say_the_same(files):
    pairs = [(0, 1), (1, 0), (1, 2)]
    for ending, path in files.items():
        file = read_framework(path)
        assert file.file_format == ending
        assert list(file.framework.pairs()) == pairs
        assert file.warnings == ()
    assert read_framework(files["tgf"]).framework.names == ("a", "b", "c")


def test_the_format_is_told_by_the_ending_or_else_the_content(tmp_path):
    for ending, text in TEXTS.items():
        path = tmp_path / "no-ending"
        path.write_text(text)
        assert read_framework(path).file_format == ending
        assert read_framework(path, FileFormat(ending)).file_format == ending
    path = tmp_path / "example.i23"
    path.write_text(AF)
    assert read_framework(path).file_format is FileFormat.AF
    assert FileFormat.named("I23") is FileFormat.AF
    with pytest.raises(InputError, match="the format of this file cannot be told"):
        parse_framework("hello\n")


def test_reading_is_tolerant_of_space_and_line_ends():
    loose = "\ufeff# first\r\n\r\n  p  af   2\r\n1\t2   # both\r\n"
    assert list(parse_framework(loose.removeprefix("\ufeff"), "x.af").framework.pairs()) == [(0, 1)]
    apx = 'att(x.1,"a b")  .\n\targ ( x.1 ) .%comment\narg("a b").arg(_u-2).'
    framework = parse_framework(apx, "x.apx").framework
    assert framework.names == ("x.1", "a b", "_u-2")
    assert list(framework.pairs()) == [(0, 1)]


def test_a_fact_in_a_comment_is_no_fact():
    file = parse_framework("arg(a). % arg(b). att(a,a).\n% att(a,a).\n%arg(c).", "x.apx")
    assert file.framework.names == ("a",)
    assert file.framework.attack_count == 0


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "bom.af"
    path.write_bytes(b"\xef\xbb\xbf" + AF.encode())
    assert read_framework(path).framework.size == 3


@pytest.mark.parametrize(
    ("ending", "text", "faults"),
    [
        ("af", "", ["1:1: the file has no first line"]),
        ("af", "1 2\n", ["1:1: this is not the first line of a framework"]),
        ("af", "# c\np af three\n", ["2:1: this is not the first line"]),
        ("af", "p af 9999999999\n", ["1:6: 9999999999 arguments are too many"]),
        (
            "af",
            "p af 3\n1 4\nx 2\n1 2 3\n\n 2 0\n1 -2\n",
            [
                "2:3: '4' is not an argument; arguments are the numbers from 1 to 3",
                "3:1: 'x' is not an argument",
                "4:1: this line is not an attack; an attack is two numbers",
                "6:4: '0' is not an argument",
                "7:3: '-2' is not an argument",
            ],
        ),
        (
            "apx",
            "arg(a). att(a,b).\nfoo(a).\n  att(a\narg(c). arg(a,c). att(c).",
            [
                "1:9: the argument 'b' is not declared; add arg(b).",
                "2:1: this is no fact about a framework; write arg(a). or att(a,b).",
                "3:3: this is no fact",
                "4:9: this is no fact",
                "4:19: this is no fact",
            ],
        ),
        (
            "tgf",
            "a\n#\na b\nc\n#\n",
            [
                "3:1: the argument 'b' is not declared; put b on a line of its own above",
                "4:1: this line is not an attack",
                '5:1: a second line "#"',
            ],
        ),
        ("tgf", "a\nb\n", ['3:1: there is no line "#"']),
    ],
)
def test_every_fault_has_its_place_and_a_remedy(tmp_path, ending, text, faults):
    path = tmp_path / f"faulty.{ending}"
    path.write_text(text)
    with pytest.raises(InputError) as raised:
        read_framework(path)
    lines = str(raised.value).splitlines()
    assert len(lines) == len(faults)
    for line, fault in zip(lines, faults, strict=True):
        assert line.startswith(f"{path}:{fault}")
        assert "; " in line


def test_repetition_is_odd_but_harmless():
    apx = parse_framework("arg(a).\narg(a). att(a,a).\natt(a,a).", "x.apx")
    assert [(w.line, w.column, w.severity) for w in apx.warnings] == [
        (2, 1, "warning"),
        (3, 1, "warning"),
    ]
    assert apx.framework.attack_count == 1
    af = parse_framework("p af 2\n1 2\n2 1\n1 2\n", "x.af")
    assert [str(warning) for warning in af.warnings] == [
        "x.af:4:1: warning: this attack is given twice; it counts once"
    ]


def test_solve_tells_of_repetitions_beside_the_answer(tmp_path):
    path = tmp_path / "framework.af"
    path.write_text("p af 2\n1 2\n" + "1 2\n" * 5)
    told: list[str] = []
    assert solve("SE-GR", path, say=told.append) == solve("SE-GR", path) == "w 1"
    assert told == [
        f"{path}:3:1: warning: this attack is given twice; it counts once",
        f"{path}:4:1: warning: this attack is given twice; it counts once",
        f"{path}:5:1: warning: this attack is given twice; it counts once",
        f"{path}: 2 more warnings of this kind",
    ]


def test_the_command_keeps_warnings_out_of_the_answer(tmp_path):
    path = tmp_path / "framework.af"
    path.write_text("p af 2\n1 2\n1 2\n")
    command = [sys.executable, "-m", "dissensus", "solve", "-p", "DC-ST", "-a", "1", "-f", path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "YES\nw 1\n"
    assert done.stderr == f"{path}:3:1: warning: this attack is given twice; it counts once\n"


def test_what_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match=r"nowhere.af: the file cannot be read"):
        read_framework(tmp_path / "nowhere.af")
    with pytest.raises(InputError, match="cannot be read"):
        read_framework(tmp_path)
    path = tmp_path / "latin.apx"
    path.write_bytes(b"arg(a).\narg(\xe9).")
    with pytest.raises(InputError, match=r"latin.apx:2:5: the file is not UTF-8 from here on"):
        read_framework(path)


# -- writing ------------------------------------------------------------------------------------

names = st.one_of(st.text(min_size=1, max_size=5), st.sampled_from(["a", "b1", 'say "no"', "x\\"]))


@st.composite
def frameworks(draw):
    called = draw(st.lists(names, unique=True, max_size=6))
    size = len(called)
    ends = st.integers(0, max(size - 1, 0))
    attacks = draw(st.frozensets(st.tuples(ends, ends), max_size=10)) if size else frozenset()
    return Framework.from_pairs(size, attacks, called)


@given(frameworks(), st.sampled_from(FileFormat))
@settings(max_examples=150, deadline=None)
def test_reading_what_was_written_gives_it_back(framework, file_format):
    text = format_framework(framework, file_format)
    file = parse_framework(text, "written", file_format)
    assert file.warnings == ()
    again = file.framework
    assert again.size == framework.size
    assert list(again.pairs()) == list(framework.pairs())
    if file_format is FileFormat.APX:
        assert again.names == framework.names
    assert format_framework(again, file_format) == text or file_format is FileFormat.TGF


def test_a_file_is_written_in_the_format_of_its_ending(tmp_path):
    framework = Framework.from_pairs(2, [(1, 0)], names=("a", "not b"))
    for ending, text in {
        "af": "p af 2\n2 1\n",
        "apx": 'arg(a).\narg("not b").\natt("not b",a).\n',
        "tgf": "1 a\n2 not b\n#\n2 1\n",
    }.items():
        path = tmp_path / f"written.{ending}"
        write_framework(framework, path)
        assert path.read_text() == text
    assert format_framework(Framework.from_pairs(1, [], names=("a",)), FileFormat.TGF) == "a\n#\n"
    with pytest.raises(UsageError, match="unknown format"):
        write_framework(framework, tmp_path / "written.txt")
