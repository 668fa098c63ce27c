/* folding.js: a map of many cards opens with its topics folded. A folded topic is a box that says what
   is in it; lines that end in it are bundled. Boxes are packed anew when one is folded or unfolded, as
   `packing.py` packed them: a skyline, each box at the lowest place where it fits. */
(function (D) {
  const { page } = D;
  const WIDTH = 300;
  const HEIGHT = 164;
  const GAP = 60;
  const SCREEN = 1.6;
  const WIDTHS = [90, 95, 100, 105, 110, 115, 120, 125, 130, 135, 140];
  const MOST_BUNDLES = 48;
  const BESIDE = 7;
  const NONE = "-";

  D.folds = page.folds;
  D.isOpen = () => true;
  D.refold = () => true;
  D.drawsLine = () => true;
  D.pathOf = (stroke) => stroke.path;
  if (!D.folds) return;

  D.network = { ...D.network, nodes: [], edges: [] };
  const drawn = D.boxes.map((box) => ({ ...box }));
  const cards = D.cards.map((card) => ({ ...card }));
  const boxOf = new Map(D.boxes.map((box, place) => [box.topic, place]));
  const boxAt = (node) => boxOf.get(D.home[node]);
  const members = D.boxes.map(() => []);
  D.home.forEach((_topic, node) => members[boxAt(node)].push(node));

  const idOf = (topic) => (topic < 0 ? NONE : page.topics[topic].id);
  const topicOf = (id) => (id === NONE ? -1 : D.ids.topic.get(id));
  D.addSetting({
    name: "open", none: new Set(),
    read: (given) => new Set(given.map(topicOf).filter((topic) => boxOf.has(topic))),
    write: (open) => [...open].map(idOf).sort(),
  });

  /** The topics of what is chosen: it can only be shown if they are unfolded. */
  function homesOf(selected) {
    if (!selected) return [];
    const nodes = selected.type === "link" ? [...D.around(selected).nodes] : [selected.at];
    return nodes.map((node) => D.home[node]);
  }
  const go = D.go;
  D.go = (changes, options) => {
    const before = changes.open || [...D.state.open, ...homesOf(D.state.selected)];
    const open = new Set([...before, ...homesOf(changes.selected)]);
    go({ ...changes, open }, options);
  };

  let open = new Set();
  D.isOpen = (topic) => open.has(topic);
  D.unfold = (topic, { step = true } = {}) => D.go({ open: new Set([...D.state.open, topic]) }, { step });
  D.fold = (topic) => {
    const { selected } = D.state;
    const closes = homesOf(selected).includes(topic);
    D.go({ open: new Set([...D.state.open].filter((other) => other !== topic)), ...(closes ? { selected: null } : {}) });
  };
  const unfoldAll = () => D.go({ open: new Set(D.boxes.map((box) => box.topic)) });
  const foldAll = () => D.go({ open: new Set(), selected: null });

  /* -- packing ---------------------------------------------------------------------------- */

  function skyline(sizes, width) {
    let profile = [[0, 0]];
    const places = [];
    let right = 0;
    let bottom = 0;
    for (const [boxWidth, boxHeight] of sizes) {
      const wide = boxWidth + GAP;
      let best = null;
      for (let at = 0; at < profile.length; at += 1) {
        const [left] = profile[at];
        if (at && left + wide > width + GAP) break;
        let top = 0;
        for (let after = at; after < profile.length && profile[after][0] < left + wide; after += 1) top = Math.max(top, profile[after][1]);
        if (!best || top < best[1]) best = [left, top];
      }
      const [left, top] = best;
      places.push(best);
      let level = 0;
      const raised = [];
      for (const step of profile) {
        if (step[0] <= left + wide) [, level] = step;
        if (step[0] < left || step[0] > left + wide) raised.push(step);
      }
      profile = [...raised, [left, top + boxHeight + GAP], [left + wide, level]].sort((a, b) => a[0] - b[0]);
      right = Math.max(right, left + boxWidth);
      bottom = Math.max(bottom, top + boxHeight);
    }
    return { places, width: right, height: bottom };
  }

  function packed(sizes) {
    const widest = Math.max(...sizes.map(([width]) => width));
    const area = sizes.reduce((sum, [width, height]) => sum + (width + GAP) * (height + GAP), 0);
    const ideal = Math.sqrt(area * SCREEN);
    const waste = (sheet) => Math.max(sheet.width / SCREEN, sheet.height) * Math.max(sheet.width, sheet.height * SCREEN);
    return WIDTHS.map((step) => skyline(sizes, Math.max(widest, Math.trunc((ideal * step) / 100))))
      .reduce((best, sheet) => (waste(sheet) < waste(best) ? sheet : best));
  }

  /** Puts boxes and cards where they belong now; whether anything changed. */
  let signature = null;
  D.refold = (state) => {
    open = new Set([...state.open, ...homesOf(state.selected)]);
    const now = JSON.stringify([[...open].sort((a, b) => a - b), Object.values(state.without).map((hidden) => [...hidden].sort())]);
    if (now === signature) return false;
    signature = now;
    const sizes = drawn.map((box) => (open.has(box.topic) ? [box.width, box.height] : [WIDTH, HEIGHT]));
    const sheet = packed(sizes);
    page.sheet = [sheet.width, sheet.height];
    D.boxes.forEach((box, place) => {
      [box.left, box.top] = sheet.places[place];
      [box.width, box.height] = sizes[place];
      box.dx = box.left - drawn[place].left;
      box.dy = box.top - drawn[place].top;
    });
    D.cards.forEach((card, node) => {
      const { dx, dy } = D.boxes[boxAt(node)];
      card.left = cards[node].left + dx;
      card.top = cards[node].top + dy;
      card.x = cards[node].x + dx;
      card.y = cards[node].y + dy;
    });
    gather();
    return true;
  };

  /* -- lines ------------------------------------------------------------------------------ */

  const endOf = (line) => (line.goal >= 0 ? line.goal : endOf(D.lines[line.host]));
  const hostOf = (line) => (line.host >= 0 ? [D.lines[line.host], ...hostOf(D.lines[line.host])] : []);

  /** A line is drawn by itself if all that it joins is unfolded. */
  D.drawsLine = (line) => [...line.premises, endOf(line), ...hostOf(line).flatMap((host) => host.premises)].every((node) => open.has(D.home[node]));

  const shift = (node) => {
    const { dx, dy } = D.boxes[boxAt(node)];
    return [dx, dy];
  };
  const halfWay = ([ax, ay], [bx, by]) => [(ax + bx) / 2, (ay + by) / 2];
  /** How far the far end of a stroke has moved: that of a line, with the middle of that line. */
  const farShift = (line, branch) => {
    if (branch) return middleShift(line);
    return line.goal >= 0 ? shift(line.goal) : middleShift(D.lines[line.host]);
  };
  const middleShift = (line) => halfWay(shift(line.strokes[0].from), farShift(line, 0));

  /** A stroke's path where it now lies: its first half moves with its beginning, its second with its end. */
  D.pathOf = (stroke) => {
    const line = D.lines[stroke.line];
    const near = shift(stroke.from);
    const far = farShift(line, line.strokes.indexOf(stroke));
    const numbers = stroke.path.match(/-?\d+(\.\d+)?/g).length / 2;
    let n = 0;
    return stroke.path.replace(/(-?\d+(?:\.\d+)?)[ ,](-?\d+(?:\.\d+)?)/g, (_pair, x, y) => {
      const [dx, dy] = n < numbers / 2 ? near : far;
      n += 1;
      return `${Math.round(Number(x) + dx)} ${Math.round(Number(y) + dy)}`;
    });
  };

  let bundles = [];
  function gather() {
    const found = new Map();
    for (const line of D.lines) {
      if (D.drawsLine(line) || !D.showsLine(line)) continue;
      const to = boxAt(endOf(line));
      for (const from of new Set(line.premises.map(boxAt))) {
        if (from === to || (open.has(D.boxes[from].topic) && open.has(D.boxes[to].topic))) continue;
        const key = `${from} ${to} ${line.kind}`;
        if (!found.has(key)) found.set(key, { from, to, kind: line.kind, n: 0 });
        found.get(key).n += 1;
      }
    }
    bundles = [...found.values()].sort((a, b) => b.n - a.n || a.from - b.from || a.to - b.to || (a.kind < b.kind ? -1 : 1));
  }

  /** Where the way from the middle of a box to a point leaves the box. */
  function border(box, x, y, beside) {
    const half = [box.width / 2, box.height / 2];
    const centre = [box.left + half[0], box.top + half[1]];
    const [dx, dy] = [x - centre[0], y - centre[1]];
    const far = Math.min(dx ? half[0] / Math.abs(dx) : Infinity, dy ? half[1] / Math.abs(dy) : Infinity);
    const length = Math.hypot(dx, dy) || 1;
    const within = (at, n) => Math.min(centre[n] + half[n], Math.max(centre[n] - half[n], at));
    const sideways = half[0] * Math.abs(dy) < half[1] * Math.abs(dx);
    const px = centre[0] + dx * far;
    const py = centre[1] + dy * far;
    return sideways ? [px, within(py + (beside * dx) / length, 1)] : [within(px - (beside * dy) / length, 0), py];
  }

  function bundleGroup({ from, to, kind, n }) {
    const [a, b] = [D.boxes[from], D.boxes[to]];
    const rank = page.styles.findIndex((style) => style.kind === kind);
    const beside = BESIDE * (rank + 0.5);
    const [x1, y1] = border(a, b.left + b.width / 2, b.top + b.height / 2, beside);
    const [x2, y2] = border(b, a.left + a.width / 2, a.top + a.height / 2, -beside);
    const style = D.style[kind];
    const path = D.svg("path", { class: "stroke", d: `M${Math.round(x1)} ${Math.round(y1)}L${Math.round(x2)} ${Math.round(y2)}`, "stroke-dasharray": style.dash || null });
    path.style.strokeWidth = Math.min(9, 1.5 + Math.log2(n));
    if (style.head !== "none") path.setAttribute("marker-end", `url(#head-${kind})`);
    return D.svg("g", { class: `line bundle ${kind}`, "data-from": a.topic, "data-to": b.topic, "data-n": n }, path);
  }

  /** The strongest bundles; those of one box come when it is pointed at. */
  D.bundleGroups = () => {
    const own = D.svg("g", { class: "own" });
    return [...bundles.slice(0, MOST_BUNDLES).map(bundleGroup), own];
  };
  function showOwn(topic) {
    const own = document.querySelector("#map .lines .own");
    if (!own) return;
    const at = topic === null ? -1 : boxOf.get(topic);
    own.replaceChildren(...bundles.filter(({ from, to }) => from === at || to === at).map(bundleGroup));
    document.querySelector("#map .lines").classList.toggle("pointing", topic !== null);
  }

  /* -- boxes ------------------------------------------------------------------------------ */

  const FOR = new Set(["support", "evidence"]);
  const AGAINST = new Set(["rebuttal", "contradiction", "undercut"]);

  /** What a folded box says: how many claims, the one most replied to, and what is for and against them. */
  function about(place) {
    const claims = members[place].filter((node) => !D.isQuestion(node) && D.showsNode(node));
    const replies = (node) => D.into[node].filter((line) => D.showsLine(line) && line.kind !== "answer");
    let top = -1;
    let most = -1;
    const counts = { for: 0, against: 0 };
    for (const node of claims) {
      const lines = replies(node);
      if (lines.length > most) [top, most] = [node, lines.length];
      for (const line of [...lines, ...lines.flatMap((one) => D.onto[one.number].filter(D.showsLine))]) {
        if (FOR.has(line.kind)) counts.for += 1;
        if (AGAINST.has(line.kind)) counts.against += 1;
      }
    }
    return { claims: claims.length, questions: members[place].length - members[place].filter((node) => !D.isQuestion(node)).length, top, counts };
  }

  function bar({ for: pro, against }) {
    if (!pro && !against) return null;
    return D.el(
      "span", { class: "balance" },
      D.el("span", { class: "glyph support" }, D.style.support.glyph, ` ${D.t("bar-for", { n: pro })}`),
      D.el("span", { class: "strip", "aria-hidden": "true", vars: { share: `${Math.round((100 * pro) / (pro + against))}%` } }),
      D.el("span", { class: "glyph rebuttal" }, `${D.t("bar-against", { n: against })} `, D.style.rebuttal.glyph),
    );
  }

  D.foldedBox = (box) => {
    const { claims, questions, top, counts } = about(boxOf.get(box.topic));
    const path = box.topic < 0 ? [] : D.topicPath(box.topic);
    return D.el(
      "button",
      {
        type: "button", class: "folded-box", "data-topic": box.topic, "aria-expanded": "false",
        vars: { x: `${box.left}px`, y: `${box.top}px`, w: `${box.width}px`, h: `${box.height}px` },
        on: {
          click: () => unfoldHere(box.topic),
          focus: (event) => {
            showOwn(box.topic);
            if (event.target.matches(":focus-visible")) D.viewport.reveal(box, { least: 0.6 });
          },
          blur: () => showOwn(null), pointerenter: () => showOwn(box.topic), pointerleave: () => showOwn(null),
        },
      },
      D.el(
        "span", { class: "label" },
        path.length ? D.el("span", { class: "path" }, D.said(path[path.length - 1]), " › ") : null,
        D.said(D.topicLabel(box.topic)),
      ),
      D.el("span", { class: "n" }, D.count("found", claims), questions ? ` · ${D.count("questions", questions)}` : ""),
      top >= 0 ? D.el("span", { class: "top" }, D.el("b", {}, D.said(D.speakerLine(D.claim(top)))), " ", D.said(D.claim(top).text)) : null,
      bar(counts),
    );
  };

  D.foldButton = (box) =>
    D.button(D.t("fold-box", { name: D.topicLabel(box.topic) }), {
      class: "fold-box", "data-topic": box.topic, "aria-expanded": "true",
      vars: { x: `${box.left + box.width - 46}px`, y: `${box.top + 11}px` },
      on: {
        click: () => {
          D.fold(box.topic);
          const folded = document.querySelector(`.folded-box[data-topic="${box.topic}"]`);
          folded.focus({ preventScroll: true });
          D.viewport.reveal(D.boxes[boxOf.get(box.topic)], { least: 0.6 });
        },
        focus: (event) => event.target.matches(":focus-visible") && D.viewport.reveal({ left: box.left, top: box.top, width: Math.min(box.width, 600), height: 200 }, { least: 0.6 }),
      },
    }, "−");

  function unfoldHere(topic) {
    D.unfold(topic);
    document.querySelector(`.fold-box[data-topic="${topic}"]`)?.focus({ preventScroll: true });
    D.showBox(topic);
  }

  /** The members of a box, in the order of the cards. */
  D.nodesIn = (box) => members[boxOf.get(box.topic)];

  /** Arrow keys among folded boxes: the nearest one that way. */
  D.walkBoxes = (key) => {
    const at = document.activeElement.closest(".folded-box, .fold-box");
    if (!at) {
      if (D.state.selected || document.activeElement.closest(".card")) return false;
      const start = document.querySelector("#map .folded-box");
      start?.focus();
      return Boolean(start);
    }
    const here = D.boxes[boxOf.get(Number(at.dataset.topic))];
    const [ux, uy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    let best = null;
    let least = Infinity;
    for (const box of D.boxes) {
      const dx = box.left + box.width / 2 - here.left - here.width / 2;
      const dy = box.top + box.height / 2 - here.top - here.height / 2;
      const along = dx * ux + dy * uy;
      const aside = Math.abs(dx * uy) + Math.abs(dy * ux);
      if (along <= 0 || aside > along * 2) continue;
      if (along + 2 * aside < least) [best, least] = [box, along + 2 * aside];
    }
    if (best) document.querySelector(`#map .folded-box[data-topic="${best.topic}"], #map .fold-box[data-topic="${best.topic}"]`).focus();
    return true;
  };

  D.legend = () =>
    D.el(
      "div", { class: "legend" },
      D.el("p", {}, D.t("folding-about", { n: page.claims.length, boxes: D.boxes.length })),
      D.el(
        "p", { class: "buttons" },
        D.el("button", { type: "button", class: "reset", on: { click: unfoldAll } }, D.t("unfold-all")), " ",
        D.el("button", { type: "button", class: "reset", on: { click: foldAll } }, D.t("fold-all")),
      ),
    );
})(dissensus);
