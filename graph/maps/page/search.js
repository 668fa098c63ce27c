/* search.js: finds claims and questions by any of their words; "/" goes here. */
(function (D) {
  const MOST = 40;
  const SLICE = 2500;
  const { page } = D;
  const holder = document.getElementById("search");
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  const haystacks = [];

  function haystack(node) {
    if (D.isQuestion(node)) return fold(D.question(node).label);
    const claim = D.claim(node);
    return fold([
      claim.text, claim.id, ...D.speakerNames(D.all(claim, "speakers")), ...D.all(claim, "notes"),
      ...D.all(claim, "topics").map(D.topicLabel), ...D.all(claim, "quotes").map((quote) => quote.exact),
      ...D.all(claim, "translations").map(([, text]) => text),
    ].join(" "));
  }

  /** Looks through all texts in slices, so that typing goes on meanwhile; a newer search ends it. */
  let current = 0;
  function find(query, then) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    const mine = (current += 1);
    if (!words.length) return then(null);
    const nodes = [];
    const last = D.page.claims.length + page.questions.length;
    const look = (from) => {
      if (mine !== current) return;
      const end = Math.min(last, from + SLICE);
      for (let node = from; node < end; node += 1) {
        if (!D.showsNode(node)) continue;
        haystacks[node] ??= haystack(node);
        if (words.every((word) => haystacks[node].includes(word))) nodes.push(node);
      }
      if (end === last) then(nodes);
      else setTimeout(look, 0, end);
    };
    look(0);
  }

  const input = D.el("input", {
    type: "search", placeholder: D.t("search-hint"), "aria-label": D.t("search"), autocomplete: "off", spellcheck: "false",
    on: {
      input: update,
      focus: update,
      keydown: (event) => {
        if (event.key === "Enter") list.querySelector("button")?.click();
        else if (event.key === "ArrowDown") list.querySelector("button")?.focus();
        else if (event.key === "Escape") D.clearSearch();
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  });
  const list = D.el("ul", { "aria-label": D.t("search-results") });
  const count = D.el("p", { class: "n" });
  const results = D.el("div", { id: "results", hidden: true }, count, list);

  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown") (buttons[at + 1] || buttons[at]).focus();
    else if (event.key === "ArrowUp") (buttons[at - 1] || input).focus();
    else if (event.key === "Escape") D.clearSearch();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function item(node) {
    const link = D.details.walk(node);
    link.addEventListener("click", () => {
      results.hidden = true;
      D.focusNode(node);
    });
    return D.el("li", {}, link);
  }

  function update() {
    find(input.value, show);
  }

  function show(nodes) {
    results.hidden = nodes === null;
    D.found(nodes);
    if (nodes === null) return;
    count.textContent = nodes.length ? D.count("found", nodes.length) : D.t("found-none");
    if (nodes.length > MOST) count.append(` (${D.t("found-more", { n: nodes.length - MOST })})`);
    D.announce(count.textContent);
    list.replaceChildren(...nodes.slice(0, MOST).map(item));
  }

  D.clearSearch = () => {
    input.value = "";
    update();
    input.blur();
  };
  D.searching = () => input.value !== "";
  D.startSearch = () => {
    input.focus();
    input.select();
  };

  holder.append(input, results);
  document.addEventListener("pointerdown", (event) => {
    if (!holder.contains(event.target)) results.hidden = true;
  });
})(dissensus);
