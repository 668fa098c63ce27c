"""dissensus: who disagrees with whom, about what, and why.

Everything public lives in `dissensus.graph` and is imported when it is first used, so that
``import dissensus`` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .graph import *  # noqa: F403

__version__ = "0.1.0"

# pytest loads this file by itself in a folder whose name is no Python name, such as dissensus-main
_AS_PACKAGE = "__path__" in globals()

if _AS_PACKAGE and "IPython" in sys.modules:  # in a notebook a debate shows itself
    from .graph.notebook import register

    register()
    del register


def __getattr__(name: str) -> Any:
    if not _AS_PACKAGE:
        raise AttributeError(name)
    return getattr(import_module(".graph", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *import_module(".graph", __name__).__all__})
