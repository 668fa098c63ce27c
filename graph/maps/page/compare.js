/* compare.js: claims in tables of two dimensions, such as options by criteria. What the claims of
   several tables have in common is no row or column: options that share no criterion, even through
   others, are tables apart. */
(function (D) {
  const { page } = D;
  const element = D.el("section", { id: "compare", class: "view lists", "aria-label": D.t("compare-label") });
  const labels = (records) => records.map((record) => record.label);
  const DIMENSIONS = {
    option: { field: "options", labels: page.options },
    criterion: { field: "criteria", labels: page.criteria },
    speaker: { field: "speakers", labels: labels(page.speakers) },
    topic: { field: "topics", labels: labels(page.topics) },
    question: { field: "questions", labels: labels(page.questions) },
    value: { field: "values", labels: page.values },
  };
  const available = Object.keys(DIMENSIONS).filter((name) => page.claims.some((claim) => claim[DIMENSIONS[name].field]));
  const both = available.includes("option") && available.includes("criterion");
  const [startRows, startColumns] = both ? ["option", "criterion"] : [available[1] || null, available[0] || null];
  const ATTACKS = new Set(["rebuttal", "contradiction"]);

  D.addSetting({ name: "rows", none: startRows, view: "compare", ...D.oneOf(available) });
  D.addSetting({ name: "columns", none: startColumns, view: "compare", ...D.oneOf(available) });

  /* -- cells ------------------------------------------------------------------------------ */

  function attackers(node) {
    const lines = [...D.into[node], ...D.from[node].filter((line) => D.SYMMETRIC.has(line.kind))];
    const found = lines.filter((line) => ATTACKS.has(line.kind) && D.showsLine(line));
    return [...new Set(found.flatMap((line) => (D.SYMMETRIC.has(line.kind) ? [D.otherEnd(line, node)] : line.premises)))];
  }

  function entry(node) {
    const against = attackers(node);
    return D.el(
      "li", {},
      D.mention(node, { extra: D.el("span", { "data-degree": node }, D.degree(node)) }),
      against.length
        ? D.el(
          "details", { class: "against" },
          D.el("summary", { "data-stop": true }, D.details.glyph("rebuttal"), " ", D.count("rebutted", against.length)),
          D.mentions(against),
        )
        : null,
    );
  }

  /* -- tables ----------------------------------------------------------------------------- */

  /** Row → column → claims, for the claims that are shown. */
  function cellsOf(rows, columns) {
    const cells = new Map();
    page.claims.forEach((claim, node) => {
      if (!D.showsNode(node)) return;
      for (const row of D.all(claim, DIMENSIONS[rows].field)) {
        for (const column of D.all(claim, DIMENSIONS[columns].field)) {
          if (!cells.has(row)) cells.set(row, new Map());
          if (!cells.get(row).has(column)) cells.get(row).set(column, []);
          cells.get(row).get(column).push(node);
        }
      }
    });
    return cells;
  }

  /** The rows of each table: rows that have a column in common, or are so joined through others. */
  function tablesOf(cells, order) {
    const left = new Set(order);
    const rowsAt = new Map();
    for (const [row, columns] of cells) {
      for (const column of columns.keys()) rowsAt.set(column, [...(rowsAt.get(column) || []), row]);
    }
    const tables = [];
    for (const first of order) {
      if (!left.delete(first)) continue;
      const rows = new Set([first]);
      for (const row of rows) {
        for (const column of cells.get(row).keys()) {
          for (const other of rowsAt.get(column)) if (left.delete(other)) rows.add(other);
        }
      }
      tables.push(order.filter((row) => rows.has(row)));
    }
    return tables;
  }

  const byLabel = (names) => (a, b) => (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : a - b);

  /** The same cells with rows and columns changed over. */
  function turned(cells) {
    const found = new Map();
    for (const [row, columns] of cells) {
      for (const [column, claims] of columns) {
        if (!found.has(column)) found.set(column, new Map());
        found.get(column).set(row, claims);
      }
    }
    return found;
  }

  /** A table; one that would be a single long row is set upright. */
  function table(cells, rows, rowName, columnName) {
    if (rows.length === 1 && cells.get(rows[0]).size > 3) {
      const upright = turned(new Map([[rows[0], cells.get(rows[0])]]));
      const order = [...upright.keys()].sort(byLabel(DIMENSIONS[columnName].labels));
      return table(upright, order, columnName, rowName);
    }
    const columns = [...new Set(rows.flatMap((row) => [...cells.get(row).keys()]))].sort(byLabel(DIMENSIONS[columnName].labels));
    const n = new Set(rows.flatMap((row) => [...cells.get(row).values()].flat())).size;
    const head = (name, at) => (name === "speaker" ? D.speakerHead(at) : D.said(DIMENSIONS[name].labels[at]));
    return D.table({
      kind: "comparison",
      caption: D.t("compare-caption", { rows: D.count(`dimension-${rowName}`, rows.length), columns: D.count(`dimension-${columnName}`, columns.length), claims: D.count("claims", n) }),
      corner: D.t(`dimension-${rowName}`),
      columns: columns.map((column) => head(columnName, column)),
      rows: rows.map((row) => ({
        label: head(rowName, row),
        cells: columns.map((column) => {
          const claims = cells.get(row).get(column);
          return claims ? D.el("ul", { class: "mentions" }, claims.map(entry)) : null;
        }),
      })),
    });
  }

  /* -- the view --------------------------------------------------------------------------- */

  function choice(name) {
    const other = name === "rows" ? "columns" : "rows";
    const select = D.el(
      "select",
      {
        on: {
          change: () => {
            const swap = select.value === D.state[other] ? { [other]: D.state[name] } : {};
            D.go({ [name]: select.value, ...swap });
          },
        },
      },
      available.map((dimension) => D.el("option", { value: dimension, selected: dimension === D.state[name] }, D.t(`dimension-${dimension}`))),
    );
    return D.el("label", { class: name }, D.t(`compare-${name}`), " ", select);
  }

  function contents(state) {
    if (available.length < 2) {
      const only = available.map((name) => D.t("compare-only", { name: D.t(`dimension-${name}`).toLowerCase() }));
      return [D.el("p", { class: "note" }, [D.t("compare-nothing"), ...only].join(" "))];
    }
    const { rows, columns } = state.rows === state.columns ? { rows: startRows, columns: startColumns } : state;
    const cells = cellsOf(rows, columns);
    const order = [...cells.keys()].sort(byLabel(DIMENSIONS[rows].labels));
    const tables = tablesOf(cells, order).map((among) => table(cells, among, rows, columns));
    return [
      D.el(
        "div", { class: "tools" }, choice("rows"), choice("columns"),
        D.el("button", { type: "button", class: "swap", on: { click: () => D.go({ rows: columns, columns: rows }) } }, D.t("compare-swap")),
      ),
      ...(tables.length ? tables : [D.el("p", { class: "note" }, D.t("compare-none"))]),
    ];
  }

  let found = null;
  let signature = null;

  D.addView({
    id: "compare",
    label: D.t("view-compare"),
    element,
    mark(nodes) {
      found = nodes;
      D.markMentions(element, found);
    },
    update(state, before) {
      const now = JSON.stringify([Object.values(state.without).map((hidden) => [...hidden].sort()), state.rows, state.columns]);
      if (now !== signature) {
        signature = now;
        const focused = ["rows", "columns"].find((name) => element.querySelector(`.${name} select`) === document.activeElement);
        element.replaceChildren(D.el("h2", {}, D.t("compare-title")), D.el("p", { class: "about" }, D.t("compare-long")), ...contents(state));
        if (focused) element.querySelector(`.${focused} select`)?.focus();
      }
      D.markMentions(element, found);
      D.revealMention(element, state, before);
    },
    walk: (key) => D.walkStops(element, key),
  });
})(dissensus);
