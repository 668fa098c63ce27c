/* disagreements.js: the points at which speakers part, side by side, the most central first. */
(function (D) {
  const AT_FIRST = 40;
  const GAPS = ["unreplied", "unanswered", "no-support", "single-source"];
  const { page } = D;
  const element = D.el("section", { id: "disagreements", class: "view lists", "aria-label": D.t("disagreements-label") });
  const known = new Set(page.points.map((point) => point.id));
  let signature = null;
  let showAll = false;
  let blocks = new Map();

  D.addSetting({ name: "point", none: null, view: "disagreements", read: ([id]) => (known.has(id) ? id : null), write: (id) => [id] });
  D.addSetting({ name: "gap", none: null, view: "disagreements", ...D.oneOf(GAPS) });

  const word = (kind) => kind.replace(" ", "-");
  const claimsOf = (side) => D.all(side, "claims").filter(D.showsNode);
  const speakersOf = (side) => D.all(side, "speakers");

  /** Who is on a side, as text. */
  const who = (side) => (speakersOf(side).length ? D.speakerNames(speakersOf(side)).join(", ") : D.t("no-speaker"));

  /* -- what is shown ---------------------------------------------------------------------- */

  function isShown(point) {
    const { speakers } = D.state.without;
    return point.sides.every((side) =>
      (side.claims ? claimsOf(side).length > 0 : speakersOf(side).some((speaker) => !speakers.has(speaker))));
  }

  function hasGap(point, gap) {
    if (!gap) return true;
    if (gap === "unreplied") return point.sides.some((side) => !side.replied);
    return point.sides.some((side) => claimsOf(side).some((node) => D.gapsOf(node).has(gap)));
  }

  /* -- one point -------------------------------------------------------------------------- */

  function sideOf(point, nodes) {
    const among = (side) => nodes.some((node) => D.all(side, "claims").includes(node));
    return point.sides.findIndex(among);
  }

  /** Which way a link goes between two sides that stand beside each other; nothing if it is within one. */
  function direction(point, line) {
    if (D.SYMMETRIC.has(line.kind)) return "↔";
    const from = sideOf(point, line.premises);
    const to = sideOf(point, line.goal >= 0 ? [line.goal] : D.lines[line.host].premises);
    if (from === to || from < 0 || to < 0 || point.sides.length > 2) return "";
    return from < to ? "→" : "←";
  }

  function between(point, line) {
    const arrow = direction(point, line);
    const within = !arrow && point.sides.length === 2;
    const verb = D.t(line.host >= 0 ? "kind-undercut-this" : `kind-${line.kind}`);
    const go = () => (line.link < 0 ? D.selectNode(line.premises[0]) : D.select({ type: "link", at: line.number }));
    return D.el(
      "li", {},
      D.el(
        "button",
        { type: "button", class: `between ${line.kind}`, "data-stop": true, "data-line": line.number, title: D.stepWords(line), on: { click: go } },
        arrow === "←" ? D.el("span", { class: "arrow", "aria-hidden": "true" }, "←") : null,
        D.details.glyph(line.kind), " ",
        D.el("span", {}, within ? D.t("disputed-step", { verb: D.t(`noun-${line.kind}`) }) : verb),
        arrow && arrow !== "←" ? D.el("span", { class: "arrow", "aria-hidden": "true" }, arrow) : null,
        D.el("span", { class: "unseen" }, ` ${D.stepWords(line)}`),
      ),
    );
  }

  function sideBlock(side) {
    const claims = claimsOf(side);
    const behind = side.cases - D.all(side, "claims").length;
    return D.el(
      "div", { class: "side" },
      D.el(
        "p", { class: "sayers" },
        D.details.swatches(speakersOf(side)), D.said(who(side)),
        side.claims ? null : ` ${D.t("side-rejects")}`,
      ),
      claims.length ? D.mentions(claims, { marks: true, heard: speakersOf(side) }) : null,
      D.el(
        "p", { class: "about" },
        behind > 0 ? `${D.count("backed", behind)} · ` : null,
        side.replied ? D.t("side-replied") : D.el("strong", { class: "lack" }, D.t("side-unreplied")),
      ),
    );
  }

  function turning(point) {
    const found = D.all(point, "turning").filter(({ claim }) => D.showsNode(claim));
    if (!found.length) return null;
    return D.el(
      "div", { class: "turning" },
      D.el("h4", {}, D.t("both-turn")),
      D.el("ul", { class: "mentions" }, found.map(({ claim, moves }) => D.el(
        "li", {},
        D.mention(claim, {
          extra: D.el("span", {}, moves.flatMap((move, n) => [
            n ? "; " : null, D.said(who(point.sides[n])), ": ", D.t(`turn-${move.replace(" ", "-")}`),
          ])),
        }),
      ))),
    );
  }

  /** The parts of the score, in words. */
  function stakesWords(point) {
    return `${D.count("bear", point.bears)} ${D.count("hang", point.hangs)}`;
  }

  function balanceWords(point) {
    const [, balance] = point.parts;
    const degree = balance >= 0.9 ? "even" : balance >= 0.6 ? "uneven" : "lopsided";
    return D.t(`balance-${degree}`, { cases: point.sides.map((side) => side.cases).join(" : ") });
  }

  function answeredWords(point) {
    const silent = point.sides.filter((side) => !side.replied);
    if (!silent.length) return D.t("answered-all");
    if (silent.length === point.sides.length) return D.t("answered-none");
    return D.t("answered-some", { names: silent.map(who).join("; ") });
  }

  function reasons(point) {
    const [stakes, balance, answered, weight] = point.parts.map((part) => part.toFixed(2));
    const hanging = D.all(point, "hanging").filter(D.showsNode);
    return D.el(
      "details", { class: "reasons" },
      D.el("summary", { "data-stop": true }, D.t("why-here", { score: point.score.toFixed(2) })),
      D.el("ul", { class: "parts" },
        D.el("li", {}, stakesWords(point), " ", D.el("span", { class: "about" }, D.t("part-stakes", { n: stakes }))),
        D.el("li", {}, balanceWords(point), " ", D.el("span", { class: "about" }, D.t("part-balance", { n: balance }))),
        D.el("li", {}, answeredWords(point), " ", D.el("span", { class: "about" }, D.t("part-answered", { n: answered }))),
        point.parts[3] < 1
          ? D.el("li", {}, D.t(point.parts[3] === 0.5 ? "weight-half" : "weight-quarter"), " ", D.el("span", { class: "about" }, D.t("part-weight", { n: weight })))
          : null,
        point.contention === undefined ? null : D.el("li", {}, D.t("contention", { n: point.contention.toFixed(2) }))),
      hanging.length
        ? [D.el("h4", {}, D.t("hanging")), D.mentions(hanging),
          point.hangs > D.all(point, "hanging").length ? D.el("p", { class: "about" }, D.t("and-more", { n: point.hangs - point.hanging.length })) : null]
        : null,
      point.unsettled ? D.el("p", { class: "about" }, D.t("unsettled")) : null,
    );
  }

  function block(point) {
    const lines = D.all(point, "lines").map((number) => D.lines[number]).filter(D.showsLine);
    const links = lines.length ? D.el("ul", { class: "links", "aria-label": D.t("links-between") }, lines.map((line) => between(point, line))) : D.el("p", { class: "links about" }, D.t("no-links-between"));
    const sides = point.sides.map(sideBlock);
    const two = sides.length === 2;
    const title = D.el(
      "h3", { id: `point-${point.rank}` },
      D.el("span", { class: "rank" }, D.el("span", { class: "unseen" }, `${D.t("point")} `), point.rank), " ",
      D.el(
        "button",
        { type: "button", class: "subject", "data-stop": true, "data-point": point.id, title: D.t("point-address"), on: { click: () => D.go({ point: point.id }) } },
        D.said(D.pointSubject(point)),
      ),
    );
    return D.el(
      "article", { class: "point", "aria-labelledby": `point-${point.rank}` },
      title,
      D.el(
        "p", { class: "sorts" },
        point.kinds.map((kind) => D.el("span", { class: "sort" }, D.t(`point-${word(kind)}`))),
        D.topicNames(D.all(point, "topics")),
      ),
      D.el("p", { class: "about" }, D.t(`point-${word(point.kinds[0])}-long`)),
      D.el("div", { class: `sides ${two ? "two" : "many"}` }, two ? [sides[0], links, sides[1]] : [...sides, links]),
      turning(point),
      D.el("p", { class: "summary" }, `${stakesWords(point)} ${balanceWords(point)} ${answeredWords(point)}`),
      reasons(point),
    );
  }

  /* -- the view --------------------------------------------------------------------------- */

  function gapChoice(points) {
    const options = GAPS.map((gap) => [gap, points.filter((point) => hasGap(point, gap)).length]).filter(([gap, n]) => n || gap === D.state.gap);
    if (!options.length) return null;
    const select = D.el(
      "select", { on: { change: () => D.go({ gap: select.value || null }, { step: false }) } },
      D.el("option", { value: "" }, D.t("points-all", { n: points.length })),
      options.map(([gap, n]) => D.el("option", { value: gap, selected: gap === D.state.gap }, `${D.t(`points-${gap}`)} (${n})`)),
    );
    return D.el("label", {}, D.t("points-show"), " ", select);
  }

  function build() {
    const points = page.points.filter(isShown);
    const shown = points.filter((point) => hasGap(point, D.state.gap));
    const wanted = shown.findIndex((point) => point.id === D.state.point);
    const most = showAll ? shown.length : Math.max(AT_FIRST, wanted + 1);
    const drawn = shown.slice(0, most);
    blocks = new Map(drawn.map((point) => [point.id, block(point)]));
    const more = shown.length > most
      ? D.el("button", { type: "button", class: "more", "data-stop": true, on: { click: () => { showAll = true; refresh(D.state); D.markMentions(element, found); } } }, D.t("show-more", { n: shown.length - most }))
      : null;
    element.replaceChildren(...[
      D.el("h2", {}, D.count("points", shown.length)),
      D.el("p", { class: "about" }, D.t(page.points.length ? "points-order" : "points-nobody")),
      D.el("div", { class: "tools" }, gapChoice(points)),
      ...blocks.values(),
      more,
    ].filter(Boolean));
  }

  function refresh(state) {
    const hidden = Object.values(state.without).map((values) => [...values].sort());
    const wanted = blocks.has(state.point) ? "" : state.point;
    const now = JSON.stringify([hidden, state.gap, showAll, wanted]);
    if (now === signature) return;
    signature = now;
    build();
    signature = JSON.stringify([hidden, state.gap, showAll, blocks.has(state.point) ? "" : state.point]);
  }

  let found = null;

  D.addView({
    id: "disagreements",
    label: D.t("view-disagreements"),
    element,
    mark(nodes) {
      found = nodes;
      D.markMentions(element, found);
    },
    update(state, before) {
      refresh(state);
      D.markMentions(element, found);
      element.querySelectorAll("[data-line]").forEach((button) => {
        const chosen = Boolean(state.selected && state.selected.type === "link" && state.selected.at === Number(button.dataset.line));
        button.classList.toggle("chosen", chosen);
        button.setAttribute("aria-pressed", String(chosen));
      });
      for (const [id, article] of blocks) {
        article.classList.toggle("addressed", id === state.point);
        article.querySelector(".subject").setAttribute("aria-pressed", String(id === state.point));
      }
      const moved = !before || before.point !== state.point || before.view !== state.view;
      if (state.point && moved && blocks.has(state.point)) blocks.get(state.point).scrollIntoView({ block: "start", behavior: D.calm() ? "auto" : "smooth" });
      else D.revealMention(element, state, before);
    },
    walk: (key) => D.walkStops(element, key),
    beforePrint() {
      showAll = true;
      refresh(D.state);
    },
  });
})(dissensus);
