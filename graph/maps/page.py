"""The map as one HTML page: pyvis makes the network, our template makes the page.

Nothing is loaded from anywhere: scripts, styles and data stand in the file, and the content policy
forbids every request. Data reaches the page only as JSON that is escaped for HTML; the scripts put
it into the document as text. https://pyvis.readthedocs.io, https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..debate import Debate
from .boxes import NO_TOPIC
from .cards import TEXT, card_lines, measure_rules, question_lines
from .chart import Chart
from .data import page_data
from .judging import Judge
from .layout import Diagram, Layout, lay_out
from .measuring import SAMPLE, text_width
from .overview import overview_data
from .palette import (
    HEADS,
    LINK_STYLES,
    NO_SPEAKER,
    SPEAKER_COLOURS,
    colour_rules,
    link_styles,
    system_colour_rules,
)
from .scope import MOST_CARDS, MOST_UNFOLDED, Scope, scope_of
from .words import words

if TYPE_CHECKING:
    from jinja2 import Environment
    from pyvis.network import Network

Plain = dict[str, Any]

VIS_NETWORK = "vis-9.1.2/vis-network.min.js"
STYLE_SHEETS = (
    "theme.css",
    "frame.css",
    "map.css",
    "folding.css",
    "panels.css",
    "outline.css",
    "lists.css",
    "disagreements.css",
    "tables.css",
    "print.css",
)
SCRIPTS = (
    "dom.js",
    "model.js",
    "naming.js",
    "state.js",
    "heads.js",
    "relations.js",
    "status.js",
    "viewport.js",
    "cards.js",
    "folding.js",
    "map.js",
    "overview.js",
    "mentions.js",
    "verdicts.js",
    "details.js",
    "filters.js",
    "search.js",
    "outline.js",
    "disagreements.js",
    "tables.js",
    "stances.js",
    "compare.js",
    "drawing.js",
    "save.js",
    "keyboard.js",
    "main.js",
)
"""In the order in which the page runs them."""

OVERVIEW_STYLE_SHEETS = (*STYLE_SHEETS, "dots.css")
OVERVIEW_SCRIPTS = (
    "dom.js",
    "columns.js",
    "naming.js",
    "state.js",
    "heads.js",
    "relations.js",
    "status.js",
    "cards.js",
    "painting.js",
    "near.js",
    "dots.js",
    "mentions.js",
    "verdicts.js",
    "details.js",
    "filters.js",
    "search.js",
    "tree.js",
    "keyboard.js",
    "main.js",
)
"""Those of the page of a big debate, which has no vis network."""

OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "hierarchical": {"enabled": False}},
    "interaction": {
        "dragNodes": False,
        "dragView": True,
        "zoomView": True,
        "selectable": False,
        "selectConnectedEdges": False,
        "hover": False,
        "keyboard": {"enabled": False},
        "zoomSpeed": 0.6,
    },
    "nodes": {"shape": "box", "hidden": True, "font": {"size": 0}},
    "edges": {"smooth": False, "hidden": True},
}
"""The options of the vis network: it keeps the view, the page draws cards and lines over it."""


def draw(
    debate: Debate,
    *,
    focus: str | None = None,
    claims: Iterable[str] | None = None,
    depth: int | None = None,
    topic: str | None = None,
    speaker: str | None = None,
) -> str:
    """The map of a debate as the text of one HTML file that needs no network.

    `focus` names a claim; the map then shows what lies within `depth` steps of it (2 if it is not
    given), in one drawing without topic boxes. `claims` names several, or links, which stand for
    what they join; the map marks them and shows what lies within `depth` steps of any (1 if it is
    not given). `topic` keeps the claims about a topic or a narrower one, `speaker` those
    that a speaker makes and what they are directly joined to. The page opens at a size that can
    be read, on the focus, the most contested question or the claim most argued about. Of more
    than `MOST_UNFOLDED` claims the topics are folded at first; more than `MOST_CARDS` are drawn as
    dots, with cards around the chosen one. The same debate gives the same text.

    Raises:
        UnknownNameError: no such claim, link, topic or speaker.
        UsageError: a negative depth, both a focus and claims, nothing to show, or more than
            `MOST_CLAIMS` claims.
    """
    return draw_scope(
        debate,
        scope_of(debate, focus=focus, claims=claims, depth=depth, topic=topic, speaker=speaker),
    )


def draw_scope(
    debate: Debate, scope: Scope, *, judge: Judge | None = None, beside: Plain | None = None
) -> str:
    """The map of chosen claims; `beside` is added to what the page knows."""
    chart = Chart(debate, scope)
    if len(chart.claims) > MOST_CARDS:
        data = overview_data(chart, judge) | (beside or {})
        return _rendered(debate.title, data, OVERVIEW_STYLE_SHEETS, OVERVIEW_SCRIPTS)
    diagram = chart.diagram()
    layout = lay_out(diagram)
    data = page_data(chart, judge)
    network = _network(chart, diagram, layout, _card_colours(data))
    data |= _geometry(chart, layout) | (beside or {})
    return _rendered(debate.title, data, STYLE_SHEETS, SCRIPTS, network)


def _card_colours(data: Plain) -> list[str]:
    """The colour of each card on paper: that of its first speaker."""
    speakers = data["speakers"]
    first = [claim["speakers"][0] if "speakers" in claim else None for claim in data["claims"]]
    colours = [
        NO_SPEAKER if s is None else SPEAKER_COLOURS[speakers[s]["colour"]][0] for s in first
    ]
    return colours + [NO_SPEAKER] * len(data["questions"])


# -- the network ----------------------------------------------------------------------------


def _network(chart: Chart, diagram: Diagram, layout: Layout, colours: Sequence[str]) -> Network:
    """The pyvis network: a box a card, a dot where lines meet, an edge a stroke."""
    from pyvis.network import Network

    network = Network(directed=True, height="100%", width="100%")
    network.options = OPTIONS
    for node, ((left, top), (width, height)) in enumerate(
        zip(layout.places, diagram.sizes, strict=True)
    ):
        network.add_node(
            node,
            label=" ",
            shape="box",
            color=colours[node],
            x=left + width // 2,
            y=top + height // 2,
            widthConstraint=width,
            heightConstraint={"minimum": height},
        )
    met = {line.line.line for line in chart.lines if line.line.line >= 0}
    met.update(n for n, line in enumerate(chart.lines) if len(line.line.premises) > 1)
    for host in sorted(met):
        x, y = layout.strokes[host][0].middle
        network.add_node(f"line{host}", label=" ", shape="dot", size=3, x=x, y=y)
    styles = {style.kind: style for style in LINK_STYLES}
    for number, (line, strokes) in enumerate(zip(chart.lines, layout.strokes, strict=True)):
        goal = line.line.node if line.line.node >= 0 else f"line{line.line.line}"
        for branch, stroke in enumerate(strokes):
            network.add_edge(
                stroke.source,
                f"line{number}" if branch else goal,
                color=styles[line.kind].light,
                dashes=bool(styles[line.kind].dash),
                line=number,
                path=stroke.path,
                routed=stroke.routed,
                joins=stroke.joins,
            )
    return network


def _geometry(chart: Chart, layout: Layout) -> Plain:
    """What the network does not say: the sheet, the boxes, the lines' kinds, the cards' lines."""
    places = {topic: place for place, topic in enumerate(t for t in chart.topics if t != NO_TOPIC)}
    debate = chart.debate
    linked = [line.link for line in chart.lines if line.link >= 0]
    record_of = {link: number for number, link in enumerate(linked)}
    text_lines = [card_lines(debate.claim_texts[claim]) for claim in chart.claims]
    text_lines += [question_lines(debate.questions[q].label) for q in chart.questions]
    return {
        "sheet": [layout.width, layout.height],
        "boxes": [
            [places.get(chart.topics[f.group], -1), f.left, f.top, f.width, f.height]
            for f in layout.frames
        ],
        "lines": [[line.kind, record_of.get(line.link, -1)] for line in chart.lines],
        "folds": len(chart.claims) > MOST_UNFOLDED and len(layout.frames) > 1,
        "textLines": text_lines,
        "styles": link_styles(),
        "heads": HEADS,
        "sample": {"text": SAMPLE, "size": TEXT, "width": round(text_width(SAMPLE, TEXT))},
    }


# -- the page -------------------------------------------------------------------------------


def _rendered(
    title: str,
    data: Plain,
    style_sheets: Sequence[str],
    script_names: Sequence[str],
    network: Network | None = None,
) -> str:
    """The template filled; pyvis passes it the nodes, edges and options of a network."""
    folder = _folder()
    style = colour_rules() + measure_rules() + _joined(folder, style_sheets)
    scripts = [_joined(folder, script_names)]
    if network is not None:
        scripts.insert(0, _vis_network())
    strings = words()
    environment = _environment()
    environment.globals.update(
        title=title or strings["untitled"],
        policy=_content_policy(style, scripts),
        style=style,
        scripts=scripts,
        strings=strings,
        data=data,
    )
    if network is None:
        return environment.get_template("debate.html").render()
    network.templateEnv = environment
    network.path = "debate.html"
    page: str = network.generate_html()
    return page


def index_page(title: str, data: Plain) -> str:
    """The page that links to the pages of a debate: a list, without a script."""
    style = _joined(_folder(), ("theme.css", "index.css")) + system_colour_rules()
    strings = words()
    template = _environment().get_template("index.html")
    return template.render(
        title=title or strings["untitled"],
        policy=_content_policy(style, []),
        style=style,
        strings=strings,
        **data,
    )


def _folder() -> Traversable:
    return files(__package__) / "page"


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(str(_folder())), autoescape=True, undefined=StrictUndefined
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    return environment


def _content_policy(style: str, scripts: list[str]) -> str:
    """A content policy that lets just these run, and nothing be loaded from anywhere."""
    allowed = " ".join(_digest(script) for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _vis_network() -> str:
    """The vis-network that pyvis brings, with its licence and without its source map."""
    import pyvis

    script = _text(Path(pyvis.__file__).parent / "templates" / "lib" / VIS_NETWORK)
    script = script.partition("//# sourceMappingURL=")[0]
    return script.replace("</script", "<\\/script")


def _joined(folder: Traversable, names: Sequence[str]) -> str:
    return "".join(_text(folder / name) for name in names)


def _text(file: Traversable) -> str:
    """The text of a file with the line ends that a browser sees when it checks a digest."""
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")
