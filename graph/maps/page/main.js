/* main.js: puts the page together and starts it. */
(function (D) {
  const main = document.getElementById("main");
  const tools = document.getElementById("tools");
  const tabs = document.getElementById("views");
  const filters = document.getElementById("filters");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  /* Views. */
  const tabOf = new Map();
  for (const view of D.views) {
    const tab = D.el("button", { type: "button", "data-view": view.id, on: { click: () => D.go({ view: view.id }) } }, view.label);
    tabOf.set(view.id, tab);
    tabs.append(tab);
    view.element.hidden = true;
    main.append(view.element);
  }

  function showView(state, before) {
    for (const view of D.views) {
      const now = view.id === state.view;
      view.element.hidden = !now;
      tabOf.get(view.id).setAttribute("aria-pressed", String(now));
    }
    document.body.dataset.view = state.view;
    const view = D.views.find((candidate) => candidate.id === state.view);
    view.update(state, before);
    if (before && before.view !== state.view) view.mark(found);
  }

  /* What a search found, or null, is marked in the view that is shown. */
  let found = null;
  D.found = (nodes) => {
    found = nodes === null ? null : new Set(nodes);
    D.views.find((view) => view.id === D.state.view).mark(found);
  };
  D.focusNode = (node) => {
    if (D.state.view === "map") D.focusCard(node);
  };

  /* Theme. */
  const THEMES = ["", "light", "dark"];
  const themeButton = D.button("", {
    class: "theme",
    on: { click: () => D.go({ theme: THEMES[(THEMES.indexOf(D.state.theme) + 1) % THEMES.length] }, { step: false }) },
  });

  function showTheme(state) {
    const theme = state.theme || (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = theme;
    const label = D.t(`theme-${state.theme || "auto"}`);
    themeButton.textContent = D.t(`theme-${state.theme || "auto"}-short`);
    themeButton.title = label;
    themeButton.setAttribute("aria-label", label);
  }
  dark.addEventListener("change", () => D.go({}, { step: false }));

  /* The left panel: beside the map where there is room, over it where there is not. */
  const guideButton = D.el(
    "button",
    { type: "button", class: "guide", "aria-controls": "filters", on: { click: () => showFilters(filters.hidden) } },
    D.t("filters-toggle"),
  );
  function showFilters(open) {
    filters.hidden = !open;
    guideButton.setAttribute("aria-expanded", String(open));
    if (open && D.narrow()) filters.querySelector("summary, button, input")?.focus();
  }
  D.closeFilters = () => {
    if (D.narrow()) showFilters(false);
  };

  if (D.page.index) tools.append(D.el("a", { class: "index", href: D.page.index }, D.t("all-topics")));
  tools.append(guideButton, themeButton);
  showFilters(!D.narrow());

  /* Paper shows what is folded, too. */
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    for (const view of D.views) if (view.beforePrint) view.beforePrint(D.state);
    unfolded = [...main.querySelectorAll(".view details:not([open])")];
    unfolded.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => {
    unfolded.forEach((details) => { details.open = false; });
  });

  D.onChange((state, before) => {
    showTheme(state);
    if (D.narrow() && before && before.selected !== state.selected) showFilters(false);
    showView(state, before);
  });
  D.startState();
  document.body.classList.add("ready");
})(dissensus);
