/* painting.js: paints the sheet of dots on a canvas: areas, the lines that join them, dots, names. */
(function (D) {
  const { page } = D;
  const AREA_LINES = 48;
  const LINES_FROM = 9;
  const MOST_INNER = 3000;
  const WORDS_FROM = 78;
  const ROUND_FROM = 5;
  const MOST_NAME = 170;
  const DIM = 0.16;
  const TINY = 44;
  const MOST_TINY = 30;
  const TINY_APART = 34;
  const SIZES = [2, 8, 32];

  const claims = page.claims.length;
  const count = D.x.length;

  /* How many lines join each two areas, by kind; both directions are one. */
  const sums = new Map();
  const kinds = page.styles.map((style) => style.kind);
  for (let line = 0; line < D.lineCount; line += 1) {
    const { kind, premises, goal } = D.lineEnds(line);
    if (goal < 0) continue;
    for (const premise of premises) {
      const a = D.area[premise];
      const b = D.area[goal];
      if (a === b) continue;
      const key = (Math.min(a, b) * D.areas.length + Math.max(a, b)) * kinds.length + kinds.indexOf(kind);
      sums.set(key, (sums.get(key) || 0) + 1);
    }
  }
  const bundles = [...sums].map(([key, n]) => {
    const pair = Math.floor(key / kinds.length);
    return { a: Math.floor(pair / D.areas.length), b: pair % D.areas.length, kind: kinds[key % kinds.length], n };
  }).sort((one, other) => other.n - one.n || one.a - other.a || one.b - other.b || kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
  sums.clear();

  /* How big a dot is: by how much replies to it. */
  const weight = new Uint8Array(count);
  for (let node = 0; node < count; node += 1) {
    const n = D.repliesCount(node);
    weight[node] = SIZES.filter((least) => n >= least).length;
  }
  const order = [...D.areas].sort((a, b) => b.nodes.length - a.nodes.length || a.place - b.place);

  let palette = null;
  D.repaintColours = () => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    palette = {
      letters: colour("letters"), page: colour("page"), box: colour("box"), edge: colour("box-edge"), ink: colour("ink"), soft: colour("soft"),
      surface: colour("surface"), accent: colour("accent"), found: colour("accent"),
      speakers: Array.from({ length: 8 }, (_none, rank) => colour(`speaker-${rank}`)),
      lines: Object.fromEntries(kinds.map((kind) => [kind, colour(kind)])),
      status: { in: colour("support"), out: colour("rebuttal"), undecided: colour("undercut") },
    };
    return palette;
  };

  /** The paint of each dot, as a number, and the colours of the paints; the last is for questions. */
  function paints(colouring) {
    if (colouring === "status") {
      const states = ["in", "out", "undecided"];
      return { colours: [...states.map((state) => palette.status[state]), palette.soft, palette.ink], of: (node) => (node >= claims ? 4 : states.indexOf(D.statusOf(node))) };
    }
    return {
      colours: [...palette.speakers, palette.soft, palette.ink],
      of: (node) => {
        if (node >= claims) return 9;
        const [first] = D.speakersOf(node);
        return first === undefined ? 8 : page.speakers[first].colour;
      },
    };
  }

  const painted = { colouring: null, of: new Uint8Array(count), colours: [] };
  function prepare(colouring, fresh) {
    if (!fresh && painted.colouring === colouring) return;
    const { colours, of } = paints(colouring);
    painted.colouring = colouring;
    painted.colours = colours;
    for (let node = 0; node < count; node += 1) painted.of[node] = of(node);
  }

  function dash(pen, kind, unit) {
    const given = D.style[kind].dash;
    pen.setLineDash(given ? given.split(" ").map((length) => Number(length) * unit) : []);
  }

  /** Paints what lies in a part of the sheet; `toX`, `toY` lead from dots to pixels, `unit` is a dot's pitch. */
  D.paint = (pen, view, { visible, found, colouring, fresh, areasOnly }) => {
    prepare(colouring, fresh);
    const { unit, toX, toY, width, height } = view;
    pen.fillStyle = palette.page;
    pen.fillRect(0, 0, width, height);
    const seen = D.areas.filter((area) =>
      toX(area.left + area.width) > 0 && toX(area.left) < width && toY(area.top + area.height) > 0 && toY(area.top) < height && areasOnly(area));
    for (const area of seen) {
      const box = [toX(area.left), toY(area.top), area.width * unit, area.height * unit];
      pen.fillStyle = palette.box;
      pen.strokeStyle = palette.edge;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.roundRect(...box, Math.min(8, unit));
      pen.fill();
      if (unit > 3) pen.stroke();
    }
    areaLines(pen, view, null, areasOnly);
    if (unit >= LINES_FROM) innerLines(pen, view, seen, visible);
    for (const dim of found ? [true, false] : [false]) {
      pen.globalAlpha = dim ? DIM : 1;
      dots(pen, view, seen, (node) => visible[node] && (!found || found.has(node) !== dim));
    }
    pen.globalAlpha = 1;
    if (unit >= WORDS_FROM) words(pen, view, seen, visible);
    names(pen, view, seen);
  };

  const middle = (area) => [area.left + area.width / 2, area.top + area.height / 2];

  /** The strongest lines between areas; of one area all that it has, up to as many. */
  function areaLines(pen, { unit, toX, toY }, only, shows) {
    let left = AREA_LINES;
    for (const { a, b, kind, n } of bundles) {
      if (!left) break;
      if (only !== null && a !== only && b !== only) continue;
      if (D.state.without.kinds.has(kind) || !shows(D.areas[a]) || !shows(D.areas[b])) continue;
      left -= 1;
      const [ax, ay] = middle(D.areas[a]);
      const [bx, by] = middle(D.areas[b]);
      const lean = 0.12 + 0.05 * kinds.indexOf(kind);
      pen.globalAlpha = only === null ? (unit > 12 ? 0.16 : 0.3) : 0.9;
      pen.strokeStyle = palette.lines[kind];
      pen.lineWidth = Math.min(9, 1 + Math.log2(n) * 0.7);
      dash(pen, kind, 1);
      pen.beginPath();
      pen.moveTo(toX(ax), toY(ay));
      pen.quadraticCurveTo(toX((ax + bx) / 2 + (by - ay) * lean), toY((ay + by) / 2 - (bx - ax) * lean), toX(bx), toY(by));
      pen.stroke();
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
    return unit;
  }
  D.paintAreaLines = areaLines;
  D.areaLineCount = () => ({ drawn: Math.min(AREA_LINES, bundles.length), all: bundles.length });

  /** Lines within the areas that are seen, unless they are too many to tell apart. */
  function innerLines(pen, { unit, toX, toY }, seen, visible) {
    pen.globalAlpha = 0.5;
    pen.lineWidth = Math.max(0.8, Math.min(2, unit / 24));
    const lines = seen.reduce((sum, area) => area.nodes.reduce((within, node) => within + D.repliesCount(node), sum), 0);
    if (lines > MOST_INNER * (unit / LINES_FROM)) return;
    const byKind = new Map(kinds.map((kind) => [kind, new Path2D()]));
    for (const area of seen) {
      for (const node of area.nodes) {
        if (!visible[node]) continue;
        for (const line of D.linesInto(node)) {
          const { kind, premises } = D.lineEnds(line);
          if (D.state.without.kinds.has(kind)) continue;
          for (const premise of premises) {
            if (D.area[premise] !== area.place || !visible[premise]) continue;
            byKind.get(kind).moveTo(toX(D.x[premise]), toY(D.y[premise]));
            byKind.get(kind).lineTo(toX(D.x[node]), toY(D.y[node]));
          }
        }
      }
    }
    for (const [kind, path] of byKind) {
      pen.strokeStyle = palette.lines[kind];
      dash(pen, kind, unit > 20 ? 0.7 : 0.35);
      pen.stroke(path);
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }

  /** Small dots, written as pixels: many times faster than as so many rectangles. */
  function specks(pen, { unit, toX, toY, width, height, sharp }, byPaint) {
    const wide = Math.round(width * sharp);
    const high = Math.round(height * sharp);
    const image = pen.getImageData(0, 0, wide, high);
    const pixels = new Uint32Array(image.data.buffer);
    const over = channels(palette.box);
    byPaint.forEach((nodes, paint) => {
      const mixed = channels(painted.colours[paint]).map((part, n) => Math.round(part * pen.globalAlpha + over[n] * (1 - pen.globalAlpha)));
      const value = (255 << 24) | (mixed[2] << 16) | (mixed[1] << 8) | mixed[0];
      for (const node of nodes) {
        const side = Math.max(1, Math.round(2 * D.dotRadius(node, unit) * sharp));
        const left = Math.round(toX(D.x[node]) * sharp - side / 2);
        const top = Math.round(toY(D.y[node]) * sharp - side / 2);
        for (let y = Math.max(0, top); y < Math.min(high, top + side); y += 1) {
          pixels.fill(value, y * wide + Math.max(0, left), y * wide + Math.max(0, Math.min(wide, left + side)));
        }
      }
    });
    pen.putImageData(image, 0, 0);
  }

  /** Red, green and blue of a colour such as #1a56c4. */
  const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

  D.dotRadius = (node, unit) => unit * (node >= claims ? 0.42 : 0.2 + 0.06 * weight[node]);

  function dots(pen, { unit, toX, toY, width, height, sharp }, seen, wanted) {
    const byPaint = painted.colours.map(() => []);
    for (const area of seen) {
      for (const node of area.nodes) {
        if (!wanted(node)) continue;
        const x = toX(D.x[node]);
        const y = toY(D.y[node]);
        if (x > -unit && x < width + unit && y > -unit && y < height + unit) byPaint[painted.of[node]].push(node);
      }
    }
    if (unit < ROUND_FROM) return specks(pen, { unit, toX, toY, width, height, sharp }, byPaint);
    byPaint.forEach((nodes, paint) => {
      pen.fillStyle = painted.colours[paint];
      pen.strokeStyle = painted.colours[paint];
      /* Where colour says the status, the shape says it too: a full dot stands, a ring falls, a square is open. */
      const shape = painted.colouring === "status" ? ["dot", "ring", "square", "dot", "question"][paint] : paint === 9 ? "question" : "dot";
      pen.beginPath();
      pen.lineWidth = Math.max(1.2, unit * 0.09);
      for (const node of nodes) {
        const x = toX(D.x[node]);
        const y = toY(D.y[node]);
        const r = D.dotRadius(node, unit);
        if (shape === "square") pen.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
        else {
          pen.moveTo(x + r, y);
          pen.arc(x, y, r, 0, 2 * Math.PI);
        }
      }
      if (shape === "ring" || shape === "question") pen.stroke();
      else pen.fill();
      if (shape === "question" && unit > 14) {
        pen.font = `700 ${unit * 0.5}px ${palette.letters}`;
        pen.textAlign = "center";
        pen.textBaseline = "middle";
        for (const node of nodes) pen.fillText("?", toX(D.x[node]), toY(D.y[node]) + unit * 0.03);
      }
    });
  }

  /** A text cut to a width, on as many lines as given. */
  function lined(pen, text, width, most) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const longer = lines[lines.length - 1] ? `${lines[lines.length - 1]} ${word}` : word;
      if (pen.measureText(longer).width <= width || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
      else if (lines.length < most) lines.push(word);
      else {
        lines[most - 1] += "…";
        break;
      }
    }
    return lines;
  }

  /** From near, the first words of each claim stand below its dot. */
  function words(pen, { unit, toX, toY, width, height }, seen, visible) {
    pen.font = `11px ${palette.letters}`;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const area of seen) {
      for (const node of area.nodes) {
        const x = toX(D.x[node]);
        const y = toY(D.y[node]);
        if (!visible[node] || x < -unit || x > width + unit || y < -unit || y > height + unit) continue;
        lined(pen, D.short(D.wordsOf(node), 60), unit - 8, 2).forEach((line, down) => {
          const top = y + unit * 0.24 + down * 13;
          const half = pen.measureText(line).width / 2 + 2;
          pen.fillStyle = palette.box;
          pen.globalAlpha = 0.85;
          pen.fillRect(x - half, top - 1, 2 * half, 13);
          pen.globalAlpha = 1;
          pen.fillStyle = palette.ink;
          pen.fillText(line, x, top);
        });
      }
    }
  }

  /** Names of areas, the biggest first, where there is room. */
  function names(pen, { unit, toX, toY, width, height }, seen) {
    const taken = [];
    let tiny = 0;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    const inView = new Set(seen);
    for (const area of order) {
      if (!inView.has(area)) continue;
      const room = Math.min(area.width * unit - 4, unit > 14 ? 560 : 10_000);
      const size = Math.max(11, Math.min(16, unit * 1.6));
      pen.font = `650 ${size}px ${palette.letters}`;
      const label = D.topicLabel(area.topic);
      let text = label;
      /* A name may be wider than its area; of areas too small for any, a few are named all the same. */
      const small = room < TINY;
      if (small && tiny === MOST_TINY) continue;
      const wide = Math.max(room, Math.min(MOST_NAME, small ? MOST_NAME : room * 2.2));
      if (pen.measureText(text).width > wide) {
        text = D.short(label, Math.max(1, Math.floor((label.length * wide) / pen.measureText(label).width) - 1));
        if (text.length < 6 || pen.measureText(text).width > wide) continue;
      }
      const w = pen.measureText(text).width + 8;
      const left = Math.max(toX(area.left) + 2, Math.min(4, toX(area.left + area.width) - wide));
      const box = { x: left, y: toY(area.top) + 1, w, h: size + 5 };
      if (box.x > width || box.y > height || box.x + box.w < 0 || box.y + box.h < 0) continue;
      const apart = small ? TINY_APART : 0;
      if (taken.some((other) => box.x < other.x + other.w + apart && other.x < box.x + box.w + apart && box.y < other.y + other.h + apart && other.y < box.y + box.h + apart)) continue;
      tiny += Number(small);
      taken.push(box);
      pen.fillStyle = palette.box;
      pen.globalAlpha = 0.9;
      pen.beginPath();
      pen.roundRect(box.x, box.y, box.w, box.h, 4);
      pen.fill();
      pen.globalAlpha = 1;
      pen.fillStyle = palette.ink;
      pen.fillText(text, box.x + 4, box.y + box.h / 2 + 0.5);
    }
  }
})(dissensus);
