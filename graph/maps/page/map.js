/* map.js: the map view. Topic boxes below, lines over them, cards on top, and the boxes' names. */
(function (D) {
  const FAR = 0.42;
  const READABLE_STEP = 0.6;
  const READABLE_BOX = 0.86;
  const { page } = D;
  const cardOf = [];
  const groupOf = [];
  let plane = null;
  let world = null;
  let titles = null;
  let frames = null;
  let lines = null;
  let cards = null;
  let drawn = 0;

  /* -- cards ------------------------------------------------------------------------------ */

  function card(node) {
    return D.card(node, D.cards[node], page.textLines[node], {
      click: () => D.selectNode(node),
      focus: (event) => event.target.matches(":focus-visible") && reveal(node),
    });
  }

  const reveal = (node) => D.viewport.reveal(D.cards[node]);

  /** The rectangle around some cards. */
  function around(nodes) {
    const places = nodes.map((node) => D.cards[node]);
    const left = Math.min(...places.map((place) => place.left));
    const top = Math.min(...places.map((place) => place.top));
    const right = Math.max(...places.map((place) => place.left + place.width));
    const bottom = Math.max(...places.map((place) => place.top + place.height));
    return { left, top, width: right - left, height: bottom - top };
  }

  /** Shows what is chosen; of a line both ends, if they can be read together. */
  function revealChosen({ type, at }) {
    if (type !== "link") return reveal(at);
    const ends = around([...D.around({ type, at }).nodes]);
    const room = D.viewport.room(1);
    const scale = Math.min(D.viewport.at.scale, room.width / ends.width, room.height / ends.height);
    if (scale < READABLE_STEP) reveal(D.lines[at].premises[0]);
    else D.viewport.open(ends, { least: scale, most: scale, animate: true });
  }

  /* -- lines ------------------------------------------------------------------------------ */

  function lineGroup(line) {
    const style = D.style[line.kind];
    const head = style.head !== "none" ? `url(#head-${line.kind})` : null;
    const parts = line.strokes.map((stroke, branch) => {
      const path = D.svg("path", { class: "stroke", d: D.pathOf(stroke), "stroke-dasharray": style.dash || null });
      if (head && branch === 0) {
        path.setAttribute("marker-end", head);
        if (line.kind === "contradiction") path.setAttribute("marker-start", head);
      }
      return path;
    });
    for (const stroke of line.strokes.slice(1)) {
      const [x, y] = D.pathOf(stroke).match(/-?\d+ -?\d+$/)[0].split(" ");
      parts.push(D.svg("circle", { class: "joint", cx: x, cy: y, r: 4.5 }));
    }
    if (line.link >= 0) {
      const touch = line.strokes.map((stroke) => D.svg("path", { class: "touch", d: D.pathOf(stroke) }));
      touch.forEach((path) => path.addEventListener("click", () => D.select({ type: "link", at: line.number })));
      parts.push(...touch);
    }
    const across = !line.strokes.every((stroke) => stroke.routed);
    return D.svg("g", { class: `line ${line.kind}${across ? " across" : ""}`, "data-line": line.number }, parts);
  }

  /* -- boxes ------------------------------------------------------------------------------ */

  const extent = (box) => ({ x: `${box.left}px`, y: `${box.top}px`, w: `${box.width}px`, h: `${box.height}px` });
  const frame = (box) => D.el("div", { class: "box", vars: extent(box), "data-topic": box.topic });

  function title(box) {
    const path = box.topic < 0 ? [] : D.topicPath(box.topic);
    return D.el(
      "p", { class: "title", vars: extent(box), "data-topic": box.topic },
      D.el(
        "span", {},
        path.length ? D.el("span", { class: "path" }, D.said(path[path.length - 1]), " › ") : null,
        D.said(D.topicLabel(box.topic)),
      ),
    );
  }

  D.showBox = (topic) => {
    const box = D.boxes.find((candidate) => candidate.topic === topic);
    if (box) D.viewport.open(box, { least: 0.5, animate: true });
  };

  /* -- the view --------------------------------------------------------------------------- */

  function build(element) {
    lines = D.svg("svg", { class: "lines", "aria-hidden": "true" });
    frames = D.el("div", { class: "frames" });
    cards = D.el("div", { class: "cards" });
    titles = D.el("div", { class: "titles", "aria-hidden": "true" });
    world = D.el("div", { class: "world" }, frames, lines, cards, titles);
    plane = D.el("div", { class: "plane" }, world);
    element.append(D.el("div", { class: "network" }), plane);
    world.style.setProperty("--font-fit", D.fontFit().toFixed(3));
  }

  /** The card of a node, made when it is first shown, where it now lies. */
  function placed(node) {
    cardOf[node] ??= card(node);
    cardOf[node].style.setProperty("--x", `${D.cards[node].left}px`);
    cardOf[node].style.setProperty("--y", `${D.cards[node].top}px`);
    return cardOf[node];
  }

  /** Draws what is unfolded, and the rest as folded boxes. */
  function arrange() {
    const { activeElement } = document;
    const [width, height] = page.sheet;
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) lines.setAttribute(name, value);
    const open = D.boxes.filter((box) => D.isOpen(box.topic));
    frames.replaceChildren(...open.map(frame));
    titles.replaceChildren(...open.map(title));
    D.lines.forEach((line, number) => { groupOf[number] = D.drawsLine(line) ? lineGroup(line) : undefined; });
    lines.replaceChildren(...(D.folds ? D.bundleGroups() : []), ...groupOf.filter(Boolean));
    const parts = D.folds
      ? D.boxes.flatMap((box) => (D.isOpen(box.topic) ? [D.foldButton(box), ...D.nodesIn(box).map(placed)] : [D.foldedBox(box)]))
      : D.cards.map((_place, node) => placed(node));
    cards.replaceChildren(...parts);
    if (cards.contains(activeElement)) activeElement.focus({ preventScroll: true });
  }

  /** Card heights are for a certain width of letters; a wider font is made smaller to fit. */
  D.fontFit = () => {
    const { text, size, width } = page.sample;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    return Math.min(1, width / pen.measureText(text).width);
  };

  /** Moving shifts the plane, which costs next to nothing; only zooming draws the world anew. */
  function follow({ x, y, scale }) {
    const left = Math.round(element.clientWidth / 2 - x * scale);
    const top = Math.round(element.clientHeight / 2 - y * scale);
    plane.style.transform = `translate(${left}px, ${top}px)`;
    if (scale === drawn) return;
    drawn = scale;
    world.style.transform = `scale(${scale})`;
    world.classList.toggle("far", scale < FAR);
    titles.style.setProperty("--scale", scale);
  }

  /** Nodes that a search found, or null. */
  let found = null;

  function mark() {
    const { selected } = D.state;
    const near = selected ? D.around(selected) : null;
    world.classList.toggle("choosing", Boolean(near));
    world.classList.toggle("searching", found !== null);
    cardOf.forEach((element, node) => {
      if (!element) return;
      element.hidden = !D.showsNode(node);
      element.classList.toggle("near", Boolean(near && near.nodes.has(node)));
      element.classList.toggle("found", Boolean(found && found.has(node)));
      const chosen = Boolean(selected) && selected.type !== "link" && selected.at === node;
      element.classList.toggle("chosen", chosen);
      element.setAttribute("aria-pressed", String(chosen));
    });
    D.lines.forEach((line, number) => {
      const element = groupOf[number];
      if (!element) return;
      element.classList.toggle("near", Boolean(near && near.lines.has(line)));
      element.classList.toggle("chosen", Boolean(selected && selected.type === "link" && selected.at === number));
      element.classList.toggle("gone", !D.showsLine(line));
    });
    const empty = new Set(D.boxes.map((box) => box.topic));
    D.cards.forEach((_place, node) => D.showsNode(node) && empty.delete(D.home[node]));
    world.querySelectorAll("[data-topic]").forEach((element) => {
      element.hidden = empty.has(Number(element.dataset.topic));
    });
    world.querySelectorAll(".folded-box").forEach((element) => {
      const holds = (nodes) => Boolean(nodes) && [...nodes].some((node) => D.home[node] === Number(element.dataset.topic));
      element.classList.toggle("near", holds(near && near.nodes));
      element.classList.toggle("found", holds(found));
    });
  }

  /** The rectangle to open on: the start and, if it is a question, its answers. */
  function opening() {
    const nodes = [page.start];
    if (D.isQuestion(page.start)) nodes.push(...D.all(D.question(page.start), "rivals"));
    const start = D.cards[page.start];
    const close = (node) => Math.abs(D.cards[node].x - start.x) < 1400 && Math.abs(D.cards[node].y - start.y) < 700;
    return around(nodes.filter(close));
  }

  const whole = () => ({ left: 0, top: 0, width: page.sheet[0], height: page.sheet[1] });
  const nodeOf = (selected) => (selected.type === "link" ? D.lines[selected.at].premises[0] : selected.at);

  const element = D.el("section", { id: "map", class: "view", "aria-label": D.t("map-label") });
  let started = false;

  D.focusCard = (node) => {
    if (!D.isOpen(D.home[node])) D.unfold(D.home[node]);
    cardOf[node].focus({ preventScroll: true });
  };

  function start() {
    started = true;
    build(element);
    D.refold(D.state);
    arrange();
    D.viewport.onMove(follow);
    D.viewport.start(element, plane);
    const { selected } = D.state;
    if (selected) D.viewport.open(D.cards[nodeOf(selected)], { inside: whole(), centred: true });
    else openStart();
    D.addMapTools(element);
  }

  function openStart() {
    if (page.start < 0) return;
    const box = D.boxes.find((candidate) => candidate.topic === D.home[page.start]) || whole();
    if (D.folds && !D.isOpen(box.topic)) return openFolded(box);
    const focused = page.scope.focus !== undefined;
    D.viewport.open(opening(), { inside: box, centred: focused });
    if (focused) cardOf[page.start].classList.add("focus");
  }

  /** Folded boxes: as many as can be read, that of the start among them. */
  function openFolded(box) {
    const room = D.viewport.room(1);
    const sheet = whole();
    const scale = Math.max(READABLE_BOX, Math.min(1, room.width / sheet.width, room.height / sheet.height));
    D.viewport.open(box, { least: scale, most: scale, inside: sheet });
  }

  D.addView({
    id: "map",
    label: D.t("view-map"),
    element,
    mark(nodes) {
      found = nodes;
      mark();
    },
    update(state, before) {
      if (!started) start();
      else if (D.folds && D.refold(state)) arrange();
      mark();
      const { selected } = state;
      if (selected && before && (before.selected !== selected || before.view !== "map")) revealChosen(selected);
    },
  });
})(dissensus);
