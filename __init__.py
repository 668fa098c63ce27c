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


if "IPython" in sys.modules:  # in a notebook a debate shows itself
    from .graph.notebook import register

    register()
    del register


def __getattr__(name: str) -> Any:
    if "__path__" not in globals():  # loaded by itself, as pytest does in a folder `dissensus-main`
        raise AttributeError(name)
    return getattr(import_module(".graph", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *import_module(".graph", __name__).__all__})
