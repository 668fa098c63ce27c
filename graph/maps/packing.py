"""Boxes of differing size packed into a sheet of a wished shape.

A skyline packing (Burke, Kendall and Whitwell 2004): boxes are put down in the given order, each
at the lowest place where it fits, then the leftmost. Earlier boxes stay near the top.
"""

from __future__ import annotations

from collections.abc import Sequence

Size = tuple[int, int]
Place = tuple[int, int]


WIDTHS = tuple(range(90, 141, 5))
"""The sheet widths to try, in hundredths of what would do if nothing were wasted."""


def packed(
    sizes: Sequence[Size], *, gap: int, aspect: float, widths: Sequence[int] = WIDTHS
) -> tuple[list[Place], Size]:
    """Where each box goes (left, top), and the size of the sheet.

    Boxes are at least `gap` apart and start at (0, 0). Several sheet `widths` are tried; the one
    taken has the least area after it is stretched to `aspect` (width / height).
    Cost: O(n²) at worst; n is the number of boxes.
    """
    if not sizes:
        return [], (0, 0)
    widest = max(width for width, _height in sizes)
    area = sum((width + gap) * (height + gap) for width, height in sizes)
    ideal = int((area * aspect) ** 0.5)
    candidates = sorted({max(widest, ideal * step // 100) for step in widths})

    def waste(width: int) -> tuple[float, int]:
        _places, (used, height) = _skyline(sizes, width, gap)
        return max(used / aspect, height) * max(used, height * aspect), width

    return _skyline(sizes, min(candidates, key=waste), gap)


def _skyline(sizes: Sequence[Size], width: int, gap: int) -> tuple[list[Place], Size]:
    profile = [(0, 0)]
    """(left, height) of each step of the skyline, from left to right."""
    places: list[Place] = []
    right = bottom = 0
    for box_width, box_height in sizes:
        left, top = _lowest(profile, width + gap, box_width + gap)
        places.append((left, top))
        profile = _raised(profile, left, left + box_width + gap, top + box_height + gap)
        right = max(right, left + box_width)
        bottom = max(bottom, top + box_height)
    return places, (right, bottom)


def _lowest(profile: Sequence[Place], width: int, box_width: int) -> Place:
    """Where a box touches the skyline lowest; at the left edge if it fits nowhere else."""
    best: tuple[int, int] | None = None
    for index, (left, _height) in enumerate(profile):
        if index and left + box_width > width:
            break
        top = 0
        for start, height in profile[index:]:
            if start >= left + box_width:
                break
            top = max(top, height)
        if best is None or (top, left) < best:
            best = (top, left)
    assert best is not None
    return best[1], best[0]


def _raised(profile: Sequence[Place], left: int, right: int, height: int) -> list[Place]:
    """The skyline with the part from `left` to `right` at `height`."""
    raised: list[Place] = []
    after = 0
    for start, level in profile:
        if start <= right:
            after = level
        if start < left or start > right:
            raised.append((start, level))
    raised.extend([(left, height), (right, after)])
    return sorted(set(raised))
