"""Follows the files: whatever is saved is read and checked, and who waits for it is told.

The last sound state stays until there is another. Saves that come while one is being read are read
together, so the last of them is always what is shown in the end. Nothing hangs on a single event
of the file system: the files are also looked at every second.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from anyio import to_thread
from pyoxigraph import Store
from watchfiles import Change, awatch

from ..analysis.plain import findings_json
from ..checking import check_corpus
from ..corpus import Corpus
from ..debate import Debate
from ..errors import DissensusError, Finding, InputError, Severity
from ..maps import draw
from ..querying.verdict_terms import NAMESPACE, PREFIX, speaks_of_cruxes, speaks_of_verdicts
from ..reading import FORMATS, claim_files, debate_of, read_corpus
from ..semantics.publishing import add_verdicts
from .live_page import Page, empty_page, live_page

MOST_FAULTS = 50
"""A page is told no more of the faults than these."""

_TICK = 1.0
_HEARTBEAT = 15.0
"""Seconds between two looks at the files, and between two signs of life to a page."""

_DEBOUNCE, _STEP = 400, 25
"""Milliseconds: saves closer than a step are one, as long as they come within the debounce."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Edition:
    """A sound state of the files: what they say, and the page that shows it."""

    corpus: Corpus
    debate: Debate
    page: Page
    _with_verdicts: dict[bool, Store] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def view(self, query: str) -> tuple[Store, dict[str, str]]:
        """The store and the prefixes for a query; verdicts are there if it speaks of them.

        They are worked out when first asked for, which can take a while.
        """
        if not speaks_of_verdicts(query):
            return self.corpus.store, self.corpus.prefixes
        cruxes = speaks_of_cruxes(query)
        with self._lock:
            if cruxes not in self._with_verdicts:
                store = Store()
                store.bulk_extend(self.corpus.store)
                add_verdicts(store, self.debate, query)
                self._with_verdicts[cruxes] = store
        return self._with_verdicts[cruxes], {PREFIX: NAMESPACE, **self.corpus.prefixes}


@dataclass(frozen=True, slots=True)
class State:
    """What is known after a reading: the last sound edition, and the findings of the last one.

    `version` counts the readings.
    """

    version: int
    edition: Edition | None
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> list[Finding]:
        """The findings because of which the files are not sound."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def page(self) -> Page | None:
        """The page of the last sound edition."""
        return self.edition.page if self.edition else None


class Live:
    """The state of some files and folders, kept up with them while `following`."""

    def __init__(self, paths: Sequence[Path | str], *, write: bool = False) -> None:
        """Reads the files; `write` is for `live_page`."""
        self.paths = [Path(path) for path in paths]
        self.write = write
        self._pulse = asyncio.Event()
        self._saved = asyncio.Event()
        self._end = asyncio.Event()
        self._looks: object = None
        self.state = self._read(State(0, None, ()))

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Follow the files in the background."""
        folders = {path for path in self.paths if path.is_dir()}
        beside = {path.resolve().parent for path in self.paths if not path.is_dir()}
        tasks = [
            asyncio.create_task(work)
            for work in (
                self._keep_reading(),
                self._keep_looking(),
                *(self._watch(folder, recursive=True) for folder in sorted(folders)),
                *(self._watch(folder, recursive=False) for folder in sorted(beside)),
            )
        ]
        try:
            yield
        finally:
            self.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def close(self) -> None:
        """Let everybody who waits for something go."""
        self._end.set()
        self._pulse.set()

    async def ended(self) -> None:
        """Wait until there will be no more news."""
        await self._end.wait()

    def saved(self) -> None:
        """Read the files again, soon."""
        self._saved.set()

    async def after(self, version: int) -> State:
        """The state once it is later than `version`, or when there will be no more."""
        while self.state.version <= version and not self._end.is_set():
            await self._pulse.wait()
        return self.state

    async def events(self) -> AsyncIterator[bytes]:
        """The state and every later one, as server-sent events.

        https://html.spec.whatwg.org/multipage/server-sent-events.html
        """
        seen = 0
        yield b"retry: 1000\n\n"
        while not self._end.is_set():
            try:
                async with asyncio.timeout(_HEARTBEAT):
                    state = await self.after(seen)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if state.version > seen:
                seen = state.version
                yield f"id: {seen}\ndata: {json.dumps(_news(state))}\n\n".encode()

    # -- watching -----------------------------------------------------------------------------

    async def _watch(self, folder: Path, *, recursive: bool) -> None:
        """Have the files read when the file system says that one was saved."""
        try:
            async for _changes in awatch(
                folder,
                watch_filter=_is_of_claims,
                recursive=recursive,
                debounce=_DEBOUNCE,
                step=_STEP,
            ):
                self.saved()
        except OSError as error:  # too many watches, say: looking every second has to do
            _log.warning("%s cannot be watched: %s", folder, error)

    async def _keep_looking(self) -> None:
        """Have the files read when one does not look as it did before the last reading."""
        while True:
            await asyncio.sleep(_TICK)
            if await to_thread.run_sync(self._look) != self._looks:
                self.saved()

    def _look(self) -> object:
        """What tells that a file was changed, without reading it."""
        looks = []
        for file in claim_files(self.paths, []):
            try:
                status = os.stat(file.path)
            except OSError:
                looks.append((file.name, 0, 0, 0))
            else:
                looks.append((file.name, status.st_mtime_ns, status.st_size, status.st_ino))
        return tuple(looks)

    # -- reading ------------------------------------------------------------------------------

    async def _keep_reading(self) -> None:
        while True:
            await self._saved.wait()
            self._saved.clear()
            try:
                self.state = await to_thread.run_sync(self._read, self.state)
            except Exception:  # noqa: BLE001 - a bug must not end the following for good
                _log.exception("the claims could not be read")
                continue
            pulse, self._pulse = self._pulse, asyncio.Event()
            pulse.set()

    def _read(self, before: State) -> State:
        """The next state: the files as they are now."""
        self._looks = self._look()
        edition, findings = self._edition()
        return State(before.version + 1, edition or before.edition, findings)

    def _edition(self) -> tuple[Edition | None, tuple[Finding, ...]]:
        corpus = read_corpus(self.paths)
        findings = check_corpus(corpus)
        if any(finding.severity is Severity.ERROR for finding in findings):
            return None, findings
        try:
            debate = debate_of(corpus)
        except InputError as error:
            return None, tuple(sorted({*findings, *error.findings}))
        try:
            page = draw(debate)
        except DissensusError as error:  # too many claims for a map, or none
            page = empty_page(str(error))
        return Edition(corpus, debate, live_page(page, write=self.write)), findings


def _is_of_claims(_change: Change, path: str) -> bool:
    name = Path(path)
    return name.suffix.lower() in FORMATS and not name.name.startswith(".")


def _news(state: State) -> dict[str, object]:
    """``{version, page, faults, more}``: what a page has to know of a state."""
    faults = state.faults
    return {
        "version": state.version,
        "page": state.page.digest if state.page else "",
        "faults": findings_json(faults[:MOST_FAULTS])["findings"],
        "more": max(0, len(faults) - MOST_FAULTS),
    }
