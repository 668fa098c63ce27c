/* live.js: keeps the map up with the files. After a save the page is loaded anew and put back where
   the reader was; a fault shows in a panel, and the last sound map stays. */
"use strict";
const live = {};

(function (L) {
  const STRINGS = {
    "query": "Query",
    "faults-one": "1 fault: the map shows the last sound state",
    "faults-many": "{n} faults: the map shows the last sound state",
    "faults-first-one": "1 fault: mend it, and the map appears",
    "faults-first-many": "{n} faults: mend them, and the map appears",
    "more": "and {n} more",
    "mend": "Mend: {remedy}",
    "hide": "Hide",
    "show": "Faults: {n}",
    "away": "The server does not answer. The map shows what was there last.",
    "updated": "Updated from the files",
    "new-one": "1 new claim",
    "new-many": "{n} new claims",
    "go-to": "Show it",
    "waiting": "The claims have changed. The map follows when you are done.",
  };
  const PLACE = "dissensus-place";
  const QUIET = 600;
  const GRACE = 4000;

  const D = typeof dissensus === "undefined" ? null : dissensus;
  const settings = JSON.parse(document.getElementById("live").textContent);

  L.t = (key, values = {}) => STRINGS[key].replace(/\{(\w+)\}/g, (_whole, name) => String(values[name]));

  L.el = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
      else if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  };

  const tools = document.getElementById("tools");
  L.tool = (element) => tools && tools.prepend(element);
  L.tool(L.el("a", { class: "live-tool", href: "/query" }, L.t("query")));

  /* -- where the reader is ------------------------------------------------------------------ */

  const nodeId = (node) => (D.isQuestion(node) ? ["question", D.question(node).id] : ["claim", D.claim(node).id]);

  function nodeOf([type, id]) {
    const at = D.ids[type].get(id);
    if (at === undefined) return -1;
    return type === "question" ? D.questionNode(at) : at;
  }

  /** The middle of the map's view, beside a card that will be there again: the chosen one if it can
      be seen, else the one nearest to the middle. */
  function mapPlace() {
    const seen = D.viewport.seen();
    const middle = { x: seen.left + seen.width / 2, y: seen.top + seen.height / 2 };
    const { selected } = D.state;
    let anchor = selected && selected.type !== "link" ? selected.at : -1;
    const far = (node) => Math.hypot(D.cards[node].x - middle.x, D.cards[node].y - middle.y);
    if (anchor < 0 || far(anchor) > Math.hypot(seen.width, seen.height) / 2) {
      anchor = D.cards.reduce((best, _card, node) => (best < 0 || far(node) < far(best) ? node : best), -1);
    }
    const card = anchor < 0 ? { left: 0, top: 0 } : D.cards[anchor];
    return {
      anchor: anchor < 0 ? null : nodeId(anchor),
      middle, beside: [middle.x - card.left, middle.y - card.top], scale: D.viewport.at.scale,
    };
  }

  function returnOnMap({ anchor, middle, beside, scale }) {
    const node = anchor ? nodeOf(anchor) : -1;
    const left = node < 0 ? middle.x : D.cards[node].left + beside[0];
    const top = node < 0 ? middle.y : D.cards[node].top + beside[1];
    D.viewport.open({ left, top, width: 0, height: 0 }, { least: scale, most: scale });
  }

  const scrolled = () => [...document.querySelectorAll("[id]")].filter((element) => element.scrollTop > 0);
  const folds = (open) => [...document.querySelectorAll(`.view .fold[aria-expanded="${open}"]`)];
  const foldOf = (fold) => nodeId(Number(fold.parentElement.querySelector("[data-node]").dataset.node)).join(" ");
  const search = () => document.querySelector("#search input");
  const frames = () => [...document.querySelectorAll(".view:not([hidden]) .frame")];
  const sections = () => [...document.querySelectorAll(".view:not([hidden]) details, #filters details")];
  const KEPT_FOCUS = ["point", "view"];

  /** What a section that unfolds is called: after the point, the claim or the panel that it is part of. */
  function sectionName(section) {
    const owner = section.closest(".point, li, [id]");
    const within = owner.querySelector("[data-point], [data-node]");
    const name = owner.id || (!within ? "" : within.dataset.point || nodeId(Number(within.dataset.node)).join(" "));
    return `${name} ${section.className}`;
  }

  function focusPlace() {
    const focus = document.activeElement;
    if (focus === search()) return "search";
    if (focus.dataset.node !== undefined) return nodeId(Number(focus.dataset.node));
    const kept = KEPT_FOCUS.find((name) => focus.dataset[name] !== undefined);
    return kept ? { selector: `button[data-${kept}="${CSS.escape(focus.dataset[kept])}"]` } : null;
  }

  function returnFocus(place) {
    if (place === "search") return search()?.focus();
    if (place?.selector) return document.querySelector(place.selector)?.focus({ preventScroll: true });
    if (!place || nodeOf(place) < 0) return undefined;
    return document.querySelector(`.view:not([hidden]) [data-node="${nodeOf(place)}"]`)?.focus({ preventScroll: true });
  }

  function save() {
    if (!D) return;
    const place = {
      map: D.state.view === "map" ? mapPlace() : null,
      scrolled: scrolled().map((element) => [element.id, element.scrollTop]),
      aside: frames().map((frame) => frame.scrollLeft),
      folded: folds(false).map(foldOf),
      unfolded: D.unfolded ? D.unfolded() : [],
      sections: sections().map((section) => [sectionName(section), section.open]),
      points: document.querySelectorAll("#disagreements .point").length,
      guide: !document.getElementById("filters").hidden,
      search: search() ? search().value : "",
      focus: focusPlace(),
      claims: D.page.claims.map((claim) => claim.id),
    };
    try {
      sessionStorage.setItem(PLACE, JSON.stringify(place));
    } catch {
      /* No room: the address keeps the view, the choice and the filters all the same. */
    }
  }

  function restore() {
    const text = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    if (!D || !text) return;
    const place = JSON.parse(text);
    const filters = document.getElementById("filters");
    if (filters.hidden === place.guide) document.querySelector('[aria-controls="filters"]')?.click();
    if (place.search && search()) {
      search().value = place.search;
      search().dispatchEvent(new Event("input", { bubbles: true }));
    }
    const folded = new Set(place.folded);
    for (const fold of folds(true)) if (folded.has(foldOf(fold))) fold.click();
    if (place.unfolded.length) D.unfold?.(place.unfolded);
    if (place.points > document.querySelectorAll("#disagreements .point").length) document.querySelector("#disagreements .more")?.click();
    const opened = new Map(place.sections);
    for (const section of sections()) section.open = opened.get(sectionName(section)) ?? section.open;
    returnFocus(place.focus);
    if (place.map && D.state.view === "map") returnOnMap(place.map);
    for (const [id, top] of place.scrolled) document.getElementById(id)?.scrollTo(0, top);
    frames().forEach((frame, n) => { frame.scrollLeft = place.aside[n] || 0; });
    const known = new Set(place.claims);
    tell(D.page.claims.map((_claim, node) => node).filter((node) => !known.has(D.claim(node).id)));
  }

  /* -- notes -------------------------------------------------------------------------------- */

  const notes = L.el("div", { class: "live-notes", role: "status" });
  document.body.append(notes);

  /** A note that goes away by itself if it has a time. */
  L.note = (name, text, { action = null, time = 0 } = {}) => {
    L.unnote(name);
    const note = L.el("p", { class: "live-note", "data-note": name }, text, action);
    notes.append(note);
    if (time) setTimeout(() => note.remove(), time);
  };
  L.unnote = (name) => notes.querySelector(`[data-note="${name}"]`)?.remove();

  function tell(fresh) {
    if (!fresh.length) return L.note("updated", L.t("updated"), { time: 3000 });
    const go = () => {
      D.selectNode(fresh[0]);
      L.unnote("updated");
    };
    const text = L.t(fresh.length === 1 ? "new-one" : "new-many", { n: fresh.length });
    return L.note("updated", text, { action: L.el("button", { type: "button", on: { click: go } }, L.t("go-to")), time: 9000 });
  }

  /* -- faults ------------------------------------------------------------------------------- */

  const panel = L.el("div", { class: "live-faults", role: "alert", hidden: true });
  document.body.append(panel);
  let told = "";

  function faultItem(fault) {
    const place = fault.line ? `${fault.file}:${fault.line}:${fault.column || 1}` : fault.file;
    return L.el(
      "li", {},
      L.el("code", {}, place), " ", L.el("bdi", {}, fault.message),
      fault.remedy ? L.el("p", { class: "mend" }, L.t("mend", { remedy: fault.remedy })) : null,
    );
  }

  function showFaults({ faults, more }) {
    const now = JSON.stringify(faults);
    if (now === told) return;
    told = now;
    panel.hidden = faults.length === 0;
    const n = faults.length + more;
    const list = L.el("ol", {}, ...faults.map(faultItem));
    const button = L.el("button", { type: "button", "aria-expanded": "true" }, L.t("hide"));
    button.addEventListener("click", () => {
      list.hidden = !list.hidden;
      button.setAttribute("aria-expanded", String(!list.hidden));
      button.textContent = list.hidden ? L.t("show", { n }) : L.t("hide");
    });
    const key = `faults${D ? "" : "-first"}-${n === 1 ? "one" : "many"}`;
    if (more) list.append(L.el("li", { class: "more" }, L.t("more", { n: more })));
    panel.replaceChildren(L.el("p", { class: "head" }, L.el("strong", {}, L.t(key, { n })), button), list);
  }

  /* -- following ---------------------------------------------------------------------------- */

  let held = false;
  let due = false;
  L.busy = () => false; /* whether the reader is in the middle of writing something */

  /** Loads the page anew, not too often, and not while the reader drags the map or writes. */
  L.renew = () => {
    if (L.busy()) L.note("waiting", L.t("waiting"));
    if (held || L.busy()) {
      due = true;
      return;
    }
    due = false;
    setTimeout(() => {
      try {
        save();
      } finally {
        window.location.reload();
      }
    }, Math.max(0, QUIET - performance.now()));
  };
  L.resume = () => {
    L.unnote("waiting");
    if (due) L.renew();
  };
  window.addEventListener("pointerdown", () => { held = true; }, true);
  for (const event of ["pointerup", "pointercancel", "blur"]) {
    window.addEventListener(event, () => { held = false; L.resume(); }, true);
  }

  let away = 0;
  const events = new EventSource("/events");
  events.addEventListener("open", () => {
    clearTimeout(away);
    L.unnote("away");
  });
  events.addEventListener("error", () => {
    clearTimeout(away);
    away = setTimeout(() => L.note("away", L.t("away")), GRACE);
  });
  events.addEventListener("message", (event) => {
    const news = JSON.parse(event.data);
    document.documentElement.dataset.version = news.version;
    showFaults(news);
    if (news.page && news.page !== settings.page) L.renew();
  });

  restore();
})(live);
