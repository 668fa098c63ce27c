/* tree.js: the outline of a big debate. All entries are known as numbers in reading order; only the
   rows that can be seen are in the document. https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ */
(function (D) {
  const { page } = D;
  const ROW = 48;
  const NARROW_ROW = 68;
  const BESIDE = 12;
  const DEEPEST_INDENT = 14;
  const MOST_PRINTED = 2000;
  const ORDER = ["rebuttal", "contradiction", "undercut", "support", "evidence", "qualification"];

  const tree = D.el("div", { class: "rows", role: "tree", tabindex: 0, "aria-label": D.t("outline-label"), "aria-describedby": "tree-help" });
  const cut = D.el("p", { class: "about cut", hidden: true });
  const element = D.el(
    "section", { id: "outline", class: "view long", "aria-label": D.t("outline-label") },
    D.el(
      "p", { class: "tools" },
      D.el("button", { type: "button", on: { click: () => foldAll(true) } }, D.t("fold-all")),
      D.el("button", { type: "button", on: { click: () => foldAll(false) } }, D.t("unfold-all")),
      D.el("span", { id: "tree-help", class: "about" }, D.t("tree-keys")),
    ),
    tree,
    cut,
  );

  /* Entries in reading order. `what` is a node, or an area as -1 - place; `end` is behind its last descendant. */
  let what = [];
  let level = [];
  let byLine = [];
  let again = [];
  let end = [];
  let parent = [];
  let position = [];
  let setSize = [];
  let home = new Int32Array(0);
  let folded = new Uint8Array(0);
  let shown = new Int32Array(0);
  let placeOf = new Int32Array(0);
  let active = 0;
  let found = null;

  /* -- entries ---------------------------------------------------------------------------- */

  function shows(line) {
    const { kind, premises } = D.lineEnds(line);
    return !D.state.without.kinds.has(kind) && premises.every(D.showsNode);
  }

  /** What stands below a node: [node, line] pairs; first what undercuts the step by which it came. */
  function repliesTo(node, line) {
    if (D.isQuestion(node)) {
      return D.all(D.question(node), "rivals").filter(D.showsNode).map((rival) => [rival, -1]);
    }
    const replies = [];
    const add = (number) => {
      if (shows(number)) for (const premise of D.lineEnds(number).premises) replies.push([premise, number]);
    };
    if (line >= 0) D.onto[line].forEach((undercut) => add(undercut.number));
    const into = [...D.linesInto(node)].map((number) => [ORDER.indexOf(D.lineEnds(number).kind), number]);
    into.filter(([rank]) => rank >= 0).sort((a, b) => a[0] - b[0] || a[1] - b[1]).forEach(([, number]) => add(number));
    return replies;
  }

  const SPEAKS = new Set(["support", "evidence", "rebuttal", "undercut", "qualification"]);
  const isRoot = (node) => !D.linesFrom(node).some((line) => SPEAKS.has(D.lineEnds(line).kind) && shows(line));

  /** The nodes to tell in each area; of those that only speak to each other, one. */
  function rootsOf() {
    const reached = new Uint8Array(D.x.length);
    const reach = (from) => {
      const work = [[from, -1]];
      reached[from] = 1;
      while (work.length) {
        const [node, line] = work.pop();
        for (const [reply, by] of repliesTo(node, line)) {
          if (reached[reply]) continue;
          reached[reply] = 1;
          work.push([reply, by]);
        }
      }
    };
    const roots = D.areas.map((area) => area.nodes.filter((node) => D.showsNode(node) && (D.isQuestion(node) || isRoot(node))));
    roots.flat().forEach((node) => reached[node] || reach(node));
    D.areas.forEach((area, place) => {
      for (const node of area.nodes) {
        if (reached[node] || !D.showsNode(node)) continue;
        roots[place].push(node);
        reach(node);
      }
    });
    return roots;
  }

  function build() {
    what = []; level = []; byLine = []; again = []; end = []; parent = [];
    const told = new Uint8Array(D.x.length);
    const reserved = new Uint8Array(D.x.length);
    home = new Int32Array(D.x.length).fill(-1);
    page.questions.forEach((question, number) => {
      if (D.showsNode(D.questionNode(number))) D.all(question, "rivals").forEach((rival) => { reserved[rival] = 1; });
    });
    const put = (thing, depth, line, repeat, above) => {
      what.push(thing); level.push(depth); byLine.push(line); again.push(repeat); parent.push(above); end.push(0);
      return what.length - 1;
    };
    rootsOf().forEach((roots, place) => {
      if (!roots.length) return;
      const heading = put(-1 - place, 1, -1, 0, -1);
      const open = [{ entry: heading, replies: roots.map((node) => [node, -1]), next: 0 }];
      while (open.length) {
        const top = open[open.length - 1];
        if (top.next === top.replies.length) {
          end[top.entry] = what.length;
          open.pop();
          continue;
        }
        const [node, line] = top.replies[top.next];
        top.next += 1;
        const underQuestion = what[top.entry] >= 0 && D.isQuestion(what[top.entry]);
        if (line < 0 && !underQuestion && told[node]) continue;
        const later = !underQuestion && reserved[node] && !told[node];
        const repeat = told[node] ? 1 : later ? 2 : 0;
        if (repeat && line < 0 && !underQuestion) continue;
        if (repeat && line >= 0 && D.lineEnds(line).kind === "contradiction" && told[node]) continue;
        const entry = put(node, top.entry === heading ? 2 : level[top.entry] + 1, line, repeat, top.entry);
        end[entry] = what.length;
        if (repeat) continue;
        told[node] = 1;
        home[node] = entry;
        open.push({ entry, replies: repliesTo(node, line), next: 0 });
      }
    });
    folded = new Uint8Array(what.length).fill(1);
    if (what.length) folded[0] = 0;
    position = new Int32Array(what.length);
    setSize = new Int32Array(what.length + 1);
    for (let entry = 0; entry < what.length; entry += 1) {
      setSize[parent[entry] + 1] += 1;
      position[entry] = setSize[parent[entry] + 1];
    }
    active = 0;
    list();
  }

  const hasReplies = (entry) => end[entry] > entry + 1;

  /** Which entries are shown: those that no folded one holds. */
  function list() {
    const visible = new Int32Array(what.length);
    placeOf = new Int32Array(what.length).fill(-1);
    let n = 0;
    for (let entry = 0; entry < what.length; ) {
      placeOf[entry] = n;
      visible[n] = entry;
      n += 1;
      entry = folded[entry] ? end[entry] || entry + 1 : entry + 1;
    }
    shown = visible.subarray(0, n);
    tree.style.height = `${n * rowHeight()}px`;
    render();
  }

  /* -- rows ------------------------------------------------------------------------------- */

  const rowHeight = () => (D.narrow() ? NARROW_ROW : ROW);

  function row(entry) {
    const thing = what[entry];
    const attributes = {
      id: `row-${entry}`, class: "entry", role: "treeitem", "data-entry": entry,
      "aria-level": level[entry], "aria-setsize": setSize[parent[entry] + 1], "aria-posinset": position[entry],
      vars: { indent: Math.min(DEEPEST_INDENT, level[entry] - 1), top: `${placeOf[entry] * rowHeight()}px`, height: `${rowHeight()}px` },
    };
    if (hasReplies(entry)) attributes["aria-expanded"] = String(!folded[entry]);
    const fold = D.el("span", { class: hasReplies(entry) ? "fold" : "fold none", "aria-hidden": "true" });
    if (thing < 0) {
      const area = D.areas[-1 - thing];
      const path = area.topic < 0 ? [] : D.topicPath(area.topic);
      return D.el(
        "div", { ...attributes, class: "entry heading" }, fold,
        D.el("span", { class: "words" }, path.length ? D.el("span", { class: "path" }, D.said(path.join(" › ")), " › ") : null, D.said(D.topicLabel(area.topic))),
        D.el("span", { class: "n" }, D.count("found", area.nodes.filter((node) => !D.isQuestion(node)).length)),
      );
    }
    const { selected } = D.state;
    const chosen = Boolean(selected) && selected.type !== "link" && selected.at === thing;
    attributes["data-node"] = thing;
    attributes["aria-selected"] = String(chosen);
    const marks = (chosen ? " chosen" : "") + (found && found.has(thing) ? " found" : "") + (again[entry] ? " again" : "");
    if (D.isQuestion(thing)) {
      return D.el(
        "div", { ...attributes, class: `entry asked${marks}` }, fold,
        D.el("span", { class: "words" }, D.el("span", { class: "who" }, D.t("question")), " ", D.said(D.question(thing).label)),
        D.el("span", { class: "n" }, D.count("answers", D.all(D.question(thing), "rivals").length)),
      );
    }
    const claim = D.claim(thing);
    const line = byLine[entry] < 0 ? null : D.lines[byLine[entry]];
    return D.el(
      "div", { ...attributes, class: `entry${marks}` }, fold,
      D.el(
        "span", { class: "words", lang: claim.language },
        line ? D.el("span", { class: `verb ${line.kind}` }, D.details.glyph(line.kind), ` ${D.t(line.host >= 0 ? "kind-undercut-this" : `kind-${line.kind}`)} `) : null,
        line && line.premises.length > 1 ? D.el("span", { class: "verb" }, `${D.t("together")} `) : null,
        D.el("span", { class: "who" }, D.details.swatches(D.all(claim, "speakers")), D.said(D.speakerLine(claim))), " ",
        D.el("span", { class: "what" }, D.said(claim.text)),
        claim.kind === "claim" ? null : D.el("span", { class: "kind" }, D.t(`${claim.kind}-kind`)),
      ),
      again[entry] ? D.el("span", { class: "n" }, D.t(again[entry] === 2 || home[thing] > entry ? "see-below" : "see-above")) : hasReplies(entry) && folded[entry] ? D.el("span", { class: "n" }, D.count("replies", directReplies(entry))) : null,
    );
  }

  function directReplies(entry) {
    return setSize[entry + 1];
  }

  function range() {
    const height = rowHeight();
    const from = Math.max(0, Math.floor((element.scrollTop - tree.offsetTop) / height) - BESIDE);
    return [from, Math.min(shown.length, from + Math.ceil(element.clientHeight / height) + 2 * BESIDE)];
  }

  function render() {
    if (element.hidden) return;
    const [from, to] = range();
    const entries = new Set(shown.subarray(from, to));
    if (placeOf[active] >= 0) entries.add(active);
    const made = [...entries].sort((a, b) => a - b).map(row);
    tree.replaceChildren(...made);
    tree.querySelector(`#row-${active}`)?.classList.add("active");
    tree.setAttribute("aria-activedescendant", `row-${active}`);
  }

  let asked = 0;
  element.addEventListener("scroll", () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      render();
    });
  });
  new ResizeObserver(() => {
    if (!element.hidden && what.length) list();
  }).observe(element);

  /* -- going about ------------------------------------------------------------------------ */

  function reveal(entry) {
    for (let at = parent[entry]; at >= 0; at = parent[at]) folded[at] = 0;
    if (placeOf[entry] < 0) list();
    const height = rowHeight();
    const top = tree.offsetTop + placeOf[entry] * height;
    if (top < element.scrollTop + height) element.scrollTop = top - height;
    else if (top + 2 * height > element.scrollTop + element.clientHeight) element.scrollTop = top + 2 * height - element.clientHeight;
  }

  function activate(entry) {
    active = entry;
    reveal(entry);
    render();
  }

  function fold(entry, to) {
    if (!hasReplies(entry)) return;
    folded[entry] = Number(to);
    list();
  }

  function foldAll(to) {
    folded.fill(Number(to));
    while (to && parent[active] >= 0) active = parent[active];
    list();
    reveal(active);
    render();
  }

  /* What is unfolded, by the names of topics, claims and questions, so that it can be put back. */
  const nameOf = (thing) => {
    if (thing >= 0) return `${D.isQuestion(thing) ? "question" : "claim"} ${(D.isQuestion(thing) ? D.question(thing) : D.claim(thing)).id}`;
    const { topic } = D.areas[-1 - thing];
    return `topic ${topic < 0 ? "" : page.topics[topic].id}`;
  };
  D.unfolded = () => what.filter((_thing, entry) => hasReplies(entry) && !folded[entry]).map(nameOf);
  D.unfold = (names) => {
    const open = new Set(names);
    what.forEach((thing, entry) => { folded[entry] = Number(!open.has(nameOf(thing))); });
    if (what.length) list();
  };

  function choose(entry) {
    if (what[entry] < 0) fold(entry, !folded[entry]);
    else if (again[entry]) {
      activate(home[what[entry]]);
      D.selectNode(what[entry]);
    } else D.selectNode(what[entry]);
  }

  D.walkOutline = (key) => {
    if (document.activeElement !== tree || !what.length) return false;
    const place = placeOf[active];
    if (key === "ArrowDown") activate(shown[Math.min(shown.length - 1, place + 1)]);
    else if (key === "ArrowUp") activate(shown[Math.max(0, place - 1)]);
    else if (key === "ArrowRight" && hasReplies(active)) {
      if (folded[active]) fold(active, false);
      else activate(active + 1);
    } else if (key === "ArrowLeft") {
      if (hasReplies(active) && !folded[active]) fold(active, true);
      else if (parent[active] >= 0) activate(parent[active]);
    }
    return true;
  };

  tree.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !what.length) return;
    const jump = Math.max(1, Math.floor(element.clientHeight / rowHeight()) - 1);
    const place = placeOf[active];
    if (event.key === "Enter" || event.key === " ") choose(active);
    else if (event.key === "Home") activate(shown[0]);
    else if (event.key === "End") activate(shown[shown.length - 1]);
    else if (event.key === "PageDown") activate(shown[Math.min(shown.length - 1, place + jump)]);
    else if (event.key === "PageUp") activate(shown[Math.max(0, place - jump)]);
    else return;
    event.preventDefault();
  });
  tree.addEventListener("click", (event) => {
    const entry = Number(event.target.closest(".entry")?.dataset.entry ?? -1);
    if (entry < 0) return;
    active = entry;
    tree.focus({ preventScroll: true });
    if (event.target.closest(".fold:not(.none)")) fold(entry, !folded[entry]);
    else choose(entry);
    render();
  });

  /* -- paper ------------------------------------------------------------------------------ */

  window.addEventListener("afterprint", () => {
    cut.hidden = true;
    if (what.length) list();
  });

  /* -- the view --------------------------------------------------------------------------- */

  let signature = null;
  function refresh(state) {
    const now = JSON.stringify(Object.values(state.without).map((hidden) => [...hidden].sort()));
    if (now === signature) return false;
    signature = now;
    build();
    return true;
  }

  D.addView({
    id: "outline",
    label: D.t("view-outline"),
    element,
    mark(nodes) {
      found = nodes;
      element.classList.toggle("searching", found !== null);
      render();
    },
    update(state, before) {
      const rebuilt = refresh(state);
      if (!rebuilt && (!before || before.view !== "outline")) list();
      const { selected } = state;
      if (selected && selected.type !== "link" && home[selected.at] >= 0 && (rebuilt || !before || before.selected !== selected || before.view !== "outline")) {
        activate(home[selected.at]);
      } else render();
    },
    beforePrint(state) {
      refresh(state);
      const entries = shown.subarray(0, MOST_PRINTED);
      tree.replaceChildren(...Array.from(entries, row));
      tree.style.height = "";
      cut.hidden = shown.length <= MOST_PRINTED;
      cut.textContent = D.t("print-cut", { n: MOST_PRINTED, all: shown.length });
    },
  });
})(dissensus);
