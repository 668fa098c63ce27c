/* search.js: finds claims and questions by any of their words; "/" goes here. */
(function (D) {
  const MOST = 40;
  const { page } = D;
  const holder = document.getElementById("search");
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  const haystacks = D.cards.map((_place, node) => {
    if (D.isQuestion(node)) return fold(D.question(node).label);
    const claim = D.claim(node);
    return fold([
      claim.text, claim.id, ...D.speakerNames(D.all(claim, "speakers")), ...D.all(claim, "notes"),
      ...D.all(claim, "topics").map(D.topicLabel), ...D.all(claim, "quotes").map((quote) => quote.exact),
      ...D.all(claim, "translations").map(([, text]) => text),
    ].join(" "));
  });

  D.find = (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    return D.cards.map((_place, node) => node)
      .filter((node) => D.showsNode(node) && words.every((word) => haystacks[node].includes(word)));
  };

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
    const nodes = D.find(input.value);
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
