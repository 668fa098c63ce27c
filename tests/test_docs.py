"""The pages of the documentation show what the commands print, and their Python runs.

A block that is marked ``console`` and begins with ``$ dissensus`` is run against the shipped
debate, command by command and without a shell. What stands below a command is its standard output;
where nothing stands below it, the command is only run. A block that begins otherwise says what to
type, and is left alone. Python is run unless it is a session (``>>>``), which is for doctest.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"
PROMPT = "$ dissensus "


class Shown(NamedTuple):
    """A command on a page, and the output that the page shows for it."""

    place: str
    command: str
    output: str


def blocks(page: Path, language: str) -> Iterator[tuple[int, str]]:
    """Each block of the language, and the line on which it begins."""
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE):
        yield text.count("\n", 0, found.start(1)) + 1, found[1]


def shown_commands() -> Iterator[Shown]:
    for page in sorted(DOCS.glob("*.md")):
        for start, block in blocks(page, "console"):
            lines = block.split("\n")
            prompts = [n for n, line in enumerate(lines) if line.startswith(PROMPT)]
            if 0 not in prompts:
                continue
            for n, end in pairwise([*prompts, len(lines)]):
                output = tidy("\n".join(lines[n + 1 : end]))
                yield Shown(f"{page.name}:{start + n}", lines[n].removeprefix(PROMPT), output)


def tidy(output: str) -> str:
    """Without spaces at the ends of lines and empty lines around."""
    return "\n".join(line.rstrip() for line in output.split("\n")).strip("\n")


COMMANDS = list(shown_commands())


@pytest.fixture
def elsewhere(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in with the shipped claims in it, so that no page writes into the tree."""
    (tmp_path / "claims").symlink_to(root / "claims", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exports").mkdir()
    monkeypatch.delenv("DISSENSUS_CLAIMS", raising=False)
    return tmp_path


@pytest.mark.parametrize("shown", COMMANDS, ids=[shown.place for shown in COMMANDS])
def test_a_command_prints_what_its_page_shows(shown: Shown, run, root: Path, elsewhere) -> None:
    result = run(*shlex.split(shown.command), claims=root / "claims")
    assert result.exit_code == 0, result.output
    if shown.output:
        assert tidy(result.stdout) == shown.output


def test_every_page_on_reasoning_shows_output() -> None:
    """Guards the test above: a slip in the marking of a block would leave it out in silence."""
    showing = {shown.place.partition(":")[0] for shown in COMMANDS if shown.output}
    assert showing >= {"verdicts.md", "cruxes.md", "audiences.md", "evidence-and-gaps.md"}


PYTHON = [
    pytest.param(code, id=f"{page.name}:{line}")
    for page in sorted(DOCS.glob("*.md"))
    for line, code in blocks(page, "python")
    if not code.startswith(">>>")
]


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_of_a_page_runs(code: str, elsewhere) -> None:
    exec(compile(code, "docs", "exec"), {})


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_the_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!\w+:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (DOCS / target).exists()] == []
