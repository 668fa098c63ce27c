/* heads.js: the arrow heads, shared by the lines of the map and the samples of the legend. */
(function (D) {
  const markers = D.page.styles.filter((style) => style.head in D.page.heads).map((style) => {
    const { tag, shape, tip } = D.page.heads[style.head];
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
