"""The house has floors: a module imports only from floors below its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FLOORS = {
    "terms": 0,
    "errors": 0,
    "printable": 0,
    "model": 1,
    "debate": 1,
    "syntax": 2,
    "deriving": 2,
    "corpus": 2,
    "assembling": 2,
    "places": 2,
    "reading": 2,
    "describing": 2,
    "writing": 2,
    "formatting": 2,
    "conversion": 2,
    "documents": 2,
    "typography": 2,
    "quotes": 3,
    "checking": 3,
    "querying": 3,
    "semantics": 4,
    "analysis": 5,
    "naming": 6,
    "adding": 6,
    "exchange": 6,
    "quoting": 6,
    "drafting": 6,
    "matching": 5,
    "maps": 6,
    "versions": 6,
    "server": 7,
    "reports": 6,
    "notebook": 7,
}
"""Room of `graph/` → floor. A new room is added here, on the floor where it belongs."""

GRAPH = Path(__file__).resolve().parents[1] / "graph"
MODULES = sorted(GRAPH.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(GRAPH).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a module imports, at its top or inside its functions."""
    package = ["graph", *path.relative_to(GRAPH).parts[:-1]]
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            target = [*base, *(node.module.split(".") if node.module else [])]
            names = [[*target, alias.name] for alias in node.names]
            rooms |= {full[1] for full in names if full[0] == "graph" and len(full) > 1}
        elif isinstance(node, ast.ImportFrom | ast.Import):
            assert "dissensus" not in ast.unparse(node), f"{path}: use a relative import"
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(GRAPH)))
def test_imports_run_down(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    above = {
        other for other in imported_rooms(path) if other != room and FLOORS[other] > FLOORS[room]
    }
    assert not above, f"{path.name} on floor {FLOORS[room]} imports from above: {above}"


def test_no_room_is_without_a_floor() -> None:
    assert {room_of(path) for path in MODULES} - {"__init__"} == set(FLOORS)


def test_rooms_do_not_import_each_other_in_a_circle() -> None:
    graph = {}
    for path in MODULES:
        if room_of(path) != "__init__":
            graph.setdefault(room_of(path), set()).update(imported_rooms(path) - {room_of(path)})
    done: set[str] = set()

    def visit(room: str, way: tuple[str, ...]) -> None:
        assert room not in way, f"a circle of imports: {' → '.join([*way, room])}"
        if room not in done:
            for other in sorted(graph.get(room, ())):
                visit(other, (*way, room))
            done.add(room)

    for room in sorted(graph):
        visit(room, ())


def test_only_the_command_line_imports_click() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not any(alias.name.startswith("click") for alias in node.names), path
            elif isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("click"), path
