/* viewport.js: the vis network, which holds the view: dragging, wheel, pinch, flights. */
(function (D) {
  const LEAST = 0.04;
  const MOST = 2.5;
  const MARGIN = 28;
  const READABLE = 0.86;
  const listeners = [];
  let network = null;
  let stage = null;
  let last = { x: 0, y: 0, scale: 1 };

  const size = () => ({ width: stage.clientWidth, height: stage.clientHeight });

  /** What of the stage the details cover, in pixels: its right, or its lower part if it is narrow. */
  function insets() {
    const details = document.getElementById("details");
    if (details.hidden) return { right: 0, bottom: 0 };
    return D.narrow() ? { right: 0, bottom: details.offsetHeight } : { right: details.offsetWidth, bottom: 0 };
  }

  function clamp(scale) {
    return Math.min(MOST, Math.max(LEAST, scale));
  }

  /** A middle of the view from which a stretch is seen, and as much as can be of what it lies in;
      `first` is where that should be seen from, if it is too long. */
  function placed(middle, half, length, start, whole, first) {
    if (whole <= 2 * half) return start + whole / 2;
    const slack = Math.max(0, half - length / 2);
    const wish = Math.min(start + whole - half, Math.max(start + half, first ? start + half : middle));
    return Math.min(middle + slack, Math.max(middle - slack, wish));
  }

  function go(x, y, scale, { animate = true } = {}) {
    const margin = insets();
    const position = { x: x + margin.right / (2 * scale), y: y + margin.bottom / (2 * scale) };
    const quick = !animate || D.calm();
    network.moveTo({ position, scale, animation: quick ? false : { duration: 200, easingFunction: "easeInOutQuad" } });
  }

  D.viewport = {
    start(element, above) {
      stage = element;
      const holder = element.querySelector(".network");
      const { nodes, edges, options } = D.network;
      network = new vis.Network(holder, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) }, options);
      network.on("afterDrawing", () => {
        const position = network.getViewPosition();
        last = { x: position.x, y: position.y, scale: network.getScale() };
        for (const listener of listeners) listener(last);
      });
      /* vis then changes the scale with the size of the stage; text should keep its size. */
      network.on("resize", () => {
        const { x, y, scale } = last;
        queueMicrotask(() => network.moveTo({ position: { x, y }, scale }));
      });
      network.on("zoom", () => {
        const scale = network.getScale();
        if (scale !== clamp(scale)) network.moveTo({ scale: clamp(scale) });
      });
      this.forward(above);
    },

    /** The part of the stage that nothing covers, in units of the sheet at this scale. */
    room(scale) {
      const { width, height } = size();
      const margin = insets();
      return { width: (width - margin.right - 2 * MARGIN) / scale, height: (height - margin.bottom - 2 * MARGIN) / scale };
    },

    /** Cards lie over the canvas; what begins on them to move the map is passed on to it. */
    forward(above) {
      const canvas = stage.querySelector("canvas");
      const again = (event) => {
        canvas.dispatchEvent(new event.constructor(event.type, event));
      };
      above.addEventListener("wheel", (event) => {
        event.preventDefault();
        again(event);
      }, { passive: false });
      above.addEventListener("pointerdown", again);
      /* From the moment it is dragged the canvas has the pointer: no card lights up, no click follows. */
      const from = new Map();
      stage.addEventListener("pointerdown", (event) => from.set(event.pointerId, event));
      window.addEventListener("pointermove", (event) => {
        const start = from.get(event.pointerId);
        if (!start || Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < 6) return;
        from.delete(event.pointerId);
        canvas.setPointerCapture(event.pointerId);
      });
      for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, (event) => from.delete(event.pointerId));
    },

    onMove(listener) {
      listeners.push(listener);
    },

    get at() {
      return last;
    },

    /** The part of the sheet that can be seen. */
    seen() {
      const { width, height } = size();
      const margin = insets();
      return {
        left: last.x - width / 2 / last.scale,
        top: last.y - height / 2 / last.scale,
        width: (width - margin.right) / last.scale,
        height: (height - margin.bottom) / last.scale,
      };
    },

    centre(x, y, options) {
      go(x, y, last.scale, options);
    },

    zoom(factor) {
      const seen = this.seen();
      go(seen.left + seen.width / 2, seen.top + seen.height / 2, clamp(last.scale * factor));
    },

    /** Moves as little as is needed to see a rectangle, at a scale that can be read. */
    reveal(box, { least = READABLE, animate = true } = {}) {
      const scale = last.scale < least ? 1 : last.scale;
      const seen = this.seen();
      const width = (seen.width * last.scale) / scale;
      const height = (seen.height * last.scale) / scale;
      const near = (middle, half, length, at) => {
        const slack = Math.max(0, half - MARGIN / scale - length / 2);
        return Math.min(middle + slack, Math.max(middle - slack, at));
      };
      const x = near(box.left + box.width / 2, width / 2, box.width, seen.left + seen.width / 2);
      const y = near(box.top + box.height / 2, height / 2, box.height, seen.top + seen.height / 2);
      go(x, y, scale, { animate });
    },

    /** Shows a rectangle whole if it can be read so, else its upper middle at the least scale.
        What room is left goes to the beginning of what it lies `inside`, or is shared evenly. */
    open(box, { least = READABLE, most = 1, inside = null, centred = false, animate = false } = {}) {
      const room = this.room(1);
      const scale = Math.min(most, Math.max(least, Math.min(room.width / box.width, room.height / box.height)));
      const half = { width: room.width / 2 / scale, height: room.height / 2 / scale };
      const tall = Math.min(box.height, 2 * half.height);
      let x = box.left + box.width / 2;
      let y = box.top + tall / 2;
      if (inside) {
        x = placed(x, half.width, box.width, inside.left, inside.width, !centred);
        y = placed(y, half.height, tall, inside.top, inside.height, !centred);
      }
      go(x, y, scale, { animate });
    },

    fit({ animate = true } = {}) {
      const [width, height] = D.page.sheet;
      this.open({ left: 0, top: 0, width, height }, { least: LEAST, animate });
    },
  };
})(dissensus);
