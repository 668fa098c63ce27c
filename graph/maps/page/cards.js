/* cards.js: a claim or a question as a card. */
(function (D) {
  const { page } = D;
  const matches = new Set(D.all(page.scope, "matches"));

  function swatch(speakers) {
    if (!speakers.length) return "var(--soft)";
    if (speakers.length === 1) return D.speakerColour(speakers[0]);
    const part = 100 / speakers.length;
    const stripes = speakers.map((s, n) => `${D.speakerColour(s)} ${n * part}% ${(n + 1) * part}%`);
    return `linear-gradient(${stripes.join(",")})`;
  }

  /** What a card says about the lines that end on it: [kind, how many]. */
  D.tally = (node) => {
    const counts = new Map();
    const add = (kind) => counts.set(kind, (counts.get(kind) || 0) + 1);
    for (const line of D.into[node]) if (line.kind !== "answer") add(line.kind);
    for (const line of D.from[node]) if (D.SYMMETRIC.has(line.kind)) add(line.kind);
    return page.styles.filter((style) => counts.has(style.kind)).map((style) => [style.kind, counts.get(style.kind)]);
  };

  function foot(node, claim) {
    const marks = [];
    if (claim.kind !== "claim") marks.push(D.el("span", { class: "kind" }, D.t(`${claim.kind}-kind`)));
    const tally = D.tally(node).map(([kind, n]) =>
      D.el(
        "span",
        { class: `tally ${kind}` },
        D.el("span", { "aria-hidden": "true" }, `${D.style[kind].glyph}${n}`),
        D.el("span", { class: "unseen" }, D.t(`tally-${kind}`, { n })),
      ));
    if (tally.length) marks.push(D.el("span", { class: "tallies" }, tally));
    return marks.length ? D.el("span", { class: "foot" }, marks) : null;
  }

  /** A card at a place; `lines` is how much of its text is shown, `above` what stands over its head. */
  D.card = (node, place, lines, on, above = null) => {
    const vars = { x: `${place.left}px`, y: `${place.top}px`, w: `${place.width}px`, h: `${place.height}px`, lines };
    if (D.isQuestion(node)) {
      const question = D.question(node);
      const n = D.all(question, "rivals").length;
      return D.el(
        "button",
        { type: "button", class: "card question", "data-node": node, vars, on },
        above,
        D.el("span", { class: "head" }, D.t("question"), " · ", D.count("answers", n)),
        D.el("span", { class: "text" }, D.said(question.label)),
      );
    }
    const claim = D.claim(node);
    vars["swatch-paint"] = swatch(D.all(claim, "speakers"));
    return D.el(
      "button",
      { type: "button", class: `card ${claim.kind}${matches.has(node) ? " match" : ""}`, "data-node": node, vars, on },
      above,
      D.el("span", { class: "head" }, D.said(D.speakerLine(claim)), matches.has(node) ? D.el("span", { class: "unseen" }, ` ${D.t("match")}`) : null, D.statusMark(node)),
      D.el("span", { class: "text", lang: claim.language }, D.said(claim.text)),
      foot(node, claim),
    );
  };
})(dissensus);
