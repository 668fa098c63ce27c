/* keyboard.js: everything by keyboard. On the map the arrow keys walk the argument. */
(function (D) {
  const byPlace = (a, b) => D.cards[a].x - D.cards[b].x || D.cards[a].y - D.cards[b].y;
  const shown = (nodes) => [...new Set(nodes)].filter(D.showsNode);

  /** The nodes that a node speaks to, first those that stand above it; for an undercut, the conclusion. */
  function above(node) {
    const goal = (line) => (line.goal >= 0 ? line.goal : goal(D.lines[line.host]));
    const level = (other) => Number(D.cards[other].top >= D.cards[node].top);
    return shown(D.from[node].filter(D.showsLine).map(goal))
      .filter((other) => other !== node)
      .sort((a, b) => level(a) - level(b));
  }

  function below(node) {
    const replies = D.into[node].filter(D.showsLine);
    const premises = replies.flatMap((line) => [...line.premises, ...D.onto[line.number].flatMap((onto) => onto.premises)]);
    return shown(premises).sort(byPlace);
  }

  /** What speaks to the same thing, from left to right; failing that, all on the map in reading order. */
  function beside(node) {
    const goals = above(node);
    if (goals.length) return shown([node, ...below(goals[0])]).sort(byPlace);
    const row = (a, b) => D.cards[a].y - D.cards[b].y || D.cards[a].x - D.cards[b].x;
    return shown(D.alongside(node)).filter((at) => !above(at).length).sort(row);
  }

  function step(node, key) {
    if (key === "ArrowUp") return above(node)[0];
    if (key === "ArrowDown") return below(node)[0];
    const row = beside(node);
    return row[row.indexOf(node) + (key === "ArrowRight" ? 1 : -1)];
  }

  function walk(event) {
    if (D.walkBoxes && D.walkBoxes(event.key)) return;
    const card = document.activeElement.closest(".card");
    const { selected } = D.state;
    let at = card ? Number(card.dataset.node) : -1;
    if (at < 0 && selected && selected.type !== "link") at = selected.at;
    if (at < 0) {
      if (D.page.start >= 0) D.focusCard(D.page.start);
      return;
    }
    const next = step(at, event.key);
    if (next === undefined) return;
    D.focusCard(next);
    if (selected) D.selectNode(next);
  }

  const shownView = () => D.views.find((view) => view.id === D.state.view);

  /** Lets the view that is shown walk; whether it did. */
  function walkView(key) {
    const view = shownView();
    return view.walk ? view.walk(key) : D.walkOutline(key);
  }

  /** Whether an entry is in focus whose details are shown: Enter then goes to them. */
  function isChosen({ dataset }) {
    const { selected } = D.state;
    return Boolean(selected) && dataset.node !== undefined && selected.type !== "link" && Number(dataset.node) === selected.at;
  }

  function escape() {
    if (D.searching()) D.clearSearch();
    else if (D.state.selected) D.select(null);
    else if (!shownView().escape?.()) D.closeFilters();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
    if (event.key === "Escape") return escape();
    if (typing) return;
    const onMap = D.state.view === "map";
    const inPanel = event.target.closest("#filters, #details, #bar");
    if (event.key === "/") D.startSearch();
    else if (event.key === "Enter" && !inPanel && isChosen(document.activeElement)) {
      event.preventDefault();
      D.enterDetails();
    } else if (event.key.startsWith("Arrow") && !inPanel && onMap) walk(event);
    else if (event.key.startsWith("Arrow") && !inPanel && walkView(event.key)) event.preventDefault();
    else if (onMap && event.key === "+") D.viewport.zoom(1.3);
    else if (onMap && event.key === "-") D.viewport.zoom(1 / 1.3);
    else if (onMap && event.key === "0") D.viewport.fit();
    else return;
    if (event.key === "/" || onMap) event.preventDefault();
  });
})(dissensus);
