/* filters.js: the left panel. Questions to go to, and the legend, which is also the filter. */
(function (D) {
  const { page } = D;
  const panel = document.getElementById("filters");
  const rows = [];

  function sample(style) {
    const line = D.svg("path", { class: "stroke", d: "M2 8L34 8", "stroke-dasharray": style.dash || null });
    if (style.head !== "none") line.setAttribute("marker-end", `url(#head-${style.kind})`);
    return D.svg("svg", { class: `sample line ${style.kind}`, width: 38, height: 16, "aria-hidden": "true" }, line);
  }

  function toggle(name, value, on) {
    const without = { ...D.state.without, [name]: new Set(D.state.without[name]) };
    if (on) without[name].delete(value);
    else without[name].add(value);
    D.go({ without }, { step: false });
  }

  function only(name, value, values) {
    D.go({ without: { ...D.state.without, [name]: new Set(values.filter((other) => other !== value)) } }, { step: false });
  }

  /** A row: a box to tick, what it stands for, how many there are, and "only". */
  function row(name, entry, values) {
    const box = D.el("input", { type: "checkbox", on: { change: () => toggle(name, entry.value, box.checked) } });
    rows.push({ box, name, value: entry.value });
    return D.el(
      "li", {},
      D.el("label", {}, box, entry.mark, D.el("span", { class: "name" }, entry.label)),
      entry.go ? D.button(D.t("go-to-label", { name: entry.plain }), { class: "only", on: { click: entry.go } }, D.t("go-to")) : null,
      D.button(D.t("only-label", { name: entry.plain }), { class: "only", on: { click: () => only(name, entry.value, values) } }, D.t("only")),
      D.el("span", { class: "n" }, String(entry.n)),
    );
  }

  function section(name, title, entries) {
    if (!entries.length) return null;
    const values = entries.map((entry) => entry.value);
    return D.el(
      "details", { open: true, class: name },
      D.el("summary", {}, title),
      D.el("ul", {}, longest(entries, (entry) => row(name, entry, values))),
    );
  }

  const MOST_ROWS = 60;
  const all = D.counts();

  /** The first entries, and a line that says how many there are besides. */
  function longest(entries, made) {
    const rest = entries.length - MOST_ROWS;
    return [...entries.slice(0, MOST_ROWS).map(made), rest > 0 ? D.el("li", { class: "rest" }, D.t("found-more", { n: rest })) : null];
  }

  function kinds() {
    const counts = all.kinds;
    return page.styles.filter((style) => counts.has(style.kind)).map((style) => ({
      value: style.kind,
      n: counts.get(style.kind),
      mark: [sample(style), D.el("span", { class: `glyph ${style.kind}`, "aria-hidden": "true" }, style.glyph)],
      label: D.t(`kind-${style.kind}`),
      plain: D.t(`kind-${style.kind}`),
    }));
  }

  function speakers() {
    const counts = all.speakers;
    return [...counts.keys()].sort((a, b) => (a < 0) - (b < 0) || a - b).map((speaker) => {
      const label = speaker < 0 ? D.t("no-speaker") : page.speakers[speaker].label;
      return {
        value: speaker,
        n: counts.get(speaker),
        mark: speaker < 0 ? null : D.details.swatches([speaker]),
        label: D.said(label),
        plain: label,
      };
    });
  }

  function topics() {
    const counts = all.topics;
    const order = D.boxes.length ? D.boxes.map((box) => box.topic).filter((topic) => counts.has(topic)) : [...counts.keys()].sort((a, b) => a - b);
    return order.map((topic) => {
      const path = topic < 0 ? [] : D.topicPath(topic);
      return {
        value: topic,
        n: counts.get(topic),
        mark: null,
        label: [D.said(D.topicLabel(topic)), path.length ? D.el("small", {}, D.said(path.join(" › "))) : null],
        plain: D.topicLabel(topic),
        go: D.boxes.length ? () => D.go({ view: "map" }) || D.showBox(topic) : null,
      };
    });
  }

  function questions() {
    if (!page.questions.length) return null;
    return D.el(
      "details", { open: true, class: "questions" },
      D.el("summary", {}, D.t("questions")),
      D.el("ul", {}, longest(page.questions, (_question, number) => {
        const node = D.questionNode(number);
        return D.el(
          "li", {},
          D.el(
            "button", { type: "button", class: "question-link", "data-goto": node, on: { click: () => D.selectNode(node) } },
            D.said(D.question(node).label),
            D.el("small", {}, D.count("answers", D.answersTo(node).length)),
          ),
        );
      })),
    );
  }

  /** What part of the debate the map has, or nothing if it has it all. */
  D.scopeWords = () => {
    const { scope: given } = page;
    const parts = [];
    if (given.focus !== undefined) parts.push(D.t("scope-focus", { n: given.depth }));
    if (given.matches) parts.push(D.count("scope-matches", given.matches.length, { depth: given.depth }));
    if (given.topic) parts.push(D.t("scope-topic", { name: given.topic }));
    if (given.speaker) parts.push(D.t("scope-speaker", { name: given.speaker }));
    if (parts.length) parts.push(D.t("scope-count", { n: page.claims.length, all: page.total }));
    return parts.join("; ");
  };

  const shown = D.el("p", { class: "shown" });

  function update() {
    for (const { box, name, value } of rows) box.checked = !D.state.without[name].has(value);
    const claims = page.claims.length;
    let n = 0;
    for (let node = 0; node < claims; node += 1) n += D.showsNode(node);
    const reset = D.el(
      "button", { type: "button", class: "reset", on: { click: () => D.go({ without: { kinds: new Set(), speakers: new Set(), topics: new Set() } }, { step: false }) } },
      D.t("show-all"),
    );
    shown.replaceChildren(D.filtered() ? D.t("some-shown", { n, all: claims }) : D.t("all-shown", { n: claims }), ...(D.filtered() ? [" ", reset] : []));
  }

  panel.append(
    ...[
      D.legend ? D.legend() : null,
      page.description ? D.el("p", { class: "description" }, D.said(page.description)) : null,
      D.scopeWords() ? D.el("p", { class: "scope" }, D.said(D.scopeWords())) : null,
      page.scope.matches ? D.el("p", { class: "matches" }, D.el("span", { class: "ring", "aria-hidden": "true" }), D.t("match")) : null,
      section("kinds", D.t("relations"), kinds()),
      section("speakers", D.t("speakers"), speakers()),
      D.audienceSwitch(),
      questions(),
      section("topics", D.t("topics"), topics()),
      shown,
      D.el("p", { class: "help" }, D.t("help")),
    ].filter(Boolean),
  );
  D.onChange(update);
})(dissensus);
