"""Maps: one HTML file in which people read a debate."""

from __future__ import annotations

from .page import draw, write_map

__all__ = ["draw", "write_map"]
