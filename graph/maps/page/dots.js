/* dots.js: the overview of a big debate. Every claim is a dot in the area of its topic; a kept picture
   is shifted while the sheet is dragged, and painted anew when it rests. */
(function (D) {
  const { page } = D;
  const REST = 130;
  const AROUND = 0.3;
  const MOST_UNIT = 130;
  const OPEN_UNIT = 3;
  const REACH = 9;
  const COLOURINGS = ["speaker", "status"];
  const [sheetWidth, sheetHeight] = page.sheet;

  D.addSetting({ name: "colour", none: COLOURINGS[0], ...D.oneOf(COLOURINGS) });

  const canvas = D.el("canvas", { class: "sheet", tabindex: 0, role: "img", "aria-label": D.t("overview-label"), "aria-describedby": "overview-help" });
  const hint = D.el("p", { class: "hint", hidden: true, "aria-hidden": "true" });
  const help = D.el("p", { id: "overview-help", class: "unseen" }, D.t("overview-keys"));
  const tools = D.el(
    "div", { id: "zoom", role: "group", "aria-label": D.t("zoom") },
    D.button(D.t("zoom-in"), { on: { click: () => D.viewport.zoom(1.5) } }, "+"),
    D.button(D.t("zoom-out"), { on: { click: () => D.viewport.zoom(1 / 1.5) } }, "−"),
    D.button(D.t("zoom-fit"), { class: "fit", on: { click: () => D.viewport.fit() } }, D.t("fit")),
  );
  const stage = D.el("div", { class: "stage" }, canvas, hint, help, D.el("div", { id: "maptools" }, tools));
  const element = D.el("section", { id: "map", class: "view dots", "aria-label": D.t("overview-view") }, stage);
  const pen = canvas.getContext("2d", { alpha: false });
  const kept = document.createElement("canvas");
  const keptPen = kept.getContext("2d", { alpha: false, willReadFrequently: true });

  const view = { x: sheetWidth / 2, y: sheetHeight / 2, unit: 0 };
  let keptView = null;
  let sharp = 1;
  let size = { width: 0, height: 0 };
  let frame = 0;
  let resting = 0;
  let fresh = true;
  let hovered = -1;
  let over = null;
  let found = null;
  let near = { nodes: new Set(), lines: new Set() };
  const visible = new Uint8Array(D.x.length).fill(1);

  /* -- painting --------------------------------------------------------------------------- */

  /** How the sheet lies on a canvas that shows what lies around a point. */
  function projection({ x, y, unit }, width, height) {
    return { unit, width, height, sharp, toX: (at) => (at - x) * unit + width / 2, toY: (at) => (at - y) * unit + height / 2 };
  }

  function keep() {
    const width = Math.round(size.width * (1 + 2 * AROUND));
    const height = Math.round(size.height * (1 + 2 * AROUND));
    if (kept.width !== width * sharp || kept.height !== height * sharp) {
      kept.width = width * sharp;
      kept.height = height * sharp;
    }
    keptPen.setTransform(sharp, 0, 0, sharp, 0, 0);
    D.paint(keptPen, projection(view, width, height), {
      visible, found, colouring: D.state.colour, fresh, areasOnly: (area) => !D.state.without.topics.has(area.topic),
    });
    keptView = { ...view, width, height };
    fresh = false;
  }

  function show() {
    frame = 0;
    if (!size.width || !size.height) return;
    if (!keptView) keep();
    const by = view.unit / keptView.unit;
    const width = keptView.width * by;
    const height = keptView.height * by;
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.fillStyle = colours.page;
    const left = Math.round(size.width / 2 - width / 2 + (keptView.x - view.x) * view.unit);
    const top = Math.round(size.height / 2 - height / 2 + (keptView.y - view.y) * view.unit);
    if (left > 0 || top > 0 || left + width < size.width || top + height < size.height) pen.fillRect(0, 0, size.width, size.height);
    pen.drawImage(kept, left, top, width, height);
    chosenOver();
  }

  function ring(node, place, colour, wide) {
    const r = Math.max(5, D.dotRadius(node, view.unit) + 3);
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.beginPath();
    pen.arc(place.toX(D.x[node]), place.toY(D.y[node]), r, 0, 2 * Math.PI);
    pen.stroke();
  }

  /** What is chosen and what it is joined to, over the kept picture. */
  function chosenOver() {
    const place = projection(view, size.width, size.height);
    const { selected } = D.state;
    const areaShown = (area) => !D.state.without.topics.has(area.topic);
    if (over !== null && !selected) D.paintAreaLines(pen, place, over, areaShown);
    if (selected) {
      pen.globalAlpha = 0.45;
      pen.fillStyle = colours.page;
      pen.fillRect(0, 0, size.width, size.height);
      pen.globalAlpha = 1;
      for (const line of near.lines) {
        const host = line.goal >= 0 ? line : D.lines[line.host];
        const end = host.goal;
        if (end < 0) continue;
        const style = D.style[line.kind].dash;
        pen.strokeStyle = colours.lines[line.kind];
        pen.lineWidth = 2.2;
        pen.setLineDash(style ? style.split(" ").map(Number) : []);
        for (const premise of line.premises) {
          pen.beginPath();
          pen.moveTo(place.toX(D.x[premise]), place.toY(D.y[premise]));
          pen.lineTo(place.toX(D.x[end]), place.toY(D.y[end]));
          pen.stroke();
        }
      }
      pen.setLineDash([]);
      for (const node of near.nodes) ring(node, place, colours.ink, 1.6);
      if (selected.type !== "link") {
        ring(selected.at, place, colours.surface, 7);
        ring(selected.at, place, colours.accent, 4);
      }
    }
    if (hovered >= 0) ring(hovered, place, colours.ink, 2);
  }

  let colours = D.repaintColours();
  const draw = () => { frame ||= requestAnimationFrame(show); };

  /** Shows the sheet as it lies now, and sharply when it has come to rest. */
  function moved() {
    draw();
    clearTimeout(resting);
    resting = setTimeout(repaint, REST);
  }

  function repaint() {
    clearTimeout(resting);
    keptView = null;
    draw();
  }

  /* -- the view --------------------------------------------------------------------------- */

  const fitUnit = () => Math.min((size.width - 24) / sheetWidth, (size.height - 24) / sheetHeight);
  const bound = (unit) => Math.min(MOST_UNIT, Math.max(fitUnit() * 0.7, unit));

  function place(x, y, unit) {
    view.unit = bound(unit);
    const halfWidth = size.width / 2 / view.unit;
    const halfHeight = size.height / 2 / view.unit;
    const within = (at, half, length) => (length <= 2 * half ? length / 2 : Math.min(length - half + 4, Math.max(half - 4, at)));
    view.x = view.unit > fitUnit() * 1.01 ? Math.min(sheetWidth, Math.max(0, x)) : within(x, halfWidth, sheetWidth);
    view.y = view.unit > fitUnit() * 1.01 ? Math.min(sheetHeight, Math.max(0, y)) : within(y, halfHeight, sheetHeight);
    moved();
  }

  function zoomAt(factor, px, py) {
    const x = view.x + (px - size.width / 2) / view.unit;
    const y = view.y + (py - size.height / 2) / view.unit;
    const unit = bound(view.unit * factor);
    place(x - (px - size.width / 2) / unit, y - (py - size.height / 2) / unit, unit);
  }

  D.viewport = {
    zoom: (factor) => zoomAt(factor, size.width / 2, size.height / 2),
    fit: () => place(sheetWidth / 2, sheetHeight / 2, fitUnit()),
    pan: (dx, dy) => place(view.x + dx / view.unit, view.y + dy / view.unit, view.unit),
    get at() {
      return { ...view, scale: view.unit };
    },
    /** The part of the sheet that can be seen. */
    seen() {
      const [width, height] = [size.width / view.unit, size.height / view.unit];
      return { left: view.x - width / 2, top: view.y - height / 2, width, height };
    },
    /** Shows the middle of a rectangle at a scale. */
    open: ({ left, top, width, height }, { least = view.unit } = {}) => place(left + width / 2, top + height / 2, least),
    /** Where a node is on the page, for who wants to point at it. */
    pointOf(node) {
      const edge = canvas.getBoundingClientRect();
      const { toX, toY } = projection(view, size.width, size.height);
      return { x: edge.left + toX(D.x[node]), y: edge.top + toY(D.y[node]) };
    },
  };

  D.showBox = (topic) => {
    const area = D.areas.find((candidate) => candidate.topic === topic);
    if (!area) return;
    const unit = Math.min((size.width - 40) / area.width, (size.height - 40) / area.height);
    place(area.left + area.width / 2, area.top + area.height / 2, Math.min(unit, 60));
  };

  function reveal(node) {
    const { toX, toY } = projection(view, size.width, size.height);
    const x = toX(D.x[node]);
    const y = toY(D.y[node]);
    const out = x < 30 || y < 30 || x > size.width - 30 || y > size.height - 30;
    if (out || view.unit < OPEN_UNIT) place(D.x[node], D.y[node], Math.max(view.unit, OPEN_UNIT * 4));
  }

  function resize() {
    const { clientWidth: width, clientHeight: height } = stage;
    if (!width || !height || (width === size.width && height === size.height)) return;
    const first = view.unit === 0;
    const fitted = !first && Math.abs(view.unit - fitUnit()) < 1e-6;
    size = { width, height };
    sharp = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = width * sharp;
    canvas.height = height * sharp;
    keptView = null;
    if (first || fitted) D.viewport.fit();
    else place(view.x, view.y, view.unit);
    show();
  }

  /* -- pointing --------------------------------------------------------------------------- */

  const pointAt = (event) => {
    const edge = canvas.getBoundingClientRect();
    return { px: event.clientX - edge.left, py: event.clientY - edge.top };
  };

  /** The dot nearest to a point of the canvas, within reach, or -1: looked up in the grid of the sheet. */
  function nodeNear({ px, py }) {
    const x = view.x + (px - size.width / 2) / view.unit;
    const y = view.y + (py - size.height / 2) / view.unit;
    const reach = Math.max(0.5, REACH / view.unit);
    let best = -1;
    let least = reach;
    for (let row = Math.max(0, Math.floor(y - reach)); row <= Math.min(sheetHeight - 1, Math.floor(y + reach)); row += 1) {
      for (let column = Math.max(0, Math.floor(x - reach)); column <= Math.min(sheetWidth - 1, Math.floor(x + reach)); column += 1) {
        const node = D.nodeAt[row * sheetWidth + column];
        if (node < 0 || !visible[node]) continue;
        const distance = Math.hypot(D.x[node] - x, D.y[node] - y);
        if (distance < least) {
          least = distance;
          best = node;
        }
      }
    }
    return best;
  }

  function areaNear({ px, py }) {
    const x = view.x + (px - size.width / 2) / view.unit;
    const y = view.y + (py - size.height / 2) / view.unit;
    const area = D.areas.find((one) => x >= one.left && x < one.left + one.width && y >= one.top && y < one.top + one.height);
    return area ? area.place : null;
  }

  function point(event) {
    const at = pointAt(event);
    const node = nodeNear(at);
    const area = areaNear(at);
    if (node === hovered && area === over) return;
    hovered = node;
    over = area;
    canvas.classList.toggle("onto", node >= 0);
    hint.hidden = area === null;
    if (node >= 0) {
      hint.replaceChildren(D.isQuestion(node) ? D.el("b", {}, D.t("question")) : D.el("b", {}, D.said(D.speakerLine(D.claim(node)))), " ", D.said(D.short(D.wordsOf(node), 140)));
    } else if (area !== null) {
      hint.replaceChildren(D.el("b", {}, D.said(D.topicLabel(D.areas[area].topic))), " ", D.t("all-shown", { n: D.areas[area].nodes.length }));
    }
    hint.classList.toggle("right", at.px > size.width / 2);
    hint.style.setProperty("--x", `${Math.round(at.px)}px`);
    hint.style.setProperty("--y", `${Math.round(at.py)}px`);
    draw();
  }

  const pointers = new Map();
  let dragged = false;
  let pinch = 0;
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return Math.hypot(a.px - b.px, a.py - b.py);
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, pointAt(event));
    if (pointers.size === 1) dragged = false;
    if (pointers.size === 2) pinch = spread();
  });
  canvas.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return point(event);
    const now = pointAt(event);
    if (!dragged && pointers.size === 1 && Math.hypot(now.px - last.px, now.py - last.py) < 5) return;
    dragged = true;
    hint.hidden = true;
    pointers.set(event.pointerId, now);
    if (pointers.size === 2) {
      const [a, b] = [...pointers.values()];
      const wide = spread();
      if (pinch) zoomAt(wide / pinch, (a.px + b.px) / 2, (a.py + b.py) / 2);
      pinch = wide;
    } else {
      D.viewport.pan(last.px - now.px, last.py - now.py);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      if (!pointers.delete(event.pointerId) || dragged || end === "pointercancel") return;
      const at = pointAt(event);
      const node = nodeNear(at);
      const area = areaNear(at);
      if (node >= 0) D.selectNode(node);
      else if (D.state.selected) D.select(null);
      else if (area !== null) D.showBox(D.areas[area].topic);
    });
  }
  canvas.addEventListener("pointerleave", () => {
    hovered = -1;
    over = null;
    hint.hidden = true;
    draw();
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { px, py } = pointAt(event);
    zoomAt(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), px, py);
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || !event.shiftKey) return;
    D.viewport.pan(way[0] * 90, way[1] * 90);
    event.preventDefault();
    event.stopPropagation();
  });

  /* -- the legend ------------------------------------------------------------------------- */

  D.legend = () => {
    const choices = COLOURINGS.map((value) => {
      const box = D.el("input", { type: "radio", name: "colouring", value, on: { change: () => D.go({ colour: value }, { step: false }) } });
      D.onChange((state) => { box.checked = state.colour === value; });
      return D.el("label", {}, box, D.t(`colour-${value}`));
    });
    const states = ["in", "out", "undecided"].map((state) =>
      D.el("li", {}, D.el("span", { class: `mark ${state}`, "aria-hidden": "true" }), D.t(`status-${state}`)));
    const key = D.el("ul", { class: "states" }, states);
    D.onChange((state) => { key.hidden = state.colour !== "status"; });
    const { drawn, all } = D.areaLineCount();
    return D.el(
      "div", { class: "legend" },
      D.el("p", {}, D.t("overview-about", { n: page.claims.length })),
      D.el("fieldset", {}, D.el("legend", {}, D.t("colour")), choices),
      key,
      all > drawn ? D.el("p", { class: "about" }, D.t("overview-lines", { n: drawn, all })) : null,
    );
  };

  /* -- the view as others see it ---------------------------------------------------------- */

  let shownFor = null;
  function filter(state) {
    const now = JSON.stringify([[...state.without.speakers].sort(), [...state.without.topics].sort(), [...state.without.kinds].sort(), state.colour]);
    if (now === shownFor) return false;
    shownFor = now;
    for (let node = 0; node < visible.length; node += 1) visible[node] = Number(D.showsNode(node));
    return true;
  }

  let theme = null;
  D.addView({
    id: "map",
    label: D.t("view-overview"),
    element,
    mark(nodes) {
      found = nodes;
      repaint();
    },
    update(state, before) {
      const nowTheme = document.documentElement.dataset.theme;
      if (nowTheme !== theme) {
        theme = nowTheme;
        colours = D.repaintColours();
        fresh = true;
        keptView = null;
      }
      if (filter(state)) keptView = null;
      near = D.showNear(state) || near;
      resize();
      if (state.selected && (!before || before.selected !== state.selected)) reveal(state.selected.type === "link" ? D.lines[state.selected.at].premises[0] : state.selected.at);
      draw();
    },
  });

  element.append(D.nearPanel());
  new ResizeObserver(resize).observe(stage);
})(dissensus);
