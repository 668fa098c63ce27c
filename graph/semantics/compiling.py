"""Loops over integer arrays, compiled when that pays.

A *loop* is a function over arrays and integers, written in the part of Python that numba
understands. Where numba is installed (the extra ``fast``) and the work is large, the loop runs
compiled; otherwise the same function runs in Python, over memory views, which are quicker to index
than arrays. Results are the same, because the code is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

WORTH_AN_IMPORT = 4_000_000
"""From this much work on (arguments and attacks) numba is imported, which costs a second."""
WORTH_A_CALL = 200_000
"""From this much work on numba is used if something has imported it already."""


def worth_compiling(work: int) -> bool:
    """Whether a loop over `work` arguments and attacks runs compiled."""
    if work < (WORTH_A_CALL if "numba" in sys.modules else WORTH_AN_IMPORT):
        return False
    return _numba() is not None


def run_loop(loop: Callable[..., Any], *arguments: Any, work: int) -> Any:
    """What `loop` returns for `arguments`: arrays, which it may change, tuples of them, numbers."""
    if worth_compiling(work):
        return _compiled(loop)(*arguments)
    return loop(*map(_viewed, arguments))


def _viewed(argument: Any) -> Any:
    if isinstance(argument, tuple):
        return tuple(map(_viewed, argument))
    return argument.data if isinstance(argument, np.ndarray) else argument


@cache
def _numba() -> Any:
    try:
        import numba
    except ImportError:
        return None
    return numba


@cache
def _compiled(loop: Callable[..., Any]) -> Callable[..., Any]:
    try:
        compiled: Callable[..., Any] = _numba().njit(cache=True)(loop)
    except RuntimeError:  # no folder to keep the machine code in
        compiled = _numba().njit(loop)
    return compiled
