"""What each kind of link and each speaker looks like.

Links differ by colour, dash, arrow head and glyph, so that no difference hangs on colour alone.
The four link colours reach 4.5:1 on their backgrounds in both themes and stay apart under
simulated protan, deutan and tritan vision. Speakers have a swatch; their names are in text colour.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass


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


def link_styles() -> list[dict[str, str]]:
    """The link styles as plain data, in the order of the legend."""
    return [asdict(style) for style in LINK_STYLES]


def colour_rules() -> str:
    """CSS custom properties of every colour, for both themes; paper is always light."""
    light = [f"--{style.kind}:{style.light}" for style in LINK_STYLES]
    dark = [f"--{style.kind}:{style.dark}" for style in LINK_STYLES]
    for rank, (on_light, on_dark) in enumerate(SPEAKER_COLOURS):
        light.append(f"--speaker-{rank}:{on_light}")
        dark.append(f"--speaker-{rank}:{on_dark}")
    on_screen = f':root[data-theme="dark"]{{{";".join(dark)}}}'
    return f":root{{{';'.join(light)}}}\n@media screen{{{on_screen}}}\n"
