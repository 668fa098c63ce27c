"""The map in any of its formats: a page, a drawing, a picture or a sheet of paper."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..debate import Debate
from ..errors import UsageError
from ..writing import write_bytes
from .page import draw
from .svg import drawing_of

FORMATS = {"html": (".html", ".htm"), "svg": (".svg",), "png": (".png",), "pdf": (".pdf",)}
"""Format → the endings of its files."""


def write_map(
    debate: Debate,
    path: Path | str,
    *,
    format: str | None = None,  # noqa: A002 - the word that a reader expects
    theme: str | None = None,
    scale: float | None = None,
    focus: str | None = None,
    claims: Iterable[str] | None = None,
    depth: int | None = None,
    topic: str | None = None,
    speaker: str | None = None,
) -> None:
    """Writes the map of a debate to a file, whole or not at all.

    `format` is ``html``, ``svg``, ``png`` or ``pdf``; otherwise the ending of the file decides.
    The rest is as for `map_bytes`.

    Raises:
        DissensusError: the file cannot be written, or what `map_bytes` raises.
        UsageError: the ending is that of no format.
    """
    data = map_bytes(
        debate,
        format or format_of(path),
        theme=theme,
        scale=scale,
        focus=focus,
        claims=claims,
        depth=depth,
        topic=topic,
        speaker=speaker,
    )
    write_bytes(path, data)


def map_bytes(
    debate: Debate,
    format: str = "html",  # noqa: A002
    *,
    theme: str | None = None,
    scale: float | None = None,
    focus: str | None = None,
    claims: Iterable[str] | None = None,
    depth: int | None = None,
    topic: str | None = None,
    speaker: str | None = None,
) -> bytes:
    """The content of a file of a map.

    `theme` is ``light`` (the default) or ``dark``, for all but the page, which follows its
    reader's system. `scale` is for PNG: how many pixels of the picture a pixel of the drawing
    takes; 2 for a small drawing and 1 for others if it is not given. What is drawn is chosen as in
    `draw`.

    Raises:
        DissensusError: the library for PNG and PDF is not installed, or the picture is too large.
        UsageError: an unknown format, an option that it does not have, or what `draw` raises.
    """
    if format not in FORMATS:
        raise UsageError(f"there is no format {format!r}; it is one of {', '.join(FORMATS)}")
    if scale is not None and format != "png":
        raise UsageError(f"a scale is for PNG: {format} has no pixels")
    if format == "html":
        if theme is not None:
            raise UsageError("a theme is for pictures: a page follows the system of its reader")
        page = draw(debate, focus=focus, claims=claims, depth=depth, topic=topic, speaker=speaker)
        return page.encode()
    drawing = drawing_of(
        debate,
        theme=theme or "light",
        focus=focus,
        claims=claims,
        depth=depth,
        topic=topic,
        speaker=speaker,
    )
    if format == "svg":
        return drawing.svg.encode()
    from .typesetting import pdf_of, png_of

    return png_of(drawing, scale) if format == "png" else pdf_of(drawing)


def format_of(path: Path | str) -> str:
    """The format of a file by its ending; raises `UsageError` for another ending."""
    ending = Path(path).suffix.lower()
    for name, endings in FORMATS.items():
        if ending in endings:
            return name
    known = ", ".join(ending for endings in FORMATS.values() for ending in endings)
    raise UsageError(f"{path}: its format cannot be told from its ending ({known}); name one")
