/* query.js: the query pane. Asks /sparql like any other client; text is only ever set as text. */
"use strict";
(function () {
  const $ = (id) => document.getElementById(id);
  const text = $("text");
  const MOST_SHOWN = 500;
  const MOST_PAINTED = 40000;
  const ROWS = "application/sparql-results+json";
  const GRAPH = "text/turtle";
  const FILES = {
    rows: [["CSV", "text/csv", "csv"], ["TSV", "text/tab-separated-values", "tsv"], ["JSON", ROWS, "srj"], ["XML", "application/sparql-results+xml", "srx"]],
    boolean: [["JSON", ROWS, "srj"], ["XML", "application/sparql-results+xml", "srx"]],
    graph: [["Turtle", GRAPH, "ttl"], ["N-Triples", "application/n-triples", "nt"], ["RDF/XML", "application/rdf+xml", "rdf"]],
  };
  const START = "SELECT ?claim ?text\nWHERE {\n  ?claim a d:Claim ; d:text ?text .\n}\nLIMIT 100\n";

  let saved = [];
  let prefixes = {};
  let claims = {};
  let meanings = new Map(); /* of the columns of the saved query in the editor */
  let running = null;

  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
      else if (value !== null) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /* -- the editor: a transparent textarea over the same text in colours ----------------------- */

  const WORDS = new Set((
    "base prefix select distinct reduced construct describe ask where from named optional union minus graph service silent filter exists "
    + "not in bind values undef as group by having order asc desc limit offset a true false count sum min max avg sample group_concat "
    + "separator str lang langmatches datatype bound iri uri bnode rand abs ceil floor round concat strlen substr ucase lcase strstarts "
    + "strends contains strbefore strafter year month day hours minutes seconds timezone tz now uuid struuid md5 sha1 sha256 sha512 "
    + "coalesce if strlang strdt sameterm isiri isuri isblank isliteral isnumeric regex replace encode_for_uri"
  ).split(" "));
  const TOKEN = /(#[^\n]*)|(<[^<>"{}|^`\\\s]*>)|("""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|([?$]\w+)|([A-Za-z][\w.-]*:[\w.-]*|:[\w-]+)|([A-Za-z_]+)/g;
  const CLASSES = [null, "comment", "name", "string", "variable", "name", "word"];

  function paint() {
    const value = text.value;
    const pieces = [];
    let at = 0;
    if (value.length <= MOST_PAINTED) {
      for (const match of value.matchAll(TOKEN)) {
        const kind = match.findIndex((group, index) => index > 0 && group !== undefined);
        if (kind === 6 && !WORDS.has(match[0].toLowerCase())) continue;
        pieces.push(value.slice(at, match.index), el("span", { class: CLASSES[kind] }, match[0]));
        at = match.index + match[0].length;
      }
    }
    /* The last line is as high as the others even if it is empty. */
    $("paint").replaceChildren(...pieces, value.slice(at), "\n");
    mark(0);
    follow();
  }

  function mark(line) {
    const count = text.value.split("\n").length;
    const numbers = Array.from({ length: count }, (_none, index) => index + 1);
    $("lines").replaceChildren(...numbers.map((n) => el("div", { class: n === line ? "bad" : null }, String(n))));
    $("lines").scrollTop = text.scrollTop;
  }

  function follow() {
    $("paint").scrollTop = text.scrollTop;
    $("paint").scrollLeft = text.scrollLeft;
    $("lines").scrollTop = text.scrollTop;
  }

  text.addEventListener("input", paint);
  text.addEventListener("scroll", follow);
  new ResizeObserver(() => {
    $("lines").style.height = `${text.offsetHeight}px`;
    follow();
  }).observe(text);

  function write(word) {
    text.setRangeText(word, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    paint();
  }

  function goTo(line, column) {
    const before = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const place = Math.min(text.value.length, before + column - 1);
    text.focus();
    text.setSelectionRange(place, place);
    text.scrollTop = Math.max(0, (line - 6) * 20);
    mark(line);
  }

  /* -- asking --------------------------------------------------------------------------------- */

  const ask = (query, accept, signal) =>
    fetch("/sparql", { method: "POST", body: query, signal, headers: { "Content-Type": "application/sparql-query", "Accept": accept } });

  async function run() {
    if (running) running.abort();
    const query = text.value;
    const mine = new AbortController();
    running = mine;
    $("run").textContent = "Stop";
    $("status").textContent = "Running …";
    $("error").hidden = true;
    $("stale").hidden = true;
    mark(0);
    const started = performance.now();
    try {
      const response = await ask(query, `${ROWS}, ${GRAPH}`, mine.signal);
      const body = await response.text();
      const seconds = ((performance.now() - started) / 1000).toFixed(2);
      if (response.ok) show(query, response.headers.get("Content-Type"), body, seconds);
      else complain(body);
    } catch (error) {
      if (running !== mine) return; /* another query has been asked meanwhile */
      if (error.name === "AbortError") $("status").textContent = "Stopped.";
      else complain("The server does not answer.");
    }
    running = null;
    $("run").textContent = "Run";
  }

  /** "query:2:14: what is wrong", then the line and a caret. */
  function complain(message) {
    $("status").textContent = "";
    $("answer").hidden = true;
    const [first, ...rest] = message.replace(/\s+$/, "").split("\n");
    const place = first.match(/^query:(\d+):(\d+): (.*)$/);
    const said = place ? `Line ${place[1]}, column ${place[2]}: ${place[3]}` : first;
    $("error").replaceChildren(el("strong", {}, said), rest.length ? el("pre", {}, rest.join("\n")) : "");
    $("error").hidden = false;
    if (place) goTo(Number(place[1]), Number(place[2]));
  }

  /* -- the answer ----------------------------------------------------------------------------- */

  function show(query, type, body, seconds) {
    const address = `#${new URLSearchParams({ query })}`;
    if (address !== window.location.hash) window.history.pushState(null, "", address);
    $("answer").hidden = false;
    $("filter").value = "";
    let kind = "graph";
    let said = "A graph";
    if (type.startsWith(ROWS)) {
      const answer = JSON.parse(body);
      kind = "boolean" in answer ? "boolean" : "rows";
      if (kind === "boolean") {
        said = answer.boolean ? "Yes" : "No";
        $("result").replaceChildren(el("p", { class: "boolean" }, said));
      } else {
        const { length } = answer.results.bindings;
        said = length === 1 ? "1 row" : `${length} rows`;
        table(answer.head.vars, answer.results.bindings);
      }
    } else {
      $("result").replaceChildren(el("pre", {}, body));
    }
    $("filter").parentElement.hidden = kind !== "rows";
    $("status").textContent = `${said}, ${seconds} s`;
    $("downloads").replaceChildren(...FILES[kind].map(([label, accept, ending]) =>
      el("button", { type: "button", on: { click: () => download(query, accept, ending) } }, label)));
  }

  async function download(query, accept, ending) {
    const response = await ask(query, accept);
    if (!response.ok) {
      complain(await response.text());
      return;
    }
    const address = URL.createObjectURL(await response.blob());
    el("a", { href: address, download: `answer.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  function table(names, bindings) {
    const rows = bindings.map((binding) => names.map((name) => (Object.hasOwn(binding, name) ? binding[name] : null)));
    let order = null;
    let shown = MOST_SHOWN;
    const body = el("tbody");
    const more = el("p", { class: "more" });
    const heads = names.map((name, column) => el(
      "th", { scope: "col" },
      el("button", { type: "button", title: meanings.get(name) || null, on: { click: () => sort(column) } }, name),
    ));

    function sort(column) {
      order = { column, down: Boolean(order) && order.column === column && !order.down };
      heads.forEach((head, other) => {
        if (other === column) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      draw();
    }

    function draw() {
      const wanted = $("filter").value.trim().toLowerCase();
      const kept = rows.filter((row) => !wanted || row.some((term) => term && cellText(term).toLowerCase().includes(wanted)));
      if (order) kept.sort((a, b) => (order.down ? -1 : 1) * compare(a[order.column], b[order.column]));
      body.replaceChildren(...kept.slice(0, shown).map((row) => el("tr", {}, ...row.map(cell))));
      more.hidden = kept.length <= shown;
      more.replaceChildren(el("button", { type: "button", on: { click: () => { shown = Infinity; draw(); } } }, `Show all ${kept.length} rows`));
    }

    $("filter").oninput = draw;
    draw();
    $("result").replaceChildren(el("table", {}, el("thead", {}, el("tr", {}, ...heads)), body), more);
  }

  const NUMBERS = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
  const isNumber = (term) => Boolean(term && term.datatype && NUMBERS.test(term.datatype));

  function compare(a, b) {
    if (!a || !b) return Boolean(a) - Boolean(b);
    if (isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
    return cellText(a).localeCompare(cellText(b));
  }

  /** An IRI as a prefixed name, if there is a prefix for it. */
  function short(iri) {
    let best = null;
    for (const [prefix, space] of Object.entries(prefixes)) {
      const rest = iri.slice(space.length);
      if (iri.startsWith(space) && /^[\w.-]*$/.test(rest) && (!best || space.length > best[1].length)) best = [prefix, space];
    }
    return best ? `${best[0]}:${iri.slice(best[1].length)}` : `<${iri}>`;
  }

  function cellText(term) {
    if (term.type === "uri") return Object.hasOwn(claims, term.value) ? claims[term.value] : short(term.value);
    if (term.type === "bnode") return `_:${term.value}`;
    if (term.type === "triple") return ["subject", "predicate", "object"].map((part) => cellText(term.value[part])).join(" ");
    return term.value;
  }

  function cell(term) {
    if (!term) return el("td");
    if (term.type === "uri" && Object.hasOwn(claims, term.value)) {
      const address = `/#${new URLSearchParams({ claim: claims[term.value] })}`;
      return el("td", {}, el("a", { href: address, title: term.value }, claims[term.value]));
    }
    const note = term["xml:lang"] ? `@${term["xml:lang"]}` : null;
    return el(
      "td", { class: isNumber(term) ? "number" : null, title: term.type === "uri" ? term.value : term.datatype || null },
      el("bdi", { lang: term["xml:lang"] || null }, cellText(term)),
      note ? el("span", { class: "kind" }, ` ${note}`) : null,
    );
  }

  /* -- saved queries -------------------------------------------------------------------------- */

  function about(query) {
    meanings = new Map(query ? query.columns.map(({ name, meaning }) => [name, meaning]) : []);
    $("about").textContent = query ? query.meaning : "";
    for (const button of $("saved").querySelectorAll("button")) {
      button.setAttribute("aria-current", String(Boolean(query) && button.dataset.name === query.name));
    }
  }

  /* The comments at its head say what stands above the editor and over the columns. */
  function choose(query) {
    text.value = query.text.replace(/^(?:[^\S\n]*(?:#[^\n]*)?\n)+/, "");
    text.scrollTop = 0;
    paint();
    about(query);
    run();
  }

  function list() {
    const wanted = $("find").value.trim().toLowerCase();
    const found = saved.filter((query) => `${query.name} ${query.title} ${query.meaning}`.toLowerCase().includes(wanted));
    $("saved").replaceChildren(...found.map((query) => el("li", {}, el(
      "button", { type: "button", "data-name": query.name, title: query.meaning, on: { click: () => choose(query) } },
      query.title, query.own ? el("span", { class: "own" }, " · your own") : null,
    ))));
  }

  const words = (id, list) => $(id).replaceChildren(...list.map(([word, title]) =>
    el("button", { type: "button", title, on: { click: () => write(word) } }, word)));

  async function load() {
    const [pane, names] = await Promise.all(["/queries", "/names"].map(async (path) => (await fetch(path)).json()));
    claims = names.claims;
    saved = pane.queries;
    prefixes = pane.prefixes;
    $("saved-faults").textContent = pane.faults.join("\n");
    $("saved-faults").hidden = pane.faults.length === 0;
    words("classes", pane.classes.map((name) => [`d:${name}`, ""]));
    words("properties", pane.properties.map((name) => [`d:${name}`, ""]));
    words("prefixes", Object.entries(prefixes).map(([prefix, space]) => [`${prefix}:`, space]));
    list();
  }

  $("find").addEventListener("input", list);
  $("run").addEventListener("click", () => (running ? running.abort() : run()));
  text.addEventListener("input", () => about(null));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });

  /* The first event tells how things are; a later one, that they have changed. */
  let version = 0;
  new EventSource("/events").addEventListener("message", (event) => {
    const news = JSON.parse(event.data);
    if (version && news.version !== version) {
      $("stale").hidden = $("answer").hidden;
      load();
    }
    version = news.version;
  });

  const given = () => new URLSearchParams(window.location.hash.slice(1));
  function fill() {
    text.value = given().get("query") || START;
    paint();
  }
  window.addEventListener("popstate", fill);
  fill();
  load().then(() => {
    const query = saved.find((one) => one.name === given().get("saved"));
    if (query) choose(query);
    else if (given().has("query")) run();
  });
})();
