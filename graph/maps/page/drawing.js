/* drawing.js: what the map shows as one SVG drawing. Elements are made, never written as markup;
   characters that XML does not allow are left out. */
(function (D) {
  const MARGIN = 48;
  const LEAST_WIDTH = 900;
  const FAINT = "0.4";
  const BOLD = "650";
  const GLYPHS = { in: "✓", out: "✗", undecided: "?" };
  const { page } = D;
  const UNWRITABLE = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
  const clean = (text) => text.replace(UNWRITABLE, "");
  const svg = (tag, attributes, ...children) =>
    D.svg(tag, attributes, ...children.map((child) => (typeof child === "string" ? clean(child) : child)));
  const pen = document.createElement("canvas").getContext("2d");

  /* The look of the page at this moment: its colours, measures and letters. */
  let look = null;
  function readLook() {
    const style = getComputedStyle(document.documentElement);
    const value = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      colour: value,
      size: (name) => parseFloat(value(name)),
      letters: getComputedStyle(document.body).fontFamily,
      fit: D.fontFit(),
    };
  }
  const paint = (name) => look.colour(name);

  /* -- text ------------------------------------------------------------------------------- */

  const SPEAKS_RTL = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

  function measure(text, size, weight) {
    pen.font = `${weight} ${size}px ${look.letters}`;
    return pen.measureText(text).width;
  }

  /** The beginning of a text that fits into a width, with an ellipsis if that is not all of it. */
  function shortened(text, width, size, weight) {
    if (measure(text, size, weight) <= width) return text;
    const letters = [...text];
    let [low, high] = [0, letters.length];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (measure(`${letters.slice(0, middle).join("")}…`, size, weight) <= width) low = middle;
      else high = middle - 1;
    }
    return `${letters.slice(0, low).join("").trimEnd()}…`;
  }

  /** A text in at most `most` lines; a word wider than a line is broken. */
  function wrapped(text, width, size, weight, most) {
    const lines = [];
    let line = "";
    const words = clean(text).split(/\s+/).filter(Boolean);
    while (words.length && lines.length < most) {
      const longer = line ? `${line} ${words[0]}` : words[0];
      if (measure(longer, size, weight) <= width) {
        line = longer;
        words.shift();
      } else if (line) {
        lines.push(line);
        line = "";
      } else {
        const letters = [...words[0]];
        let n = letters.length;
        while (n > 1 && measure(letters.slice(0, n).join(""), size, weight) > width) n -= 1;
        lines.push(letters.slice(0, n).join(""));
        words[0] = letters.slice(n).join("");
        if (!words[0]) words.shift();
      }
    }
    if (line && lines.length < most) lines.push(line);
    else if (line) words.unshift(line);
    if (words.length) lines.push(shortened(`${lines.pop()} ${words.join(" ").slice(0, 400)}`, width, size, weight));
    return lines;
  }

  function textAt(text, x, y, size, colour, { weight = "400", end = null, rtl = false } = {}) {
    return svg("text", {
      x: rtl ? end : x, y, "font-size": size, "font-weight": weight === "400" ? null : weight,
      direction: rtl ? "rtl" : null, fill: colour,
    }, text);
  }

  function paragraph(text, left, top, right, { size, pitch, most, weight = "400", colour }) {
    const rtl = SPEAKS_RTL.test(text);
    return wrapped(text, right - left, size, weight, most).map((line, n) =>
      textAt(line, left, top + n * pitch + pitch - 5, size, colour, { weight, end: right, rtl }));
  }

  /* -- cards ------------------------------------------------------------------------------ */

  const around = (place, by, attributes) => svg("rect", {
    x: place.left + by, y: place.top + by, width: place.width - 2 * by, height: place.height - 2 * by, rx: 8 - by, fill: "none", ...attributes,
  });

  function questionCard(node, place) {
    const question = D.question(node);
    const [left, right] = [place.left + 1 + look.size("pad"), place.left + place.width - 1 - look.size("pad")];
    const head = `${D.t("question")} · ${D.count("answers", D.all(question, "rivals").length)}`;
    return svg(
      "g", { class: "card question" },
      svg("title", {}, question.label),
      around(place, 0, { fill: paint("ink"), rx: 12 }),
      textAt(head, left, place.top + 23, 12.5 * look.fit, paint("page")),
      ...paragraph(question.label, left, place.top + 10 + look.size("head"), right, {
        size: look.size("question-text") * look.fit, pitch: look.size("question-line"), most: page.textLines[node], weight: BOLD, colour: paint("page"),
      }),
    );
  }

  function claimCard(node, place, matches) {
    const claim = D.claim(node);
    const { status } = D.judgement(node);
    const parts = [svg("title", {}, `${D.speakerLine(claim)}: ${claim.text} (${D.t(`status-${status}`)})`)];
    const ring = page.scope.focus === node ? "accent" : matches.has(node) ? "match" : null;
    if (ring) parts.push(around(place, -2, { class: "ring", stroke: paint(ring), "stroke-width": 4 }));
    const special = claim.kind !== "claim";
    const edge = paint(special ? "soft" : "edge");
    parts.push(around(place, 0.5, { fill: paint("surface"), stroke: edge, "stroke-dasharray": claim.kind === "evidence" ? "4 3" : null }));
    if (claim.kind === "recommendation") parts.push(around(place, 3, { stroke: edge }));
    const swatch = look.size("swatch");
    const speakers = D.all(claim, "speakers");
    const paints = speakers.length ? speakers.map((s) => paint(`speaker-${page.speakers[s].colour}`)) : [paint("soft")];
    paints.forEach((fill, n) => {
      const part = (place.height - 8) / paints.length;
      parts.push(svg("rect", { class: "swatch", x: place.left + 1, y: place.top + 4 + n * part, width: swatch, height: part, fill }));
    });
    const left = place.left + 1 + swatch + look.size("pad");
    const right = place.left + place.width - 1 - look.size("pad");
    const small = 12.5 * look.fit;
    parts.push(textAt(shortened(D.speakerLine(claim), right - left - 18, small, BOLD), left, place.top + 23, small, paint("ink"), { weight: BOLD }));
    parts.push(svg("text", { x: right, y: place.top + 23, "font-size": 12.5, "font-weight": "700", "text-anchor": "end", fill: paint(status === "in" ? "soft" : "ink") }, GLYPHS[status]));
    const top = place.top + 10 + look.size("head");
    const lines = page.textLines[node];
    parts.push(...paragraph(claim.text, left, top, right, {
      size: look.size("text") * look.fit, pitch: look.size("line"), most: lines, colour: paint("ink"),
    }));
    const foot = top + lines * look.size("line") + look.size("foot") - 4;
    if (special) parts.push(textAt(D.t(`${claim.kind}-kind`), left, foot, 12, paint("soft"), { weight: "600" }));
    let x = right;
    for (const [kind, n] of D.tally(node).reverse()) {
      const mark = `${D.style[kind].glyph}${n}`;
      parts.push(svg("text", { x, y: foot, "font-size": 12, "font-weight": "600", "text-anchor": "end", fill: paint(kind) }, mark));
      x -= measure(mark, 12, "600") + 9;
    }
    return svg("g", { class: `card ${claim.kind}` }, ...parts);
  }

  /* -- lines and boxes -------------------------------------------------------------------- */

  function heads() {
    return page.styles.filter((style) => style.head in page.heads).map((style) => {
      const { tag, shape, tip } = page.heads[style.head];
      const { class: hollow, ...form } = shape;
      const colour = paint(style.kind);
      return svg("marker", {
        id: `head-${style.kind}`, viewBox: "0 0 16 16", refX: tip, refY: 8, markerWidth: 16, markerHeight: 16, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse",
      }, svg(tag, { ...form, ...(hollow ? { fill: "none", stroke: colour, "stroke-width": 1.8 } : { fill: colour }) }));
    });
  }

  function drawnLine(line) {
    const style = D.style[line.kind];
    const head = style.head in page.heads ? `url(#head-${line.kind})` : null;
    const across = !line.strokes.every((stroke) => stroke.routed);
    const parts = line.strokes.map((stroke, branch) => svg("path", {
      d: stroke.path, "marker-end": branch ? null : head, "marker-start": !branch && line.kind === "contradiction" ? head : null,
    }));
    for (const stroke of line.strokes.slice(1)) {
      const [cx, cy] = stroke.path.match(/-?\d+ -?\d+$/)[0].split(" ");
      parts.push(svg("circle", { class: "joint", cx, cy, r: 4.5, fill: paint(line.kind), stroke: "none" }));
    }
    return svg("g", {
      class: `line ${line.kind}`, fill: "none", stroke: paint(line.kind), "stroke-width": line.kind === "restatement" ? 2.2 : 1.8,
      "stroke-dasharray": style.dash || null, "stroke-linecap": line.kind === "restatement" ? "round" : null, "stroke-linejoin": "round",
      opacity: across ? FAINT : null,
    }, svg("title", {}, D.t(`kind-${line.kind}`)), ...parts);
  }

  /** The name of a box, and before it what it is a part of where there is room. */
  function boxTitle(box) {
    const size = 17;
    const [left, y, room] = [box.left + 20, box.top + 30, box.width - 40];
    const name = shortened(D.topicLabel(box.topic), room, size, BOLD);
    const path = box.topic < 0 ? [] : D.topicPath(box.topic);
    const above = path.length ? `${path[path.length - 1]} › ` : "";
    const wide = measure(above, size, "400");
    const fits = above && wide + measure(name, size, BOLD) <= room;
    return svg(
      "g", { class: "title" },
      fits ? textAt(above, left, y, size, paint("soft")) : null,
      textAt(name, fits ? left + wide : left, y, size, paint("ink"), { weight: BOLD }),
    );
  }

  /* -- legend ----------------------------------------------------------------------------- */

  function legend(width, top, shown) {
    const rows = [[], [], []];
    for (const style of page.styles) {
      if (!shown.lines.some((line) => line.kind === style.kind)) continue;
      const sample = (x, y) => [
        svg("path", {
          d: `M${x} ${y + 8}h38`, fill: "none", stroke: paint(style.kind), "stroke-width": 1.8, "stroke-dasharray": style.dash || null,
          "marker-end": style.head in page.heads ? `url(#head-${style.kind})` : null,
        }),
        textAt(style.glyph, x + 46, y + 13, 13, paint(style.kind)),
      ];
      rows[0].push([60, sample, D.t(`kind-${style.kind}`)]);
    }
    const speakers = new Set(shown.nodes.filter((node) => !D.isQuestion(node)).flatMap((node) => D.all(D.claim(node), "speakers")));
    const square = (colour) => (x, y) => [svg("rect", { x, y: y + 1, width: 14, height: 14, rx: 4, fill: colour })];
    for (const speaker of [...speakers].sort((a, b) => a - b)) {
      const { label, colour } = page.speakers[speaker];
      rows[1].push([14, square(paint(`speaker-${colour}`)), label]);
    }
    const statuses = new Set(shown.nodes.filter((node) => !D.isQuestion(node)).map((node) => D.judgement(node).status));
    for (const status of Object.keys(GLYPHS)) {
      if (statuses.has(status)) rows[2].push([12, (x, y) => [textAt(GLYPHS[status], x, y + 13, 14, paint("soft"))], D.t(`status-${status}`)]);
    }
    if (rows[2].length) rows[2][rows[2].length - 1][2] += ` ${D.t("status-under")}`;
    if (page.scope.matches) rows[2].push([26, (x, y) => [svg("rect", { x: x + 2, y: y + 2, width: 22, height: 12, rx: 4, fill: "none", stroke: paint("match"), "stroke-width": 4 })], D.t("match")]);
    const items = [];
    let y = top;
    for (const row of rows.filter((entries) => entries.length)) {
      let x = 0;
      for (const [room, sample, words] of row) {
        const text = shortened(words, width - room - 10, 14, "400");
        const wide = room + 8 + measure(text, 14, "400");
        if (x && x + wide > width) [x, y] = [0, y + 28];
        items.push(svg("g", { class: "entry" }, ...sample(x, y), textAt(text, x + room + 8, y + 13, 14, paint("ink"))));
        x += Math.ceil(wide) + 26;
      }
      y += 28;
    }
    return { items, bottom: y };
  }

  /* -- the drawing ------------------------------------------------------------------------ */

  /** { element, width, height } of what the map shows, in the theme of the page; null if that is nothing. */
  D.drawing = () => {
    look = readLook();
    const shown = {
      nodes: D.cards.map((_place, node) => node).filter(D.showsNode),
      lines: D.lines.filter(D.showsLine),
    };
    if (!shown.nodes.length) return null;
    const topics = new Set(shown.nodes.map((node) => D.home[node]));
    const boxes = D.boxes.filter((box) => topics.has(box.topic));
    const places = [...boxes, ...shown.nodes.map((node) => D.cards[node])];
    const all = shown.nodes.length === D.cards.length;
    const left = all ? 0 : Math.min(...places.map((place) => place.left));
    const top = all ? 0 : Math.min(...places.map((place) => place.top));
    const right = all ? page.sheet[0] : Math.max(...places.map((place) => place.left + place.width));
    const bottom = all ? page.sheet[1] : Math.max(...places.map((place) => place.top + place.height));
    const inner = Math.max(LEAST_WIDTH, right - left);
    const scale = Math.min(3, Math.max(1, inner / 1600));
    const title = document.title;
    const note = D.scopeWords() || page.description || "";
    const header = Math.round((note ? 74 : 52) * scale) + MARGIN;
    const legendTop = header + (bottom - top) + MARGIN;
    const marks = legend(inner / scale, 0, shown);
    const width = inner + 2 * MARGIN;
    const height = Math.round(legendTop + marks.bottom * scale + MARGIN);
    const matches = new Set(D.all(page.scope, "matches"));
    const element = svg(
      "svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": look.letters, role: "graphics-document document", "aria-labelledby": "map-title" },
      svg("title", { id: "map-title" }, title),
      svg("defs", {}, ...heads()),
      svg("rect", { width, height, fill: paint("page") }),
      svg(
        "g", { class: "header", transform: `translate(${MARGIN} ${MARGIN}) scale(${scale})` },
        textAt(shortened(title, inner / scale, 26, BOLD), 0, 22, 26, paint("ink"), { weight: BOLD }),
        note ? textAt(shortened(note, inner / scale, 15, "400"), 0, 48, 15, paint("soft")) : null,
      ),
      svg(
        "g", { transform: `translate(${MARGIN - left + Math.round((inner - (right - left)) / 2)} ${header - top})` },
        ...boxes.map((box) => svg("rect", { class: "box", x: box.left, y: box.top, width: box.width, height: box.height, rx: 14, fill: paint("box"), stroke: paint("box-edge") })),
        ...shown.lines.map(drawnLine),
        ...shown.nodes.map((node) => (D.isQuestion(node) ? questionCard(node, D.cards[node]) : claimCard(node, D.cards[node], matches))),
        ...boxes.map(boxTitle),
      ),
      svg("g", { class: "legend", transform: `translate(${MARGIN} ${legendTop}) scale(${scale})` }, ...marks.items),
    );
    return { element, width, height };
  };
})(dissensus);
