/* status.js: where claims stand, for everybody or for the audience that is chosen. */
(function (D) {
  const { page } = D;
  const { audiences } = page;
  const GLYPHS = { in: "✓", out: "✗", undecided: "?" };
  const changed = audiences.map((audience) => new Map(audience.changed));
  const index = new Map(audiences.map((audience, at) => [audience.id, at]));

  D.addSetting({ name: "audience", none: -1, read: ([id]) => index.get(id), write: (at) => [audiences[at].id] });

  /** { status, degree, why? } of a claim, for the chosen audience. */
  D.judgement = (node) => {
    const { audience } = D.state;
    return (audience >= 0 && changed[audience].get(node)) || D.claim(node);
  };

  function fill(mark, node) {
    const { status } = D.judgement(node);
    mark.className = `status ${status}`;
    mark.title = D.t(`status-${status}`);
    mark.replaceChildren(
      D.el("span", { "aria-hidden": "true" }, GLYPHS[status]),
      D.el("span", { class: "unseen" }, ` ${D.t(`status-${status}`)}`),
    );
    return mark;
  }

  /** Whether a claim stands: a glyph for the eye, words for the ear. It follows the audience. */
  D.statusMark = (node) => fill(D.el("span", { "data-status": node }), node);

  /** How strong a claim is after all replies. */
  D.degree = (node) => {
    const { degree } = D.judgement(node);
    return D.el(
      "span", { class: "degree", vars: { degree } },
      D.el("span", { class: "meter", "aria-hidden": "true" }), D.t("degree", { n: degree.toFixed(2) }),
    );
  };

  D.audienceWords = (audience) => audience.order.join(" > ");

  function choice(at) {
    const radio = D.el("input", { type: "radio", name: "audience", on: { change: () => D.go({ audience: at }, { step: false }) } });
    const audience = audiences[at];
    const label = audience
      ? [D.said(audience.label), D.el("small", {}, D.said(D.audienceWords(audience)))]
      : [D.t("audience-none"), D.el("small", {}, D.t("audience-none-words"))];
    D.onChange((state) => { radio.checked = state.audience === at; });
    return D.el("li", {}, D.el("label", {}, radio, D.el("span", { class: "name" }, label)));
  }

  /** The switch in the guide, or nothing where no audience is declared. */
  D.audienceSwitch = () =>
    audiences.length
      ? D.el(
        "details", { open: true, class: "audiences" },
        D.el("summary", {}, D.t("audience")),
        D.el("div", { role: "radiogroup", "aria-label": D.t("audience") }, D.el("ul", {}, [-1, ...audiences.keys()].map(choice))),
      )
      : null;

  /* The chosen audience stands in the bar, so that nobody takes its verdicts for everybody's. */
  const chip = D.el("button", { type: "button", class: "audience", hidden: true, on: { click: () => D.go({ audience: -1 }, { step: false }) } });
  document.getElementById("tools").append(chip);

  D.onChange((state, before) => {
    const audience = audiences[state.audience];
    chip.hidden = !audience;
    if (audience) {
      chip.replaceChildren(D.el("span", { class: "unseen" }, D.t("audience-leave")), D.t("audience-short"), " ", D.said(audience.label), D.el("span", { "aria-hidden": "true" }, " ×"));
    }
    if (!before || before.audience === state.audience) return;
    document.querySelectorAll("[data-status]").forEach((mark) => fill(mark, Number(mark.dataset.status)));
    document.querySelectorAll("[data-degree]").forEach((holder) => holder.replaceChildren(D.degree(Number(holder.dataset.degree))));
    D.announce(audience ? D.t("audience-chosen", { name: audience.label }) : D.t("audience-none"));
  });
})(dissensus);
