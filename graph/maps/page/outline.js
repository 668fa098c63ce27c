/* outline.js: the whole debate as nested lists: to read, to fold, to print, to hear. */
(function (D) {
  const element = D.el("section", { id: "outline", class: "view", "aria-label": D.t("outline-label") });
  let signature = null;
  let items = new Map();

  function build() {
    const told = new Set();
    /* Rival answers come side by side, so none of them is told in full below another. */
    const reserved = new Set();
    items = new Map();

    function heading(text, sub) {
      return D.el("h2", {}, D.said(text), sub ? D.el("small", {}, sub) : null);
    }

    /** One claim with what replies to it; told in full once, afterwards pointed to. */
    function entry(node, line) {
      const claim = D.claim(node);
      const later = Boolean(line) && reserved.has(node) && !told.has(node);
      const again = later || told.has(node);
      if (!later) told.add(node);
      const verb = line ? D.el("span", { class: `verb ${line.kind}` }, D.details.glyph(line.kind), ` ${D.t(line.host >= 0 ? "kind-undercut-this" : `kind-${line.kind}`)}`) : null;
      const pick = D.el(
        "button", { type: "button", class: "pick", "data-node": node, on: { click: () => D.selectNode(node) } },
        verb, verb ? " " : null,
        D.el("span", { class: "who" }, D.details.swatches(D.all(claim, "speakers")), D.said(D.speakerLine(claim))), " ",
        D.statusMark(node), " ",
        D.el("span", { class: "what", lang: claim.language }, D.said(again ? D.short(claim.text, 80) : claim.text)),
        claim.kind === "claim" ? null : D.el("span", { class: "kind" }, D.t(`${claim.kind}-kind`)),
        again ? D.el("span", { class: "again" }, D.t(later ? "see-below" : "see-above")) : null,
      );
      const row = D.el("div", { class: "row" }, pick);
      const item = D.el("li", { class: again ? "again" : "" }, row);
      if (again) return item;
      items.set(node, item);
      const replies = repliesOf(node);
      if (replies.length) {
        row.prepend(folder(item));
        item.append(D.el("ul", {}, replies));
      }
      return item;
    }

    function repliesOf(node) {
      return D.repliesTo(node).filter(D.showsLine).flatMap(reply);
    }

    function reply(line) {
      if (line.kind === "contradiction" && told.has(line.premises[0])) return [];
      const premises = line.premises.map((premise) => entry(premise, line));
      const undercuts = D.onto[line.number].filter(D.showsLine).flatMap(reply);
      if (premises.length === 1 && !undercuts.length) return premises;
      if (premises.length === 1) {
        const [item] = premises;
        const list = item.querySelector(":scope > ul");
        if (list) list.prepend(...undercuts);
        else item.append(D.el("ul", {}, undercuts));
        if (!item.querySelector(":scope > .row > .fold")) item.querySelector(":scope > .row").prepend(folder(item));
        return [item];
      }
      return [D.el(
        "li", { class: "joint" },
        D.el("p", { class: `verb ${line.kind}` }, D.details.glyph(line.kind), ` ${D.t(`noun-${line.kind}`)}, ${D.t("together")}:`),
        D.el("ul", {}, premises, undercuts),
      )];
    }

    function group(title, sub, nodes) {
      const list = nodes.map((node) => entry(node, null));
      return list.length ? [heading(title, sub), D.el("ul", { class: "tree" }, list)] : [];
    }

    const parts = [];
    for (const node of D.page.questions.map((_question, number) => D.questionNode(number))) {
      if (!D.showsNode(node)) continue;
      const rivals = D.all(D.question(node), "rivals").filter(D.showsNode);
      rivals.forEach((rival) => reserved.add(rival));
      const block = group(D.question(node).label, D.count("answers", rivals.length), rivals);
      if (block.length) items.set(node, block[0]);
      parts.push(...block);
    }
    const speaksTo = (node) => D.from[node].some((line) => D.showsLine(line) && line.kind !== "answer" && !D.SYMMETRIC.has(line.kind));
    const left = (test) => D.page.claims.map((_claim, node) => node).filter((node) => D.showsNode(node) && !told.has(node) && test(node));
    const byTopic = new Map();
    const gather = (nodes) => nodes.forEach((node) => {
      if (!byTopic.has(D.home[node])) byTopic.set(D.home[node], []);
      byTopic.get(D.home[node]).push(node);
    });
    gather(left((node) => !speaksTo(node)));
    const later = [];
    const topics = [...byTopic.keys()].sort((a, b) => (a < 0) - (b < 0) || a - b);
    for (const topic of topics) later.push(...group(D.topicLabel(topic), null, byTopic.get(topic)));
    /* What is left speaks to each other in a circle. */
    for (const node of left(() => true)) if (!told.has(node)) later.push(D.el("ul", { class: "tree" }, entry(node, null)));
    if (later.length && parts.length) parts.push(D.el("h2", { class: "rest" }, D.t("other-claims")));
    parts.push(...later);

    const tools = D.el(
      "p", { class: "tools" },
      D.el("button", { type: "button", on: { click: () => foldAll(true) } }, D.t("fold-all")),
      D.el("button", { type: "button", on: { click: () => foldAll(false) } }, D.t("unfold-all")),
    );
    element.replaceChildren(tools, ...parts);
  }

  function folder(item) {
    const button = D.button(D.t("fold"), { class: "fold", "aria-expanded": "true", on: { click: () => fold(item, !item.classList.contains("folded")) } });
    return button;
  }

  function fold(item, folded) {
    const button = item.querySelector(":scope > .row > .fold");
    if (!button) return;
    item.classList.toggle("folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
    button.setAttribute("aria-label", D.t(folded ? "unfold" : "fold"));
    button.title = D.t(folded ? "unfold" : "fold");
  }

  function foldAll(folded) {
    element.querySelectorAll("li").forEach((item) => fold(item, folded));
  }

  /** The entries that can be seen, for the arrow keys. */
  function picks() {
    return [...element.querySelectorAll(".pick")].filter((button) => button.offsetParent !== null);
  }

  D.walkOutline = (key) => {
    const all = picks();
    const at = all.indexOf(document.activeElement);
    if (at < 0) return false;
    const item = document.activeElement.closest("li");
    if (key === "ArrowDown") (all[at + 1] || all[at]).focus();
    else if (key === "ArrowUp") (all[at - 1] || all[at]).focus();
    else if (key === "ArrowLeft" && !item.classList.contains("folded") && item.querySelector(":scope > ul")) fold(item, true);
    else if (key === "ArrowLeft") item.parentElement.closest("li")?.querySelector(".pick").focus();
    else fold(item, false);
    return true;
  };

  function refresh(state) {
    const now = JSON.stringify(Object.values(state.without).map((hidden) => [...hidden].sort()));
    if (now === signature) return;
    signature = now;
    build();
  }

  let found = null;
  function mark(state) {
    element.classList.toggle("searching", found !== null);
    element.querySelectorAll(".pick").forEach((button) => {
      const node = Number(button.dataset.node);
      const chosen = Boolean(state.selected && state.selected.type === "claim" && state.selected.at === node);
      button.classList.toggle("chosen", chosen);
      button.setAttribute("aria-pressed", String(chosen));
      button.classList.toggle("found", Boolean(found && found.has(node)));
    });
  }

  D.addView({
    id: "outline",
    label: D.t("view-outline"),
    element,
    mark(nodes) {
      found = nodes;
      mark(D.state);
    },
    update(state, before) {
      refresh(state);
      mark(state);
      const { selected } = state;
      if (!selected || selected.type === "link" || (before && before.selected === selected && before.view === "outline")) return;
      let item = items.get(selected.at);
      if (!item) return;
      for (let at = item.parentElement.closest("li"); at; at = at.parentElement.closest("li")) fold(at, false);
      (item.querySelector(":scope > .row") || item).scrollIntoView({ block: "nearest", behavior: D.calm() ? "auto" : "smooth" });
    },
    beforePrint(state) {
      refresh(state);
    },
  });
})(dissensus);
