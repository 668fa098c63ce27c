/* heads.js: the arrow heads, shared by the lines of the map and the samples of the legend. */
(function (D) {
  /* In a box of 16 by 16, pointing right; the line ends at `tip`. */
  const HEADS = {
    arrow: { tag: "path", shape: { d: "M2 2.5L14 8L2 13.5Z" }, tip: 15.5 },
    disc: { tag: "circle", shape: { cx: 8, cy: 8, r: 5 }, tip: 15 },
    bar: { tag: "path", shape: { d: "M8 0.5H12V15.5H8Z" }, tip: 15.5 },
    diamond: { tag: "path", shape: { d: "M1 8L8 1.5L15 8L8 14.5Z" }, tip: 8 },
    open: { tag: "path", shape: { d: "M4 3L13 8L4 13", class: "hollow" }, tip: 15 },
  };

  const markers = D.page.styles.filter((style) => style.head in HEADS).map((style) => {
    const { tag, shape, tip } = HEADS[style.head];
    return D.svg(
      "marker",
      {
        id: `head-${style.kind}`, class: style.kind, viewBox: "0 0 16 16", refX: tip, refY: 8,
        markerWidth: 16, markerHeight: 16, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse",
      },
      D.svg(tag, shape),
    );
  });
  document.body.append(D.svg("svg", { class: "unseen", "aria-hidden": "true" }, D.svg("defs", {}, markers)));
})(dissensus);
