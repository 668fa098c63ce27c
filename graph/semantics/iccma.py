"""The problems of the argumentation competition, answered as it wants them answered.

A problem is a task and a semantics: ``DS-PR`` asks whether an argument is in every preferred
extension. Answers follow the rules of the file's format:

====  ================================  =================================  ===================
task  question                          answer, files apx and tgf          answer, files af
====  ================================  =================================  ===================
DC    in some extension?                ``YES`` or ``NO``                  ``YES``, ``w 1 3``
DS    in every extension?               ``YES`` or ``NO``                  ``NO``, ``w 2``
SE    some extension                    ``[a,c]``, or ``NO``               ``w 1 3``, or ``NO``
EE    all extensions                    ``[[a,c],[b]]``; ``[]`` for none   the same
CE    how many extensions               a number                           the same
====  ================================  =================================  ===================

``[[]]`` is one extension, the empty one. In files af the line ``w`` proves the answer: an extension
that has the argument, or one that lacks it; the answers ``NO`` to DC and ``YES`` to DS have none.
The competition never asked EE and CE of af files; they are answered as of the others. EAGER is a
semantics of ours that it does not know.

Source: for af the rules of ICCMA 2023, https://iccma2023.github.io/rules.html; for apx and tgf
Cerutti, Oren, Straß, Thimm, Vallati, Villata, "All you need to know to run your solver in probo",
2014, and the solvers of ICCMA 2017 and 2019.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final

from ..debate import nearest
from ..errors import DissensusError, Finding, UnknownNameError, UsageError
from .acceptance import (
    credulously_accepted,
    extension_with,
    extension_without,
    sceptically_accepted,
)
from .extensions import all_extensions, some_extension
from .framework import Framework, IntArray, Semantics
from .framework_reading import FileFormat, read_framework
from .satisfying import TIME_UP, Deadline, SolverTimeoutError


class Task(StrEnum):
    """What is asked about a semantics."""

    DC = "DC"
    DS = "DS"
    SE = "SE"
    EE = "EE"
    CE = "CE"


PROBLEMS: Final = tuple(f"{task}-{semantics.code}" for task in Task for semantics in Semantics)
"""Every problem that `solve` answers."""
FORMATS: Final = ("apx", "i23", "tgf")
"""Every format that `solve` reads, as the competition calls it."""
MOST_WARNINGS: Final = 3
"""How many oddities of a file are said one by one."""
MOST_LISTED: Final = 10_000_000
"""The most arguments, over all extensions, that EE prints."""


def solve(
    problem: str,
    path: Path | str,
    argument: str | None = None,
    *,
    file_format: FileFormat | None = None,
    timeout: float | None = None,
    say: Callable[[str], None] | None = None,
) -> str:
    """The answer to `problem` about the framework in a file, of one line or two.

    DC and DS are about the argument of that name; other tasks take none. Reading the file does not
    count against `timeout` (seconds). `say` is told what is odd in the file, the first few oddities
    line by line: an argument or attack that is given twice counts once.

    Raises:
        UsageError: no such problem, or an argument missing or given in vain.
        InputError: the file has faults.
        UnknownNameError: the framework has no such argument.
        SolverTimeoutError: time was up.
        DissensusError: too many extensions to list.
    """
    task, semantics = parse_problem(problem)
    about_one = task in (Task.DC, Task.DS)
    if about_one and argument is None:
        raise UsageError(f"{problem} is about one argument: say which")
    if not about_one and argument is not None:
        raise UsageError(f"{problem} is not about one argument: leave {argument!r} out")
    file = read_framework(path, file_format)
    if say is not None:
        _say_oddities(file.warnings, say)
    framework, proving = file.framework, file.file_format is FileFormat.AF
    if argument is not None:
        number = _number(framework, argument)
        decide = _decide_with_proof if proving else _decide
        return decide(framework, semantics, number, task=task, timeout=timeout)
    if task is Task.SE:
        found = some_extension(framework, semantics, timeout=timeout)
        if found is None:
            return "NO"
        return _proof(framework, found) if proving else _listed(framework, found)
    if task is Task.EE:
        return _list_all(framework, semantics, timeout)
    count = all_extensions(framework, semantics, timeout=timeout).count
    if count is None:
        raise SolverTimeoutError(TIME_UP)
    return _digits(count)


def parse_problem(problem: str) -> tuple[Task, Semantics]:
    """The task and the semantics of a problem's name, in capitals or not.

    Raises:
        UsageError: there is no such problem.
    """
    task, _, code = problem.upper().partition("-")
    semantics = {semantics.code: semantics for semantics in Semantics}.get(code)
    if task not in set(Task) or semantics is None:
        raise UsageError(f"unknown problem {problem!r}: use one of {', '.join(PROBLEMS)}")
    return Task(task), semantics


def listing(names: Iterable[str]) -> str:
    """Names as the competition lists them, for ``--problems`` and ``--formats``: ``[a,b]``."""
    return f"[{','.join(names)}]"


def _say_oddities(warnings: Sequence[Finding], say: Callable[[str], None]) -> None:
    for warning in warnings[:MOST_WARNINGS]:
        say(str(warning))
    if more := warnings[MOST_WARNINGS:]:
        say(f"{more[0].file}: {len(more)} more warnings of this kind")


def _number(framework: Framework, argument: str) -> int:
    number = framework.number(argument)
    if number is None:
        known = framework.names or map(framework.name, range(min(framework.size, 1000)))
        raise UnknownNameError("argument", argument, nearest(argument, known))
    return number


def _decide(
    framework: Framework, semantics: Semantics, argument: int, *, task: Task, timeout: float | None
) -> str:
    accepted = credulously_accepted if task is Task.DC else sceptically_accepted
    return "YES" if accepted(framework, semantics, argument, timeout=timeout) else "NO"


def _decide_with_proof(
    framework: Framework, semantics: Semantics, argument: int, *, task: Task, timeout: float | None
) -> str:
    find, found, none = (
        (extension_with, "YES", "NO") if task is Task.DC else (extension_without, "NO", "YES")
    )
    extension = find(framework, semantics, argument, timeout=timeout)
    return none if extension is None else f"{found}\n{_proof(framework, extension)}"


def _proof(framework: Framework, extension: IntArray) -> str:
    return " ".join(["w", *map(framework.name, extension.tolist())])


def _listed(framework: Framework, extension: IntArray) -> str:
    return listing(map(framework.name, extension.tolist()))


def _digits(count: int) -> str:
    """The number in full; Python itself refuses to print more than 4300 digits."""
    return format(Decimal(count), "f")


def _list_all(framework: Framework, semantics: Semantics, timeout: float | None) -> str:
    deadline = Deadline(timeout)
    extensions = all_extensions(framework, semantics, timeout=timeout)
    if (extensions.count or 0) * max(1, framework.size) > MOST_LISTED:
        raise DissensusError(
            f"there are {_digits(extensions.count or 0)} {semantics} extensions, too many to list; "
            f"ask CE-{semantics.code} for their number"
        )
    listed = []
    for extension in extensions:
        deadline.check()
        listed.append(_listed(framework, extension))
    return listing(listed)
