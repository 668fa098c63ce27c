/* verdicts.js: what the details say of a claim's standing: whether, why, for whom, what would change it. */
(function (D) {
  const { page } = D;

  const labels = (status, declared) => page.audiences.filter((_audience, at) => declared[at] === status).map((audience) => audience.label);

  /** Whether the claim stands and, folded, why. */
  function standing(node) {
    const { status, why } = D.judgement(node);
    const audience = page.audiences[D.state.audience];
    const verdict = D.el(
      "p", { class: `standing ${status}` },
      D.statusMark(node), " ", D.t(`status-${status}`), " ",
      audience ? D.el("span", {}, D.t("status-for"), " ", D.said(audience.label), " ") : null,
      D.el("span", { class: "about" }, D.t("status-under")),
    );
    if (!why) return verdict;
    const lines = why.map(([depth, sentence]) => D.el("li", { vars: { depth } }, D.said(sentence)));
    return D.el("div", {}, verdict, D.el("details", { class: "why" }, D.el("summary", {}, D.t("status-why")), D.el("ul", {}, lines)));
  }

  /** For which audiences the claim stands, where that hangs on what is preferred. */
  function forWhom(node) {
    const { acceptance } = D.claim(node);
    if (!acceptance) return null;
    const row = (status) => {
      const names = labels(status, D.all(acceptance, "declared"));
      return names.length ? D.el("p", {}, D.t(`audience-${status}`), " ", names.flatMap((name, n) => (n ? [", ", D.said(name)] : [D.said(name)]))) : null;
    };
    return D.el(
      "div", { class: "for-whom" },
      ["in", "out", "undecided"].map(row),
      acceptance.sentence
        ? D.el("p", { class: "pivot" }, D.t("pivot"), " ", D.said(acceptance.sentence), ".")
        : D.el("p", { class: "pivot" }, D.t("pivot-left", { name: D.claim(node).id })),
    );
  }

  /** The single changes of mind that would change where the claim stands. */
  function flips(node) {
    const claim = D.claim(node);
    if (!claim.flips) return null;
    const items = claim.flips.map(([move, at, after]) =>
      D.el(
        "li", {},
        D.el("p", { class: "move" }, D.t(`flip-${move.replace(" ", "-")}`), " → ", D.t(`flip-to-${after}`)),
        move === "drop" ? D.details.step(D.lines[at]) : D.details.walk(at),
      ));
    return D.el(
      "section", { class: "flips" },
      D.el("h3", {}, D.t("flips"), D.el("span", { class: "n" }, ` ${items.length}`)),
      D.state.audience >= 0 ? D.el("p", { class: "about" }, D.t("flips-nobody")) : null,
      D.el("ul", { class: "relations" }, items),
      claim.moreFlips ? D.el("p", { class: "about" }, D.t("flips-more", { n: claim.moreFlips, name: claim.id })) : null,
    );
  }

  /** What the claim lacks, with the attacks that nobody answered. */
  function gaps(node) {
    const found = D.all(D.claim(node), "gaps");
    if (!found.length) return null;
    return D.el(
      "section", { class: "gaps" },
      D.el("h3", {}, D.t("gaps")),
      D.el("ul", { class: "relations" }, found.map((gap) => D.el(
        "li", {},
        D.el("p", { class: `gap ${gap.kind}` }, D.t(gap.line === undefined ? `gap-${gap.kind}-long` : "gap-step-long")),
        D.all(gap, "claims").map(D.details.walk),
      ))),
    );
  }

  /** The points of disagreement on which the claim lies. */
  function disputes(node) {
    const points = page.points.filter((point) => point.sides.some((side) => D.all(side, "claims").includes(node)));
    if (!points.length) return null;
    return D.el(
      "section", { class: "disputes" },
      D.el("h3", {}, D.t("disputes"), D.el("span", { class: "n" }, ` ${points.length}`)),
      D.el("ul", { class: "relations" }, points.map((point) => D.el("li", {}, D.pointLink(point)))),
    );
  }

  /** The other views in which what is chosen can be looked at. */
  function elsewhere() {
    const views = D.views.filter((view) => ["map", "outline"].includes(view.id) && view.id !== D.state.view);
    return D.el(
      "p", { class: "elsewhere" },
      views.map((view) => D.el("button", { type: "button", on: { click: () => D.go({ view: view.id }) } }, D.t(`show-in-${view.id}`))),
    );
  }

  /** A point of disagreement as a link to walk to. */
  D.pointLink = (point) =>
    D.el(
      "button", { type: "button", class: "walk", "data-point": point.id, "data-stop": true, on: { click: () => D.go({ view: "disagreements", point: point.id }) } },
      D.el("span", { class: "who" }, D.t("point-n", { n: point.rank }), " · ", D.t(`point-${point.kinds[0].replace(" ", "-")}`)),
      D.el("span", { class: "what" }, D.said(D.pointSubject(point))),
    );

  const brief = (node) => D.short(D.claim(node).text, 90).replace(/[.!]$/, "");

  /** What a point is about: its question, the step that is undercut, or the claim that is attacked. */
  D.pointSubject = (point) => {
    if (point.question !== undefined) return page.questions[point.question].label;
    const undercut = D.all(point, "lines").map((number) => D.lines[number]).find((line) => line.host >= 0);
    const step = undercut && D.lines[undercut.host];
    if (step && step.goal >= 0) return D.t("point-step", { from: step.premises.map(brief).join(` ${D.t("and")} `), to: brief(step.goal) });
    const side = point.sides.find((candidate) => D.all(candidate, "claims").length);
    return D.claim(side.claims[0]).text;
  };

  D.verdicts = { standing, forWhom, flips, gaps, disputes, elsewhere };
})(dissensus);
