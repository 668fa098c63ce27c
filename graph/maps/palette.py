"""What each kind of link and each speaker looks like.

Links differ by colour, dash, arrow head and glyph, so that no difference hangs on colour alone.
The four link colours reach 4.5:1 on their backgrounds in both themes and stay apart under
simulated protan, deutan and tritan vision. Speakers have a swatch; their names are in text colour.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LinkStyle:
    """How a kind of link is drawn; `dash` is an SVG dash array, `head` names an arrow head."""

    kind: str
    light: str
    dark: str
    dash: str
    head: str
    glyph: str


LINK_STYLES = (
    LinkStyle("support", "#00795c", "#35d0a0", "", "arrow", "▲"),
    LinkStyle("evidence", "#1d4ed8", "#5aa9ff", "14 4 3 4", "disc", "●"),
    LinkStyle("rebuttal", "#b8420b", "#ff8a3d", "9 5", "bar", "✖"),
    LinkStyle("undercut", "#a8328f", "#f0a6dc", "2 4", "diamond", "◆"),
    LinkStyle("contradiction", "#b8420b", "#ff8a3d", "9 5", "bar", "↔"),
    LinkStyle("qualification", "#596579", "#9aa7ba", "5 3", "open", "◇"),
    LinkStyle("restatement", "#596579", "#9aa7ba", "1 4", "none", "="),
    LinkStyle("answer", "#596579", "#9aa7ba", "", "none", "?"),
)

SPEAKER_COLOURS = (
    ("#2f62c9", "#7ea6ff"),
    ("#b07400", "#e6b042"),
    ("#7a4b9e", "#c497e8"),
    ("#0d8281", "#3fc4bd"),
    ("#b3365c", "#f286a6"),
    ("#5c7a12", "#a8c957"),
    ("#7c5b43", "#cfa98a"),
    ("#4a5a70", "#a3b3c9"),
)
"""(light, dark) pairs, at least 3:1 on a card; they come round again after the last."""

NO_SPEAKER = "#77818f"

THEMES = {
    "light": {
        "page": "#f6f8fa",
        "surface": "#ffffff",
        "box": "#e9eef3",
        "box-edge": "#d3dbe4",
        "ink": "#17202c",
        "soft": "#4b5868",
        "edge": "#c8d0da",
        "accent": "#1a56c4",
        "on-accent": "#ffffff",
        "found": "#fff1a8",
        "match": "#9a6f00",
    },
    "dark": {
        "page": "#0d1117",
        "surface": "#1a212b",
        "box": "#131922",
        "box-edge": "#29323f",
        "ink": "#e8edf4",
        "soft": "#a7b2c2",
        "edge": "#3a4554",
        "accent": "#7fb0ff",
        "on-accent": "#0b1220",
        "found": "#4a4212",
        "match": "#e3b341",
    },
}
"""The colours of each theme. A text or line in `ink`, `soft` or `accent` can be read on `page`,
`surface` and `box`; `match` is the ring of a claim that was asked for."""

HEADS: dict[str, dict[str, Any]] = {
    "arrow": {"tag": "path", "shape": {"d": "M2 2.5L14 8L2 13.5Z"}, "tip": 15.5},
    "disc": {"tag": "circle", "shape": {"cx": 8, "cy": 8, "r": 5}, "tip": 15},
    "bar": {"tag": "path", "shape": {"d": "M8 0.5H12V15.5H8Z"}, "tip": 15.5},
    "diamond": {"tag": "path", "shape": {"d": "M1 8L8 1.5L15 8L8 14.5Z"}, "tip": 8},
    "open": {"tag": "path", "shape": {"d": "M4 3L13 8L4 13", "class": "hollow"}, "tip": 15},
}
"""Arrow heads in a box of 16 by 16, pointing right; the line ends at `tip`."""


def link_styles() -> list[dict[str, str]]:
    """The link styles as plain data, in the order of the legend."""
    return [asdict(style) for style in LINK_STYLES]


def colour_rules() -> str:
    """CSS custom properties of every colour, for both themes; paper is always light."""
    return (
        f":root{{{_properties('light')}}}\n"
        f'@media screen{{:root[data-theme="dark"]{{{_properties("dark")}}}}}\n'
    )


def system_colour_rules() -> str:
    """CSS custom properties of every colour, for a page whose theme the system decides."""
    return (
        f":root{{{_properties('light')}}}\n"
        f"@media screen and (prefers-color-scheme: dark)"
        f"{{:root{{color-scheme:dark;{_properties('dark')}}}}}\n"
    )


def colours_of(theme: str) -> dict[str, str]:
    """Every colour of a theme by name: its own, ``KIND`` of each link, ``speaker-N``."""
    at = ("light", "dark").index(theme)
    return {
        **THEMES[theme],
        **{style.kind: (style.light, style.dark)[at] for style in LINK_STYLES},
        **{f"speaker-{rank}": pair[at] for rank, pair in enumerate(SPEAKER_COLOURS)},
    }


def _properties(theme: str) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours_of(theme).items())
