"""Maps: one HTML file in which people read a debate, and pictures of it."""

from __future__ import annotations

from .formats import map_bytes, write_map
from .page import draw
from .pages import write_pages
from .svg import draw_svg

__all__ = ["draw", "draw_svg", "map_bytes", "write_map", "write_pages"]
