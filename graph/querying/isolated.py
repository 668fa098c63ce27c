"""A query in a process of its own, so that it can be stopped whatever it does.

The engine runs a query to its end; there is no call to stop it. So the process is copied (fork):
the copy has the store at once, answers through a pipe, and is killed when its time is up, on
Ctrl-C, or when the answer grows too long. Where there is no fork, or where other threads run (a
copy of a process with threads may hang), a new Python is started and given the data instead.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Protocol, TypeVar

from pyoxigraph import RdfFormat, Store

from ..errors import QueryTimeoutError
from . import child

_T = TypeVar("_T")
_LONGEST = 1e7
"""Seconds; a longer time, and infinity, is no limit."""


class _Process(Protocol):
    """A running query: its answer and its complaint, as streams."""

    answer: IO[bytes]
    complaint: IO[bytes]

    def kill(self) -> None: ...

    def ended_well(self) -> bool:
        """Wait for the end; false if the process complained or was killed."""
        ...


_RUNNING: set[_Process] = set()


def answered_by_process(
    store: Store, request: dict[str, Any], timeout: float, receive: Callable[[IO[bytes]], _T]
) -> _T:
    """What `receive` makes of the stream that `child.evaluate` writes in another process.

    No process is left when this returns or raises.

    Raises:
        SyntaxError: the engine cannot read the query.
        RuntimeError: the query cannot be evaluated, or the process died of it.
        QueryTimeoutError: it took more than `timeout` seconds.
    """
    started = time.monotonic()
    process = _start(store, request, timeout)
    _RUNNING.add(process)
    answer = None
    try:
        with process.answer, process.complaint:
            with suppress(SyntaxError, EOFError):  # the answer broke off: the reason comes below
                answer = receive(process.answer)
            complaint = process.complaint.read().decode(errors="replace")
    except BaseException:
        process.kill()
        process.ended_well()
        raise
    finally:
        _RUNNING.discard(process)
    if process.ended_well() and answer is not None:
        return answer
    kind, _, message = complaint.partition("\n")
    if kind == child.SYNTAX:
        raise SyntaxError(message)
    if kind == child.FAILED:
        raise RuntimeError(message)
    if time.monotonic() - started >= timeout:
        raise QueryTimeoutError(
            f"the query was stopped after {timeout:g} seconds; add LIMIT, join its patterns by "
            "shared variables, or allow it more time"
        )
    raise RuntimeError("the engine died of the query: it is too complex, or memory ran out")


def stop_all() -> None:
    """Kill every query that runs in a process of its own; whoever asked gets a `RuntimeError`."""
    for process in tuple(_RUNNING):
        process.kill()


def _start(store: Store, request: dict[str, Any], timeout: float) -> _Process:
    threads = sys.modules.get("threading")
    if hasattr(os, "fork") and (threads is None or threads.active_count() == 1):
        return _Fork(store, request, timeout)
    return _Spawned(store, request, timeout)


class _Fork:
    """A copy of this process that answers a query."""

    def __init__(self, store: Store, request: dict[str, Any], timeout: float) -> None:
        import warnings

        answer, answer_end = os.pipe()
        complaint, complaint_end = os.pipe()
        with warnings.catch_warnings():
            # Python warns where native threads run (numpy starts some); the copy uses none.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            _answer_and_exit(store, request, timeout, answer_end, complaint_end)
        os.close(answer_end)
        os.close(complaint_end)
        self.answer: IO[bytes] = os.fdopen(answer, "rb")
        self.complaint: IO[bytes] = os.fdopen(complaint, "rb")

    def kill(self) -> None:
        import signal

        os.kill(self._pid, signal.SIGKILL)

    def ended_well(self) -> bool:
        try:
            return os.waitpid(self._pid, 0)[1] == 0
        except ChildProcessError:  # this program leaves its children to the system
            return True


def _answer_and_exit(
    store: Store, request: dict[str, Any], timeout: float, answer: int, complaint: int
) -> None:
    """What the copy does. It ends itself in time, even if nobody is left to do it."""
    import signal

    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if timeout < _LONGEST:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
            signal.setitimer(signal.ITIMER_REAL, timeout)
        with os.fdopen(answer, "wb") as out:
            child.evaluate(store, request, out)
        status = 0
    except Exception as error:  # noqa: BLE001 - whatever it is, it has to reach the other process
        os.write(complaint, child.complaint(error)[:4096])
    finally:
        os._exit(status)


class _Spawned:
    """A new Python that is given a query and the data."""

    def __init__(self, store: Store, request: dict[str, Any], timeout: float) -> None:
        import json
        import subprocess
        import threading

        self._process = subprocess.Popen(
            [sys.executable, "-P", child.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdin
        assert self._process.stdout
        assert self._process.stderr
        self.answer: IO[bytes] = self._process.stdout
        self.complaint: IO[bytes] = self._process.stderr
        self._timer = threading.Timer(timeout, self._process.kill)
        if timeout < _LONGEST:
            self._timer.start()
        try:
            with self._process.stdin as stdin:
                stdin.write(json.dumps(request).encode() + b"\n")
                store.dump(stdin, RdfFormat.N_QUADS)
        except BaseException as error:
            self.kill()
            self.ended_well()
            if not isinstance(error, BrokenPipeError):
                raise

    def kill(self) -> None:
        self._process.kill()

    def ended_well(self) -> bool:
        self._timer.cancel()
        return self._process.wait() == 0
