/* state.js: what is shown, kept in the address so that it can be sent, and gone back to.
   The address is input like any other: only known names and views are taken from it. */
(function (D) {
  const THEMES = ["", "light", "dark"];
  const FILTERS = {
    kinds: { known: new Set(D.page.styles.map((style) => style.kind)) },
    speakers: { ids: D.ids.speaker },
    topics: { ids: D.ids.topic },
  };
  const NONE = "-";

  const listeners = [];
  let written = null;

  D.state = null;

  /* Views register here, in the order of their tabs:
     { id, label, element, update(state, before), mark(found), walk(key)?, escape()?, beforePrint(state)? }. */
  D.views = [];
  D.addView = (view) => D.views.push(view);

  /* Further keys of the address: { name, none, read(texts), write(value), view? }. `read` makes a
     value of the texts given for the key, `none` if they say nothing known; `write` is the way back.
     With `view` the key is only written while that view is shown. */
  const settings = [];
  D.addSetting = (setting) => settings.push(setting);

  /** A setting that is one of some words. */
  D.oneOf = (words) => ({ read: ([word]) => (words.includes(word) ? word : null), write: (word) => [word] });
  D.defaultView = () => (D.narrow() ? "outline" : "map");

  D.onChange = (listener) => listeners.push(listener);

  function nodeOf(type, id) {
    const at = D.ids[type].get(id);
    if (at === undefined) return null;
    return { type, at: type === "question" ? D.questionNode(at) : at };
  }

  function idOf(selected) {
    if (selected.type === "link") return D.page.links[D.lines[selected.at].link].id;
    return selected.type === "question" ? D.question(selected.at).id : D.claim(selected.at).id;
  }

  function parse(hash) {
    const given = new URLSearchParams(hash.replace(/^#/, ""));
    const state = { view: D.defaultView(), selected: null, without: {}, theme: "" };
    if (D.views.some((view) => view.id === given.get("view"))) state.view = given.get("view");
    if (THEMES.includes(given.get("theme"))) state.theme = given.get("theme");
    for (const type of ["claim", "question", "link"]) {
      if (!state.selected && given.has(type)) state.selected = nodeOf(type, given.get(type));
    }
    for (const [name, filter] of Object.entries(FILTERS)) {
      const hidden = new Set();
      for (const id of given.getAll(`without-${name}`)) {
        if (filter.known && filter.known.has(id)) hidden.add(id);
        if (filter.ids && filter.ids.has(id)) hidden.add(filter.ids.get(id));
        if (filter.ids && id === NONE) hidden.add(-1);
      }
      state.without[name] = hidden;
    }
    for (const { name, none, read } of settings) {
      const value = given.has(name) ? read(given.getAll(name)) : null;
      state[name] = value === null || value === undefined ? none : value;
    }
    return state;
  }

  function print(state) {
    const out = new URLSearchParams();
    if (state.view !== D.defaultView()) out.set("view", state.view);
    if (state.selected) out.set(state.selected.type, idOf(state.selected));
    const records = { speakers: D.page.speakers, topics: D.page.topics };
    for (const [name, hidden] of Object.entries(state.without)) {
      const ids = [...hidden].map((value) => (value === -1 ? NONE : records[name] ? records[name][value].id : value));
      for (const id of ids.sort()) out.append(`without-${name}`, id);
    }
    for (const { name, none, write, view } of settings) {
      if (state[name] === none || (view && view !== state.view)) continue;
      for (const text of write(state[name])) out.append(name, text);
    }
    if (state.theme) out.set("theme", state.theme);
    return out.toString();
  }

  function notify(before) {
    for (const listener of listeners) listener(D.state, before);
  }

  /** Changes the state. Going somewhere makes a step to come back from; a setting does not. */
  D.go = (changes, { step = true } = {}) => {
    const before = D.state;
    D.state = { ...before, ...changes };
    const hash = print(D.state);
    if (hash !== written) {
      written = hash;
      if (step) window.location.hash = hash;
      else window.location.replace(`#${hash}`);
    }
    notify(before);
  };

  D.select = (selected) => D.go({ selected });
  D.selectNode = (node) => D.select({ type: D.isQuestion(node) ? "question" : "claim", at: node });

  D.startState = () => {
    D.state = parse(window.location.hash);
    written = print(D.state);
    window.addEventListener("hashchange", () => {
      const next = parse(window.location.hash);
      if (print(next) === print(D.state)) return;
      const before = D.state;
      D.state = next;
      written = print(next);
      notify(before);
    });
    notify(null);
  };

  /* Filters. */
  D.filtered = () => Object.values(D.state.without).some((hidden) => hidden.size > 0);

  D.showsNode = (node) => {
    const { speakers, topics } = D.state.without;
    if (topics.size && topics.has(D.home[node])) return false;
    if (!speakers.size || D.isQuestion(node)) return true;
    const by = D.speakersOf(node);
    return by.length ? by.some((speaker) => !speakers.has(speaker)) : !speakers.has(-1);
  };

  D.showsLine = (line) =>
    !D.state.without.kinds.has(line.kind) &&
    line.premises.every(D.showsNode) &&
    (line.goal >= 0 ? D.showsNode(line.goal) : D.showsLine(D.lines[line.host]));
})(dissensus);
