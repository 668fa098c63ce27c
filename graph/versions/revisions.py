"""A version of a debate: files and folders, or what git has at a revision.

Objects are read with ``git ls-tree`` and ``git cat-file``: nothing is checked out, no index is
touched, and unlike ``git archive`` no attribute leaves out or changes a file.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from ..debate import Debate
from ..errors import DissensusError, Finding, InputError, UsageError, VersionError
from ..reading import FORMATS, claims_paths, read

WORKING_TREE = "working tree"
"""What the claims as they are in the files are called."""


@dataclass(frozen=True, slots=True)
class Version:
    """A debate and what the user calls it."""

    name: str
    debate: Debate


def read_versions(
    names: Sequence[str], claims: Sequence[Path | str] = ()
) -> tuple[Version, Version]:
    """The old and the new version that `names` stand for.

    A name is a file or folder, else a git revision: ``REV`` is `claims` at that revision, and
    ``REV:PATH`` a path in it, as in ``git show``. ``/dev/null`` is the empty debate. The new
    version is the files of `claims` where one name is given; the old one is ``HEAD`` where none is.
    Without `claims` they are those that `claims_paths` finds, but never the shipped ones.

    Raises:
        VersionError: files of a version are at fault; it lists those of both.
        DissensusError: no repository, no such revision, or no such path in it.
    """
    if len(names) > 2:
        raise UsageError("two versions are compared, not more")
    sides = [names[0] if names else "HEAD", names[1] if len(names) > 1 else None]
    found: list[Version] = []
    faults: dict[str, Sequence[Finding]] = {}
    for side, name in zip(("old", "new"), sides, strict=True):
        try:
            found.append(_version(name, claims))
        except InputError as error:
            faults[f"the {side} version, {name or WORKING_TREE},"] = error.findings
    if faults:
        raise VersionError(faults)
    old, new = found
    return old, new


def _version(name: str | None, given: Sequence[Path | str]) -> Version:
    if name is None:
        claims, shipped = claims_paths(given)
        if shipped:
            raise UsageError("no ./claims here: name two versions, or the claims with --claims")
        return Version(WORKING_TREE, read(*claims))
    if name == os.devnull:
        return Version(name, Debate())
    if Path(name).exists():
        return Version(name, read(name))
    claims, shipped = claims_paths(given)
    return Version(name, _Repository(name, [Path("claims")] if shipped else claims).debate())


class _Repository:
    """The repository around the claims, and what a name means in it."""

    def __init__(self, name: str, claims: Sequence[Path]) -> None:
        self.name = name
        self.revision, self._colon, self._inside = name.partition(":")
        if self.revision.startswith("-"):
            raise UsageError(f"{name}: no revision begins with a dash")
        first = Path(os.path.abspath(claims[0]))
        self._folder = next(f for f in (first, *first.parents) if f.is_dir())
        top = self._git("rev-parse", "--show-toplevel")
        if top is None:
            raise DissensusError(
                f"{name}: no such file or folder, and {self._folder} is not in a git repository"
            )
        self.top = Path(os.fsdecode(top).rstrip("\n"))
        tree = self._git("rev-parse", "--verify", "--quiet", f"{self.revision}^{{tree}}")
        if not self.revision or tree is None:
            raise DissensusError(
                f"{name}: no such file or folder, and no revision {self.revision!r} in {self.top}"
            )
        self.tree = tree.decode().strip()
        self._claims = claims

    def debate(self) -> Debate:
        """The debate at the revision."""
        with TemporaryDirectory(prefix="dissensus-") as folder:
            root = Path(os.path.realpath(folder))
            paths = [self._extracted(path, root) for path in self._paths()]
            try:
                return read(*paths)
            except InputError as error:
                raise InputError(
                    [replace(f, file=self._shown(f.file, root)) for f in error.findings]
                ) from None

    def _shown(self, file: str, root: Path) -> str:
        path = Path(os.path.abspath(file))
        return f"{self.revision}:{path.relative_to(root).as_posix()}"

    def _paths(self) -> list[str]:
        """The paths to read, from the top of the repository."""
        if not self._colon:
            return [self._below_top(path) for path in self._claims]
        if self._inside.split("/")[0] in (".", ".."):
            return [self._below_top(Path(self._inside))]
        return [self._inside.strip("/")]

    def _below_top(self, path: Path) -> str:
        absolute = Path(os.path.realpath(path))
        if not absolute.is_relative_to(self.top):
            raise DissensusError(f"{path}: outside the git repository {self.top}")
        inside = absolute.relative_to(self.top).as_posix()
        return "" if inside == "." else inside

    def _extracted(self, path: str, root: Path) -> Path:
        """The path of a copy of the file or folder below `root`."""
        listing = self._git("ls-tree", "-r", "-z", "--full-tree", self.tree, "--", path or ".")
        entries = dict(_entries(listing or b""))
        if not entries:
            raise DissensusError(f"{self.name}: there is no {path or 'file'} at {self.revision}")
        wanted = {name: oid for name, oid in entries.items() if _is_wanted(name, path)}
        if not wanted:
            endings = ", ".join(f"*{ending}" for ending in FORMATS)
            raise DissensusError(
                f"{self.name}: no file of claims in {path or '/'} at {self.revision} ({endings})"
            )
        for name, data in self._contents(wanted):
            target = root.joinpath(*PurePosixPath(name).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return root.joinpath(*PurePosixPath(path).parts)

    def _contents(self, wanted: dict[str, str]) -> Iterable[tuple[str, bytes]]:
        """Each file and its bytes."""
        asked = "".join(f"{oid}\n" for oid in wanted.values())
        answer = self._git("cat-file", "--batch", given=asked.encode()) or b""
        place = 0
        for name in wanted:
            end = answer.index(b"\n", place)
            header = answer[place:end].split(b" ")
            if len(header) != 3 or header[1] != b"blob":
                raise DissensusError(f"{self.name}: {name} cannot be read at {self.revision}")
            size = int(header[2])
            yield name, answer[end + 1 : end + 1 + size]
            place = end + 2 + size

    def _git(self, *arguments: str, given: bytes = b"") -> bytes | None:
        """What git answers, or nothing if it refuses."""
        try:
            done = subprocess.run(
                ["git", "-C", str(self._folder), *arguments],
                input=given,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise DissensusError(
                f"{self.name}: no such file or folder, and git isn't installed to look it up"
            ) from None
        return done.stdout if done.returncode == 0 else None


def _entries(listing: bytes) -> Iterable[tuple[str, str]]:
    """The path of each regular file and the name of its content."""
    for line in listing.split(b"\0"):
        head, tab, path = line.partition(b"\t")
        parts = head.split()
        if tab and parts[1] == b"blob" and parts[0] != b"120000":
            yield os.fsdecode(path), parts[2].decode()


def _is_wanted(name: str, path: str) -> bool:
    """Whether reading the folder `path` would read this file; a file that is named always is."""
    if name == path:
        return True
    parts = PurePosixPath(name).relative_to(path).parts
    hidden = any(part.startswith(".") for part in parts)
    return not hidden and PurePosixPath(name).suffix.lower() in FORMATS
