/* details.js: the panel about what is chosen, with links to walk on. */
(function (D) {
  const { page } = D;
  const MOST_LISTED = 100;
  const panel = document.getElementById("details");

  const { glyph, step, swatches, walk } = D.details;
  const { standing, forWhom, flips, gaps, disputes, elsewhere } = D.verdicts;
  const names = (numbers) => D.speakerNames(numbers).join(", ");

  function stepButton(line) {
    if (line.link < 0) return null;
    return D.el(
      "button",
      { type: "button", class: "step", on: { click: () => D.select({ type: "link", at: line.number }) } },
      D.t("step-open"),
    );
  }

  /** One line as seen from one of its ends. */
  function relation(line, node, direction) {
    const item = D.el("li", { class: `relation ${line.kind}` });
    if (direction === "out") {
      if (line.host >= 0) item.append(step(D.lines[line.host]));
      else item.append(walk(D.SYMMETRIC.has(line.kind) ? D.otherEnd(line, node) : line.goal));
      const others = line.premises.filter((premise) => premise !== node);
      if (others.length && !D.SYMMETRIC.has(line.kind)) {
        item.append(D.el("p", { class: "joint" }, D.t("with-premises")), ...others.map(walk));
      }
    } else {
      line.premises.forEach((premise, place) => {
        if (place) item.append(D.el("p", { class: "joint" }, D.t("with-premises")));
        item.append(walk(premise));
      });
    }
    const undercuts = D.onto[line.number];
    if (undercuts.length) {
      item.append(
        D.el("p", { class: "joint undercut" }, glyph("undercut"), " ", D.t("in-undercut")),
        ...undercuts.flatMap((undercut) => undercut.premises.map(walk)),
      );
    }
    const told = linkSayers(line);
    if (told || undercuts.length || (line.link >= 0 && page.links[line.link].scheme)) {
      item.append(D.el("p", { class: "about" }, told, " ", stepButton(line)));
    }
    return item;
  }

  function linkSayers(line) {
    if (line.link < 0) return null;
    const link = page.links[line.link];
    const by = D.all(link, "speakers");
    return by.length ? D.el("span", {}, `${D.t("fact-said-by")} ${names(by)}`) : null;
  }

  /* -- parts ------------------------------------------------------------------------------ */

  function quotes(record) {
    return D.all(record, "quotes").map((quote) => {
      const source = quote.document === undefined ? null : page.documents[quote.document];
      return D.el(
        "figure",
        { class: "quote" },
        D.el(
          "blockquote", {},
          quote.prefix ? D.el("span", { class: "context" }, D.said(`${quote.prefix} `)) : null,
          D.el("q", {}, D.said(quote.exact)),
          quote.suffix ? D.el("span", { class: "context" }, D.said(` ${quote.suffix}`)) : null,
        ),
        source ? D.el("figcaption", {}, D.t("in-document"), " ", sourceLine(source)) : null,
      );
    });
  }

  function sourceLine(source) {
    const title = D.el("cite", {}, D.said(source.title));
    const parts = [safe(source.url) ? D.el("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, title) : title];
    if (source.authors) parts.push(" ", D.t("by-author", { names: source.authors.join(", ") }));
    if (source.date) parts.push(`, ${source.date}`);
    return D.el("span", {}, parts);
  }

  const safe = (url) => /^https?:\/\//i.test(url || "");

  function fact(list, key, ...values) {
    const filled = values.flat().filter(Boolean);
    if (!filled.length) return;
    list.append(D.el("dt", {}, D.t(key)), D.el("dd", {}, ...filled.flatMap((value, n) => (n ? [", ", value] : [value]))));
  }

  function facts(claim) {
    const list = D.el("dl", { class: "facts" });
    fact(list, "fact-topics", D.all(claim, "topics").map((topic) => D.said(D.topicLabel(topic))));
    fact(list, "fact-rates", rated(claim));
    fact(list, "fact-values", D.all(claim, "values").map((value) => D.said(page.values[value])));
    fact(list, "fact-scopes", D.all(claim, "scopes").map((topic) => D.said(D.topicLabel(topic))));
    if (claim.strength !== undefined) fact(list, "fact-strength", D.t("fact-strength-text", { n: claim.strength }));
    fact(list, "fact-name", D.el("code", {}, claim.id));
    return list;
  }

  function rated(claim) {
    const options = D.all(claim, "options").map((option) => page.options[option]).join(", ");
    const criteria = D.all(claim, "criteria").map((criterion) => page.criteria[criterion]).join(", ");
    if (!options || !criteria) return [options || criteria].filter(Boolean).map(D.said);
    return [D.said(D.t("fact-rates-text", { option: options, criterion: criteria }))];
  }

  function stances(node) {
    const found = page.stances.filter((stance) => stance.claim === node);
    const of = (accepts) => found.filter((stance) => Boolean(stance.accepts) === accepts).map((stance) => stance.speaker);
    return [["accepted-by", of(true)], ["rejected-by", of(false)]]
      .filter(([, speakers]) => speakers.length)
      .map(([key, speakers]) => D.el("p", { class: "stance" }, D.t(key, { names: names(speakers) })));
  }

  function spoken(record) {
    const by = D.all(record, "speakers");
    const reporters = D.all(record, "reporters");
    const parts = [D.el("strong", {}, swatches(by), D.said(D.speakerLine(record)))];
    if (record.saidOn) parts.push(" ", D.t("said-on", { date: record.saidOn }));
    if (reporters.length) parts.push(D.el("span", { class: "reported" }, `, ${D.t("reported-by", { names: names(reporters) })}`));
    return D.el("p", { class: "spoken" }, parts);
  }

  function section(title, items, kind, n = items.length) {
    if (!items.length) return null;
    if (n > items.length) items.push(D.el("li", { class: "about" }, D.t("found-more", { n: n - items.length })));
    return D.el(
      "section", {},
      D.el("h3", { class: kind }, kind ? glyph(kind) : null, kind ? " " : null, title, D.el("span", { class: "n" }, ` ${n}`)),
      D.el("ul", { class: "relations" }, items),
    );
  }

  /* -- the three kinds of thing ----------------------------------------------------------- */

  function aboutClaim(node) {
    const claim = D.claim(node);
    const questions = D.all(claim, "questions").map((number) => D.questionNode(number));
    return [
      D.el("p", { class: "sort" }, D.t(claim.kind === "claim" ? "claim" : `${claim.kind}-kind`)),
      D.el("h2", { lang: claim.language }, D.said(claim.text)),
      spoken(claim),
      quotes(claim),
      standing(node),
      forWhom(node),
      claim.needsBacking ? D.el("p", { class: "note" }, D.t("needs-backing")) : null,
      D.all(claim, "notes").map((note) => D.el("p", { class: "note" }, `${D.t("note")}: `, D.said(note))),
      stances(node),
      elsewhere(),
      disputes(node),
      gaps(node),
      D.relationsOf(node).map((group) =>
        section(group.title, group.lines.slice(0, MOST_LISTED).map((line) => relation(line, node, group.direction)), group.kind, group.lines.length)),
      flips(node),
      section(D.t("fact-questions"), questions.map((question) => D.el("li", {}, walk(question))), "answer"),
      D.all(claim, "translations").map(([language, text]) =>
        D.el("p", { class: "note", lang: language }, `${D.t("translation", { language })}: `, D.said(text))),
      facts(claim),
    ];
  }

  function aboutQuestion(node) {
    const question = D.question(node);
    const rivals = new Set(D.all(question, "rivals"));
    const answers = D.answersTo(node);
    const item = (answer) => D.el("li", {}, walk(answer));
    return [
      D.el("p", { class: "sort" }, D.t(question.exclusive ? "question-exclusive" : "question")),
      D.el("h2", {}, D.said(question.label)),
      section(D.t(question.exclusive ? "rivals" : "answers"), answers.filter((a) => rivals.has(a)).map(item), "answer"),
      section(D.t("answers"), answers.filter((a) => !rivals.has(a)).map(item), "answer"),
      answers.length ? null : D.el("p", { class: "note" }, D.t("answers-none")),
    ];
  }

  function aboutLink(number) {
    const line = D.lines[number];
    const link = page.links[line.link];
    const list = D.el("dl", { class: "facts" });
    fact(list, "fact-scheme", link.scheme ? D.said(link.scheme) : null);
    if (link.strength !== undefined) fact(list, "fact-strength", D.t("fact-strength-text", { n: link.strength }));
    if (!link.unnamed) fact(list, "fact-name", D.el("code", {}, link.id));
    return [
      D.el("p", { class: "sort" }, D.t("step")),
      D.el("h2", {}, glyph(line.kind), " ", D.t(`noun-${line.kind}`)),
      D.all(link, "speakers").length ? spoken(link) : null,
      quotes(link),
      section(D.t(line.premises.length > 1 ? "step-from-joint" : "step-from"), line.premises.map((p) => D.el("li", {}, walk(p)))),
      section(D.t("step-to"), [D.el("li", {}, line.goal >= 0 ? walk(line.goal) : step(D.lines[line.host]))]),
      section(D.t("in-undercut"), D.onto[number].map((undercut) => relation(undercut, -1, "in")), "undercut"),
      list,
    ];
  }

  /** Puts the focus on what was chosen, in the view that is shown, so that keys go on from there. */
  function goBack({ type, at }) {
    const own = type === "link" ? `[data-line="${at}"]` : `[data-node="${at}"]`;
    const shown = [...document.querySelectorAll(`.view:not([hidden]) button${own}, .view:not([hidden]) ${own}[tabindex]`)];
    const entry = shown[0] || document.querySelector(".view:not([hidden]) [role=tree]");
    (entry || document.getElementById("main")).focus({ preventScroll: true });
  }

  D.enterDetails = () => panel.querySelector(".close")?.focus();

  function show(state, before) {
    const { selected } = state;
    const inside = panel.contains(document.activeElement);
    const same = before && before.selected === selected;
    if (same && before.audience === state.audience && before.view === state.view) return;
    panel.hidden = !selected;
    document.body.classList.toggle("detailed", Boolean(selected));
    if (!selected) {
      if (inside) queueMicrotask(() => goBack(before.selected));
      return;
    }
    const contents =
      selected.type === "link" ? aboutLink(selected.at)
        : selected.type === "question" ? aboutQuestion(selected.at)
          : aboutClaim(selected.at);
    const close = D.button(D.t("close"), { class: "close", on: { click: () => D.select(null) } }, "×");
    panel.replaceChildren(close, ...contents.flat(2).filter(Boolean));
    if (!same) panel.scrollTop = 0;
    if (inside) D.enterDetails();
  }

  D.onChange(show);
})(dissensus);
