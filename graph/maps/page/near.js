/* near.js: the neighbourhood of what is chosen, as cards: what it speaks to above it, what speaks to it
   below. Laid out here, because only the reader knows which one it will be. */
(function (D) {
  const WIDTH = 224;
  const HEIGHT = 122;
  const QUESTION_HEIGHT = 76;
  const TEXT_LINES = 3;
  const GAP = 18;
  const LEVEL_GAP = 50;
  const EDGE = 14;
  const MOST_IN_LEVEL = 18;
  const DEPTHS = [1, 2];

  D.addSetting({ name: "near", none: 1, read: ([given]) => (given === "2" ? 2 : 1), write: (depth) => [String(depth)] });

  const note = D.el("p", { class: "about" });
  const buttons = DEPTHS.map((depth) =>
    D.el("button", { type: "button", "data-depth": depth, on: { click: () => D.go({ near: depth }, { step: false }) } }, D.count("near-steps", depth)));
  const plane = D.el("div", { class: "near-plane" });
  const panel = D.el(
    "section", { id: "near", "aria-label": D.t("near-label"), hidden: true },
    D.el("div", { class: "near-tools" }, D.el("strong", {}, D.t("near-label")), buttons, note),
    D.el("div", { class: "near-scroll", tabindex: -1 }, plane),
  );
  const scroll = panel.lastChild;
  D.nearPanel = () => panel;

  /** The nodes within some steps, each with its level (less is further up), and the lines among them. */
  D.neighbourhood = (selected, depth) => {
    const level = new Map();
    const lines = new Set();
    let left = 0;
    const perLevel = new Map();
    const take = (node, at, next) => {
      if (level.has(node)) return true;
      if (!D.showsNode(node)) return false;
      if ((perLevel.get(at) || 0) >= MOST_IN_LEVEL) {
        left += 1;
        return false;
      }
      perLevel.set(at, (perLevel.get(at) || 0) + 1);
      level.set(node, at);
      next.push(node);
      return true;
    };
    const endOf = (line) => (line.goal >= 0 ? line.goal : endOf(D.lines[line.host]));
    /** A line seen from one of its nodes: all that it joins is taken. */
    const join = (line, at, next) => {
      if (D.state.without.kinds.has(line.kind)) return;
      const end = endOf(line);
      const up = D.SYMMETRIC.has(line.kind) ? 0 : 1;
      const there = level.has(end) ? level.get(end) : at - up;
      const known = take(end, there, next);
      const hosts = line.host >= 0 ? [D.lines[line.host]] : [];
      for (const host of hosts) host.premises.forEach((premise) => take(premise, there + 1, next));
      const all = line.premises.map((premise) => take(premise, there + up, next));
      if (known && all.every(Boolean)) {
        lines.add(line);
        hosts.forEach((host) => lines.add(host));
      }
    };
    let frontier = [];
    if (selected.type === "link") {
      const line = D.lines[selected.at];
      line.premises.forEach((premise) => take(premise, 0, frontier));
      join(line, 0, frontier);
      for (const onto of D.onto[line.number]) join(onto, 0, frontier);
      if (depth === 1) frontier = [];
    } else {
      take(selected.at, 0, frontier);
    }
    for (let step = selected.type === "link" ? 1 : 0; step < depth; step += 1) {
      const next = [];
      for (const node of frontier) {
        const at = level.get(node);
        const out = D.from[node];
        const into = D.relationsOf(node).filter((group) => group.direction === "in").flatMap((group) => group.lines);
        const answers = D.into[node].filter((line) => line.kind === "answer" || D.SYMMETRIC.has(line.kind));
        for (const line of [...out, ...answers, ...into]) {
          join(line, at, next);
          for (const onto of D.onto[line.number]) join(onto, at, next);
        }
      }
      frontier = next;
    }
    return { nodes: new Set(level.keys()), lines, level, left };
  };

  /** Rows of nodes, the levels one after the other, each in the order of what it is joined to. */
  function rowsOf({ level, lines }, columns) {
    const levels = new Map();
    for (const [node, at] of level) {
      if (!levels.has(at)) levels.set(at, []);
      levels.get(at).push(node);
    }
    const mates = new Map();
    const mate = (a, b) => mates.set(a, [...(mates.get(a) || []), b]);
    for (const line of lines) {
      if (line.goal < 0) continue;
      for (const premise of line.premises) {
        mate(premise, line.goal);
        mate(line.goal, premise);
      }
    }
    const rank = new Map();
    const rows = [];
    for (const at of [...levels.keys()].sort((a, b) => a - b)) {
      const nodes = levels.get(at);
      const place = (node) => {
        const ranks = (mates.get(node) || []).map((other) => rank.get(other)).filter((known) => known !== undefined);
        return ranks.length ? ranks.reduce((sum, one) => sum + one, 0) / ranks.length : 0.5;
      };
      const wish = new Map(nodes.map((node) => [node, place(node)]));
      nodes.sort((a, b) => wish.get(a) - wish.get(b));
      nodes.forEach((node, n) => rank.set(node, (n + 0.5) / nodes.length));
      for (let from = 0; from < nodes.length; from += columns) {
        rows.push({ at, last: from + columns >= nodes.length, nodes: nodes.slice(from, from + columns) });
      }
    }
    return rows;
  }

  /** What a node is to the chosen one, in a few words. */
  function verbOf(node, selected, lines) {
    if (selected.type === "link" || node === selected.at) return null;
    for (const line of lines) {
      const speaks = line.premises.includes(node) && line.goal === selected.at;
      const spoken = line.premises.includes(selected.at) && line.goal === node;
      const key = speaks ? `kind-${line.kind}` : spoken ? `near-to-${line.kind}` : null;
      if (key) return D.el("span", { class: `verb ${line.kind}` }, D.details.glyph(line.kind), " ", D.t(key));
    }
    return null;
  }

  function path(from, to) {
    const [x1, y1] = [from.left + from.width / 2, from.top];
    const [x2, y2] = [to.left + to.width / 2, to.top + to.height];
    if (from.top === to.top) {
      const [a, b] = from.left < to.left ? [from.left + from.width, to.left] : [from.left, to.left + to.width];
      const y = from.top + from.height / 2;
      if (Math.abs(a - b) <= GAP + 1) return `M${a} ${y}L${b} ${y}`;
      const low = from.top + from.height;
      return `M${x1} ${low}C${x1} ${low + 34} ${x2} ${low + 34} ${x2} ${low}`;
    }
    if (from.top < to.top) return `M${x1} ${from.top + from.height}C${x1} ${from.top + from.height + 36} ${x2} ${to.top - 36} ${x2} ${to.top}`;
    const bend = Math.min(60, (y1 - y2) / 2);
    return `M${x1} ${y1}C${x1} ${y1 - bend} ${x2} ${y2 + bend} ${x2} ${y2}`;
  }

  function strokes(lines, places) {
    const middles = new Map();
    const drawn = [];
    const paint = (line, from, to, head) => {
      const d = path(from, to);
      const stroke = D.svg("path", { class: "stroke", d, "stroke-dasharray": D.style[line.kind].dash || null });
      if (head && D.style[line.kind].head !== "none") stroke.setAttribute("marker-end", `url(#head-${line.kind})`);
      drawn.push(D.svg("g", { class: `line ${line.kind}` }, stroke));
      return { left: (from.left + from.width / 2 + to.left + to.width / 2) / 2, top: (from.top + to.top + to.height) / 2, width: 0, height: 0 };
    };
    for (const line of [...lines].sort((a, b) => (a.host >= 0) - (b.host >= 0))) {
      const to = line.goal >= 0 ? places.get(line.goal) : middles.get(line.host);
      if (!to) continue;
      for (const premise of line.premises) {
        const from = places.get(premise);
        if (from) middles.set(line.number, paint(line, from, to, true));
      }
    }
    return drawn;
  }

  function fill({ selected }, found) {
    const columns = Math.max(1, Math.floor((scroll.clientWidth - 2 * EDGE + GAP) / (WIDTH + GAP)));
    const rows = rowsOf(found, columns);
    const places = new Map();
    const widest = Math.max(...rows.map((row) => row.nodes.length));
    const width = Math.max(scroll.clientWidth - 4, widest * (WIDTH + GAP) - GAP + 2 * EDGE);
    let top = EDGE;
    for (const row of rows) {
      const length = row.nodes.length * (WIDTH + GAP) - GAP;
      const tall = row.nodes.every(D.isQuestion) ? QUESTION_HEIGHT : HEIGHT;
      row.nodes.forEach((node, n) => places.set(node, { left: Math.round((width - length) / 2) + n * (WIDTH + GAP), top, width: WIDTH, height: tall }));
      top += tall + (row.last ? LEVEL_GAP : GAP);
    }
    const height = top - LEVEL_GAP + EDGE;
    const cards = rows.flatMap((row) => row.nodes).map((node) => {
      const chosen = selected.type !== "link" && node === selected.at;
      const verb = verbOf(node, selected, found.lines);
      const card = D.card(node, places.get(node), verb ? TEXT_LINES - 1 : TEXT_LINES, { click: () => D.selectNode(node) }, verb);
      card.classList.toggle("chosen", chosen);
      card.setAttribute("aria-pressed", String(chosen));
      return card;
    });
    const svg = D.svg("svg", { class: "lines", "aria-hidden": "true", width, height, viewBox: `0 0 ${width} ${height}` }, strokes(found.lines, places));
    plane.style.width = `${width}px`;
    plane.style.height = `${height}px`;
    plane.replaceChildren(svg, ...cards);
    note.textContent = found.left ? D.t("near-more", { n: found.nodes.size, left: found.left }) : D.t("near-all", { n: found.nodes.size });
    const first = places.get(selected.type === "link" ? D.lines[selected.at].premises[0] : selected.at);
    /* The row above, if the chosen one is then still seen whole. */
    const above = Math.max(0, ...[...places.values()].filter((place) => place.top < first.top).map((place) => place.top)) - EDGE;
    const fits = first.top + HEIGHT + EDGE - above <= scroll.clientHeight;
    scroll.scrollTop = Math.max(0, fits ? above : first.top - EDGE);
    scroll.scrollLeft = Math.max(0, first.left - (scroll.clientWidth - WIDTH) / 2);
  }

  let signature = null;
  let around = null;
  /** Shows the neighbourhood of what is chosen, and gives it. */
  D.showNear = (state) => {
    const { selected } = state;
    panel.hidden = !selected;
    for (const button of buttons) button.setAttribute("aria-pressed", String(Number(button.dataset.depth) === state.near));
    const now = selected && JSON.stringify([selected, state.near, Object.values(state.without).map((hidden) => [...hidden])]);
    if (now === signature) return around;
    signature = now;
    around = selected ? D.neighbourhood(selected, state.near) : null;
    if (selected) fill(state, around);
    else plane.replaceChildren();
    return around;
  };

  /** Puts the focus on a card: on that of the neighbourhood, which is that of the chosen one. */
  D.focusCard = (node) => {
    if (!D.state.selected || D.state.selected.at !== node || D.state.selected.type === "link") D.selectNode(node);
    plane.querySelector(`.card[data-node="${node}"]`)?.focus({ preventScroll: true });
  };
})(dissensus);
