"""What can go wrong, for the person who made the input.

::

    DissensusError            exit status 1
    ├── InputError            the input is at fault; carries its findings
    │   └── VersionError           one of two versions is; says which
    ├── UnknownNameError           no such claim, speaker, topic …; carries suggestions
    ├── QueryError            the query is at fault (syntax, an update, SERVICE)
    ├── QueryTimeoutError          the query took longer than it was given
    └── UsageError            exit status 2: called the wrong way
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; only an error makes ``check`` fail."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault of the input: where it is, what is wrong, and how to mend it.

    `file` is as the user named it; `line` and `column` count from 1, and 0 means unknown.
    `node` is the IRI concerned or an empty string. Findings sort by place.
    """

    file: str
    line: int
    column: int
    severity: Severity
    rule: str
    node: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column or 1}"
        mend = f"; {self.remedy}" if self.remedy else ""
        note = "warning: " if self.severity is Severity.WARNING else ""
        return f"{place}: {note}{self.message}{mend}"


class DissensusError(Exception):
    """Base of every error that is meant for a user; its text is one sentence."""

    exit_code = 1


class InputError(DissensusError):
    """Input files are at fault; `findings` says where, in file order."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class VersionError(InputError):
    """Versions to be compared are at fault; `versions` has the findings of each, by its name."""

    def __init__(self, versions: Mapping[str, Sequence[Finding]]) -> None:
        self.versions = dict(versions)
        super().__init__([finding for findings in versions.values() for finding in findings])

    def __str__(self) -> str:
        lines = []
        for name, findings in self.versions.items():
            lines += [f"{name} is at fault:", *map(str, findings)]
        return "\n".join(lines)


class UnknownNameError(DissensusError):
    """Nothing in the debate bears this name; `suggestions` are the nearest that exist."""

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = ()) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        hint = f"; did you mean {' or '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"no {kind} named {name!r}{hint}")


class QueryError(DissensusError):
    """A query that cannot be run: bad syntax, an update, or a SERVICE that was not allowed."""


class QueryTimeoutError(DissensusError):
    """A query was stopped because its time was up."""


class UsageError(DissensusError):
    """The function or command was called in a way that makes no sense."""

    exit_code = 2
