/* mentions.js: claims, questions and steps as entries of lists, each a button to walk on. */
(function (D) {
  const { page } = D;
  const GAPS = ["unanswered", "no-support", "single-source"];

  const glyph = (kind) => D.el("span", { class: `glyph ${kind}`, "aria-hidden": "true" }, D.style[kind].glyph);

  function swatches(speakers) {
    return speakers.map((speaker) => D.el("span", { class: "swatch", "aria-hidden": "true", vars: { colour: D.speakerColour(speaker) } }));
  }

  /** A claim or question as a link to walk to. */
  function walk(node) {
    const speakers = D.isQuestion(node) ? [] : D.all(D.claim(node), "speakers");
    return D.el(
      "button",
      { type: "button", class: "walk", "data-goto": node, on: { click: () => D.selectNode(node) } },
      D.isQuestion(node)
        ? D.el("span", { class: "who" }, D.t("question"))
        : D.el("span", { class: "who" }, swatches(speakers), D.said(D.speakerLine(D.claim(node))), D.statusMark(node)),
      D.el("span", { class: "what" }, D.said(D.textOf(node))),
    );
  }

  /** A step as a link to walk to. What is no link of its own leads to the claim that it starts from. */
  function step(line) {
    const go = () => (line.link < 0 ? D.selectNode(line.premises[0]) : D.select({ type: "link", at: line.number }));
    return D.el(
      "button",
      { type: "button", class: "walk", on: { click: go } },
      D.el("span", { class: "who" }, glyph(line.kind), " ", D.t(`noun-${line.kind}`)),
      D.el("span", { class: "what" }, D.said(D.stepWords(line))),
    );
  }

  /** What a claim lacks, in short words. */
  D.gapsOf = (node) => new Set(D.all(D.claim(node), "gaps").map((gap) => gap.kind));

  /** A claim in one of the views: who, whether it stands, what, and with `marks` what it lacks.
      Who says it is left out if it is just those who were `heard` to say it above. */
  D.mention = (node, { marks = false, extra = null, heard = [] } = {}) => {
    const claim = D.claim(node);
    const by = D.all(claim, "speakers");
    const told = by.length > 0 && by.length === heard.length && by.every((speaker) => heard.includes(speaker));
    const who = told ? null : D.el("span", { class: "who" }, swatches(by), D.said(D.speakerLine(claim)));
    const lacks = marks ? GAPS.filter((gap) => D.gapsOf(node).has(gap)) : [];
    const notes = [
      claim.kind === "claim" ? null : D.el("span", { class: "kind" }, D.t(`${claim.kind}-kind`)),
      extra,
      ...lacks.map((gap) => D.el("span", { class: `lack ${gap}` }, D.t(`gap-${gap}`))),
    ].filter(Boolean);
    return D.el(
      "button",
      { type: "button", class: `walk mention ${claim.kind}`, "data-node": node, "data-stop": true, on: { click: () => D.selectNode(node) } },
      D.statusMark(node),
      who,
      D.el("span", { class: "what", lang: claim.language }, D.said(claim.text)),
      notes.length ? D.el("span", { class: "marks" }, notes) : null,
    );
  };

  D.mentions = (nodes, options) =>
    D.el("ul", { class: "mentions" }, nodes.map((node) => D.el("li", {}, D.mention(node, options))));

  /** Shows in a view which of its claims is chosen, and which a search found. */
  D.markMentions = (element, found) => {
    const { selected } = D.state;
    element.classList.toggle("searching", found !== null);
    element.querySelectorAll("[data-node]").forEach((button) => {
      const node = Number(button.dataset.node);
      const chosen = Boolean(selected && selected.type === "claim" && selected.at === node);
      button.classList.toggle("chosen", chosen);
      button.setAttribute("aria-pressed", String(chosen));
      button.classList.toggle("found", Boolean(found && found.has(node)));
    });
  };

  /** Brings the chosen claim into sight, if the choice is new to a view. */
  D.revealMention = (element, state, before) => {
    const { selected } = state;
    if (!selected || selected.type !== "claim" || (before && before.selected === selected && before.view === state.view)) return;
    if (element.contains(document.activeElement) && document.activeElement.dataset.node === String(selected.at)) return;
    const first = [...element.querySelectorAll(`[data-node="${selected.at}"]`)].find((button) => button.offsetParent !== null);
    if (first) first.scrollIntoView({ block: "nearest", behavior: D.calm() ? "auto" : "smooth" });
  };

  /** Arrow keys in a view: cells of a table go by row and column, all else by the order of reading. */
  D.walkStops = (element, key) => {
    const at = document.activeElement;
    const stops = [...element.querySelectorAll("[data-stop]")].filter((stop) => stop.offsetParent !== null);
    const next = stops.includes(at) ? cellBeside(at, key) || stopBeside(stops, at, key) : stops[0];
    if (!next) return false;
    next.focus();
    return true;
  };

  function stopBeside(stops, at, key) {
    return stops[stops.indexOf(at) + (key === "ArrowDown" || key === "ArrowRight" ? 1 : -1)] || at;
  }

  function cellBeside(stop, key) {
    const cell = stop.closest("td, th");
    const row = cell && cell.closest("tr");
    const inCell = cell ? [...cell.querySelectorAll("[data-stop]")] : [];
    if (!row || row.classList.contains("opened")) return null;
    const rows = [...row.closest("table").querySelectorAll("tbody > tr:not(.opened)")];
    const column = [...row.children].indexOf(cell);
    const first = (candidate) => candidate && candidate.children[column] && candidate.children[column].querySelector("[data-stop]");
    const along = (cells) => cells.map((other) => other.querySelector("[data-stop]")).find(Boolean);
    const cells = [...row.children];
    if (key === "ArrowRight") return along(cells.slice(column + 1)) || stop;
    if (key === "ArrowLeft") return along(cells.slice(0, column).reverse()) || stop;
    const place = inCell.indexOf(stop) + (key === "ArrowDown" ? 1 : -1);
    if (inCell[place]) return inCell[place];
    if (key === "ArrowDown" && row.nextElementSibling && row.nextElementSibling.classList.contains("opened") && stop.getAttribute("aria-expanded") === "true") {
      return row.nextElementSibling.querySelector("[data-stop]") || stop;
    }
    const others = key === "ArrowDown" ? rows.slice(rows.indexOf(row) + 1) : rows.slice(0, rows.indexOf(row)).reverse();
    return others.map(first).find(Boolean) || null;
  }

  D.details = { walk, step, swatches, glyph };

  /** The topics of a record as small text. */
  D.topicNames = (topics) =>
    topics.length ? D.el("span", { class: "topics" }, topics.flatMap((topic, n) => (n ? [" · ", D.said(page.topics[topic].label)] : [D.said(page.topics[topic].label)]))) : null;
})(dissensus);
