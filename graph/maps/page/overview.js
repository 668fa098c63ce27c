/* overview.js: a small picture of the whole sheet with the part that is seen, and the zoom buttons. */
(function (D) {
  const WIDTH = 190;
  const MOST_HEIGHT = 130;

  D.addMapTools = (stage) => {
    let scale = 1;
    let width = 1;
    let height = 1;
    const sharp = Math.min(2, window.devicePixelRatio || 1);
    const canvas = D.el("canvas", { "aria-hidden": "true" });
    const seen = D.el("div", { class: "seen" });
    const overview = D.el("div", { id: "overview", title: D.t("overview") }, canvas, seen);

    function measure() {
      const [sheetWidth, sheetHeight] = D.page.sheet;
      scale = Math.min(WIDTH / sheetWidth, MOST_HEIGHT / sheetHeight);
      width = Math.max(1, Math.round(sheetWidth * scale));
      height = Math.max(1, Math.round(sheetHeight * scale));
      canvas.width = width * sharp;
      canvas.height = height * sharp;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }

    function paint() {
      measure();
      const pen = canvas.getContext("2d");
      const colours = getComputedStyle(document.documentElement);
      const colour = (name) => colours.getPropertyValue(name).trim();
      pen.setTransform(sharp * scale, 0, 0, sharp * scale, 0, 0);
      pen.fillStyle = colour("--box");
      for (const box of D.boxes) pen.fillRect(box.left, box.top, box.width, box.height);
      D.cards.forEach((card, node) => {
        if (!D.showsNode(node) || !D.isOpen(D.home[node])) return;
        const speakers = D.isQuestion(node) ? [] : D.all(D.claim(node), "speakers");
        pen.fillStyle = speakers.length ? colour(`--speaker-${D.page.speakers[speakers[0]].colour}`) : colour("--soft");
        pen.fillRect(card.left, card.top, card.width, card.height);
      });
    }

    function follow() {
      const part = D.viewport.seen();
      const left = Math.max(0, part.left * scale);
      const top = Math.max(0, part.top * scale);
      const right = Math.min(width, (part.left + part.width) * scale);
      const bottom = Math.min(height, (part.top + part.height) * scale);
      seen.style.transform = `translate(${left}px, ${top}px)`;
      seen.style.width = `${Math.max(4, right - left)}px`;
      seen.style.height = `${Math.max(4, bottom - top)}px`;
    }

    function goTo(event) {
      if (event.buttons !== 1) return;
      const edge = canvas.getBoundingClientRect();
      D.viewport.centre((event.clientX - edge.left) / scale, (event.clientY - edge.top) / scale, { animate: false });
    }
    overview.addEventListener("pointerdown", (event) => {
      overview.setPointerCapture(event.pointerId);
      goTo(event);
    });
    overview.addEventListener("pointermove", goTo);

    const buttons = D.el(
      "div",
      { id: "zoom", role: "group", "aria-label": D.t("zoom") },
      D.button(D.t("zoom-in"), { on: { click: () => D.viewport.zoom(1.3) } }, "+"),
      D.button(D.t("zoom-out"), { on: { click: () => D.viewport.zoom(1 / 1.3) } }, "−"),
      D.button(D.t("zoom-fit"), { class: "fit", on: { click: () => D.viewport.fit() } }, D.t("fit")),
    );
    stage.append(D.el("div", { id: "maptools" }, buttons, overview));
    D.viewport.onMove(follow);
    D.onChange(() => {
      paint();
      follow();
    });
    paint();
    follow();
  };
})(dissensus);
