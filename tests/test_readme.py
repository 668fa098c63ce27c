"""The README's commands run, and do what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dissensus.commands import HOMES


def blocks(root: Path, language: str) -> list[str]:
    text = (root / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A clean copy of what git tracks."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, tracked.stdout.split("\0")):
        target = tmp_path / "dissensus" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, target)
    return tmp_path / "dissensus"


def test_the_first_screen_has_a_picture_and_two_commands(root: Path) -> None:
    start = (root / "README.md").read_text(encoding="utf-8").split("\n## ")[0]
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", start)
    assert (root / picture).stat().st_size > 10_000
    assert len(re.findall(r"```sh\n", start)) == 2


def test_ci_runs_the_test_command_of_the_readme(root: Path) -> None:
    tests = blocks(root, "sh")[1].strip()
    assert tests in (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.skipif(
    not os.environ.get("DISSENSUS_TEST_INSTALL"), reason="installs packages: asked for by CI"
)
def test_the_first_command_on_a_clean_copy(root: Path, copy: Path) -> None:
    command = blocks(root, "sh")[0].replace("python3 -m venv", f"{sys.executable} -m venv")
    result = subprocess.run(
        ["bash", "-c", command], cwd=copy, capture_output=True, text=True, check=False, timeout=900
    )
    assert result.returncode == 0, result.stderr
    assert "no fault found" in result.stderr
    assert "Was it a mistake for China" in result.stdout
    assert (copy / "exports" / "debate.html").stat().st_size > 100_000


def test_the_tour_runs_as_it_stands(
    root: Path, copy: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim of the tour is written, then each console command is run in its place."""
    (turtle,) = blocks(root, "turtle")
    (copy / "claims" / "mine.ttl").write_text(turtle, encoding="utf-8")
    monkeypatch.chdir(copy)
    monkeypatch.delenv("DISSENSUS_CLAIMS", raising=False)
    commands = [
        line.removeprefix("$ dissensus ")
        for block in blocks(root, "console")
        for line in block.splitlines()
    ]
    assert len(commands) >= 12
    for command in commands:
        result = run(*shlex.split(command))
        assert result.exit_code == 0, f"{command}: {result.stderr}"
    assert (copy / "exports" / "power.html").exists()


def test_the_fault_that_the_readme_shows(root: Path, copy: Path, run, monkeypatch) -> None:
    (turtle,) = blocks(root, "turtle")
    (shown,) = blocks(root, "text")
    (copy / "claims" / "mine.ttl").write_text(turtle.replace("terrible-mistake", "terrible-mistak"))
    monkeypatch.chdir(copy)
    result = run("check")
    assert (result.exit_code, result.stdout) == (1, shown)


def test_the_notebook_runs(root: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = blocks(root, "python")
    monkeypatch.chdir(copy)
    exec(compile(code, "README.md", "exec"), {})
    assert (copy / "exports" / "debate.html").exists()


def test_the_readme_names_every_page_of_the_documentation(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    for page in sorted((root / "docs").glob("*.md")):
        assert f"docs/{page.name}" in text
    assert "check" in HOMES
