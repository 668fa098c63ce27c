/* stances.js: who stands where. Speakers by questions or topics, and who agrees with whom. */
(function (D) {
  const { page } = D;
  const element = D.el("section", { id: "stances", class: "view lists", "aria-label": D.t("stances-label") });
  const RECORDS = { questions: page.questions, topics: page.topics };
  const NODES = ["asserted", "accepted", "rejected", "rebutted"];
  const GLYPHS = { asserted: "✓", accepted: "✓", rejected: "✗", rebutted: "✖" };

  const start = page.questionStances.length || !page.topicStances.length ? "questions" : "topics";
  D.addSetting({ name: "by", none: start, view: "stances", ...D.oneOf(["questions", "topics"].filter((by) => by !== start)) });
  D.addSetting({
    name: "cell", none: null, view: "stances",
    read: ([row, column]) => (D.ids.speaker.has(column) && (D.ids.question.has(row) || D.ids.topic.has(row)) ? [row, column] : null),
    write: (pair) => pair,
  });
  D.addSetting({
    name: "pair", none: null, view: "stances",
    read: (pair) => (pair.length === 2 && pair.every((id) => D.ids.speaker.has(id)) ? pair : null),
    write: (pair) => pair,
  });

  const same = (one, other) => Boolean(one && other && one.every((id, n) => id === other[n]));
  const lines = (record, field) => D.all(record, field).map((number) => D.lines[number]).filter(D.showsLine);
  const nodes = (record, field) => D.all(record, field).filter(D.showsNode);
  const speakersShown = () => page.speakers.map((_speaker, at) => at).filter((at) => !D.state.without.speakers.has(at));

  function opener(name, value, key) {
    const open = same(D.state[name], value);
    return { open, key, toggle: () => D.go({ cell: null, pair: null, [name]: open ? null : value }, { step: !open }) };
  }

  /* -- questions -------------------------------------------------------------------------- */

  function questionCell(stance, key) {
    const said = Object.fromEntries(NODES.map((name) => [name, nodes(stance, name)]));
    const contested = new Set(nodes(stance, "contested"));
    if (!NODES.some((name) => said[name].length)) return null;
    const pro = said.asserted.length + said.accepted.length;
    const contra = new Set([...said.rejected, ...said.rebutted]).size;
    const parts = [pro ? D.count("pro", pro) : null, contra ? D.count("contra", contra) : null, contested.size ? D.t("contested") : null].filter(Boolean);
    const words = NODES.flatMap((name) => said[name].map((node) => [name, node])).slice(0, 2);
    const opening = opener("cell", [page.questions[stance.question].id, page.speakers[stance.speaker].id], key);
    const kind = contested.size ? "contested" : pro && contra ? "mixed" : pro ? "for" : "against";
    const label = `${page.speakers[stance.speaker].label}, ${page.questions[stance.question].label}: ${parts.join(", ")}`;
    const more = NODES.reduce((n, name) => n + said[name].length, 0) - words.length;
    const item = (name) => (node) =>
      D.mention(node, { extra: contested.has(node) && pro && name !== "rejected" && name !== "rebutted" ? D.el("span", { class: "lack" }, D.t("contested")) : null });
    return {
      button: D.openingCell(
        { ...opening, label, kind },
        D.el("span", { class: "counts" }, parts.join(" · ")),
        words.map(([name, node]) => D.el("span", { class: `short ${name}` }, D.el("span", { class: "glyph" }, GLYPHS[name]), " ", name === "accepted" ? `${D.t("stance-accepts")} ` : null, D.said(D.short(D.claim(node).text, 64)))),
        more > 0 ? D.el("span", { class: "short" }, D.t("and-more", { n: more })) : null,
      ),
      opened: opening.open ? NODES.map((name) => D.cellGroup(D.t(`stance-${name}`), said[name].map(item(name)))) : null,
    };
  }

  /* -- topics ----------------------------------------------------------------------------- */

  function topicCell(stance, key) {
    const claims = nodes(stance, "claims");
    const made = lines(stance, "made");
    const received = lines(stance, "received");
    if (!claims.length && !made.length && !received.length) return null;
    const opening = opener("cell", [page.topics[stance.topic].id, page.speakers[stance.speaker].id], key);
    const parts = [claims.length ? D.count("claims", claims.length) : null, made.length ? D.count("made", made.length) : null, received.length ? D.count("received", received.length) : null].filter(Boolean);
    const kind = received.length ? "contested" : claims.length ? "for" : "against";
    return {
      button: D.openingCell(
        { ...opening, label: `${page.speakers[stance.speaker].label}, ${page.topics[stance.topic].label}: ${parts.join(", ")}`, kind },
        parts.map((part, n) => D.el("span", { class: n ? "short" : "counts" }, part)),
      ),
      opened: opening.open
        ? [D.cellGroup(D.t("stance-claims"), claims.map((node) => D.mention(node, { marks: true }))),
          D.cellGroup(D.t("stance-made"), made.map(stepItem)), D.cellGroup(D.t("stance-received"), received.map(stepItem))]
        : null,
    };
  }

  function stepItem(line) {
    const button = D.details.step(line);
    button.dataset.stop = "";
    return button;
  }

  function stanceTable(speakers) {
    const { by } = D.state;
    const onQuestions = by === "questions";
    const stances = onQuestions ? page.questionStances : page.topicStances;
    const place = onQuestions ? "question" : "topic";
    const cells = new Map(stances.map((stance) => [`${stance[place]} ${stance.speaker}`, stance]));
    const rows = RECORDS[by].map((record, row) => {
      if (!onQuestions && D.state.without.topics.has(row)) return null;
      const made = speakers.map((speaker) => {
        const stance = cells.get(`${row} ${speaker}`);
        return stance ? (onQuestions ? questionCell : topicCell)(stance, `${row} ${speaker}`) : null;
      });
      if (!made.some(Boolean)) return null;
      const path = onQuestions ? [] : D.topicPath(row);
      const small = onQuestions ? (record.exclusive ? D.t("one-answer") : null) : path.length ? D.said(path.join(" › ")) : null;
      const node = D.questionNode(row);
      const head = onQuestions
        ? D.el("button", { type: "button", class: "head", "data-stop": true, on: { click: () => D.selectNode(node) } }, D.said(record.label))
        : D.said(record.label);
      return { label: [head, small ? D.el("small", {}, small) : null].filter(Boolean), cells: made.map((cell) => cell && cell.button), opened: made.map((cell) => cell && cell.opened).find(Boolean) };
    }).filter(Boolean);
    const used = speakers.map((_speaker, column) => rows.some((row) => row.cells[column]));
    if (!rows.length) return D.el("p", { class: "note" }, D.t(!page.speakers.length ? "stances-no-speakers" : stances.length ? "stances-none" : `stances-no-${by}`));
    return D.table({
      kind: by,
      caption: D.t(`stances-${by}`),
      corner: D.t(onQuestions ? "question" : "topic"),
      columns: speakers.filter((_speaker, column) => used[column]).map(D.speakerHead),
      rows: rows.map((row) => ({ ...row, cells: row.cells.filter((_cell, column) => used[column]) })),
    });
  }

  /* -- pairs ------------------------------------------------------------------------------ */

  function pairCell(one, other) {
    const [first, second] = [one, other].sort((a, b) => a - b);
    const meeting = page.meetings.find(({ speakers }) => speakers.includes(first) && speakers.includes(second));
    if (!meeting) return null;
    const agreed = D.all(meeting, "agreements").map((at) => page.agreements[at]).filter((agreement) => agreement.claims.every(D.showsNode));
    const parting = D.all(meeting, "points").map((at) => page.points[at]);
    if (!agreed.length && !parting.length) return null;
    const words = [D.count("agree", agreed.length), D.count("part", parting.length)];
    const opening = opener("pair", [page.speakers[first].id, page.speakers[second].id], `${first} ${second}`);
    const names = D.speakerNames([first, second]).join(", ");
    return {
      button: D.openingCell(
        { ...opening, label: `${names}: ${words.join(", ")}`, kind: parting.length ? (agreed.length ? "mixed" : "against") : "for" },
        D.el("span", { class: "short" }, D.el("span", { class: "glyph" }, "✓ "), words[0]), D.el("span", { class: "short" }, D.el("span", { class: "glyph" }, "✖ "), words[1]),
      ),
      opened: opening.open
        ? [...agreed.map((agreement) => D.cellGroup(D.t(`agreement-${agreement.kind.replace(" ", "-")}`), agreement.claims.map((node) => D.mention(node)))),
          D.cellGroup(D.t("view-disagreements"), parting.map(D.pointLink))]
        : null,
    };
  }

  function pairTable(speakers) {
    const rows = speakers.slice(1).map((row, place) => {
      const cells = speakers.slice(0, -1).map((column, at) => (at <= place ? pairCell(row, column) : null));
      return { label: D.speakerHead(row), cells: cells.map((cell) => cell && cell.button), opened: cells.map((cell) => cell && cell.opened).find(Boolean) };
    }).filter((row) => row.cells.some(Boolean));
    if (!rows.length) return null;
    return [
      D.el("h2", {}, D.t("pairs")),
      D.table({ kind: "pairs", caption: D.t("pairs-caption"), corner: D.t("speaker"), columns: speakers.slice(0, -1).map(D.speakerHead), rows }),
    ];
  }

  /* -- the view --------------------------------------------------------------------------- */

  let found = null;
  let signature = null;

  function build(state) {
    const now = JSON.stringify([Object.values(state.without).map((hidden) => [...hidden].sort()), state.by, state.cell, state.pair]);
    if (now === signature) return;
    signature = now;
    const key = element.contains(document.activeElement) ? document.activeElement.dataset.cell : undefined;
    const table = key === undefined ? null : document.activeElement.closest(".frame").className;
    const speakers = speakersShown();
    const choices = ["questions", "topics"].map((by) =>
      D.el("button", { type: "button", "data-stop": true, "data-by": by, "aria-pressed": String(state.by === by), on: { click: () => D.go({ by, cell: null }) } }, D.t(`by-${by}`)));
    element.replaceChildren(...[
      D.el("h2", {}, D.t("stances-title")),
      D.el("p", { class: "about" }, D.t(`stances-${state.by}-long`)),
      D.el("div", { class: "tools", role: "group", "aria-label": D.t("by") }, choices),
      stanceTable(speakers),
      ...(pairTable(speakers) || []),
    ]);
    if (key === undefined) return;
    const frame = [...element.querySelectorAll(".frame")].find((candidate) => candidate.className === table);
    frame?.querySelector(`[data-cell="${key}"]`)?.focus({ preventScroll: true });
  }

  D.addView({
    id: "stances",
    label: D.t("view-stances"),
    element,
    mark(nodes_) {
      found = nodes_;
      D.markMentions(element, found);
    },
    update(state, before) {
      build(state);
      D.markMentions(element, found);
      const opened = element.querySelector(".opened");
      const changed = !before || before.view !== state.view || before.cell !== state.cell || before.pair !== state.pair;
      if (opened && changed) opened.previousElementSibling.scrollIntoView({ block: "nearest", behavior: "auto" });
      D.revealMention(element, state, before);
    },
    walk: (key) => D.walkStops(element, key),
    escape() {
      if (!D.state.cell && !D.state.pair) return false;
      D.go({ cell: null, pair: null });
      return true;
    },
  });
})(dissensus);
