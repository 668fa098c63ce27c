"""The package as it is installed: what is in it, and how it starts."""

from __future__ import annotations

import configparser
import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HEAVY = {"rdflib", "networkx", "pyvis", "pyshacl", "numpy", "scipy", "jinja2", "rich"}


def config(root: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(root / "setup.cfg", encoding="utf-8")
    return parser


def test_package_list_is_the_tree(root: Path) -> None:
    listed = set(config(root)["options"]["packages"].split())
    rooms = [root / "graph", root / "commands"]
    folders = [*rooms, *(p for p in (root / "graph").rglob("*") if p.is_dir())]
    found = {
        ".".join(["dissensus", *folder.relative_to(root).parts])
        for folder in folders
        if (folder / "__init__.py").exists()
    }
    assert listed == found | {"dissensus", "dissensus.claims", "dissensus.ontology"}


def test_every_file_of_data_is_in_the_package(root: Path) -> None:
    patterns = config(root)["options.package_data"]
    shipped = {
        path
        for package, globs in patterns.items()
        for pattern in globs.replace("\n", ",").split(",")
        if pattern.strip()
        for path in root.joinpath(*package.split(".")[1:]).glob(pattern.strip())
    }
    data = {
        path
        for folder in ("graph", "ontology", "claims")
        for path in (root / folder).rglob("*")
        if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts
    }
    assert data - shipped == set()


@pytest.mark.parametrize("command", [["--help"], ["query", "--help"], ["map", "--help"]])
def test_help_imports_nothing_heavy(command: list[str]) -> None:
    code = (
        "import sys\n"
        "from dissensus.cli import dissensus\n"
        f"dissensus({command!r}, standalone_mode=False)\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip().endswith("[]")


@pytest.mark.parametrize(
    "start", [["cli.py"], ["-m", "dissensus"]], ids=["python cli.py", "python -m dissensus"]
)
def test_ways_to_start(root: Path, start: list[str]) -> None:
    result = subprocess.run(
        [sys.executable, *start, "--version"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert result.stdout.startswith("dissensus, version ")


def test_a_bare_checkout_starts_without_being_installed(root: Path) -> None:
    hide = (
        "import sys, runpy, importlib.util\n"
        "find = importlib.util.find_spec\n"
        "hidden = lambda name, *more: None if name == 'dissensus' else find(name, *more)\n"
        "importlib.util.find_spec = hidden\n"
        "sys.argv = ['cli.py', 'stats']\n"
        f"runpy.run_path({str(root / 'cli.py')!r}, run_name='__main__')\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", hide],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    assert "claims" in result.stdout


def test_wheel_holds_only_dissensus(root: Path, tmp_path: Path) -> None:
    """Built from a copy, so that the checkout stays clean; needs the build backend only."""
    source = tmp_path / "checkout"
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout")
    for name in tracked.stdout.split("\0"):
        if name and (root / name).is_file():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((root / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"dissensus"}
    for needed in ("cli.py", "graph/reading.py", "ontology/shapes.ttl", "claims/debate.ttl"):
        assert f"dissensus/{needed}" in names
    assert not [name for name in names if "/tests/" in name or "/docs/" in name]


def test_the_root_can_be_loaded_by_itself(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # pytest does so where the folder's name is no Python name, as in an unpacked dissensus-main.zip
    monkeypatch.setitem(sys.modules, "IPython", sys)
    spec = importlib.util.spec_from_file_location("__init__", root / "__init__.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert getattr(module, "pytest_plugins", None) is None
