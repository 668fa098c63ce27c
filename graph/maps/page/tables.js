/* tables.js: tables with a first column that stays, whose cells may open to a list in a row below. */
(function (D) {
  /** A table in a frame of its own that scrolls sideways.
      `columns` are labels (text or element); `rows` are { label, cells, opened? } with an element or
      null for each column; `opened` is shown in a row of its own below. */
  D.table = ({ caption, corner, columns, rows, kind }) =>
    D.el(
      "div", { class: `frame ${kind}`, role: "region", tabindex: "0", "aria-label": caption },
      D.el(
        "table", {},
        D.el("caption", {}, caption),
        D.el("thead", {}, D.el("tr", {}, D.el("th", { scope: "col", class: "corner" }, corner), columns.map((label) => D.el("th", { scope: "col" }, label)))),
        D.el("tbody", {}, rows.flatMap(({ label, cells, opened }) => [
          D.el("tr", {}, D.el("th", { scope: "row" }, label), cells.map((cell) => D.el("td", { class: cell ? cell.dataset.kind : "empty" }, cell || D.el("span", { class: "unseen" }, D.t("nothing"))))),
          opened ? D.el("tr", { class: "opened" }, D.el("td", { colspan: columns.length + 1 }, D.el("div", { class: "within" }, opened))) : null,
        ])),
      ),
    );

  /** A cell that opens and closes a list; `open` says whether it is open now. */
  D.openingCell = ({ label, open, toggle, kind, key }, ...content) =>
    D.el(
      "button",
      { type: "button", class: "cell", "data-kind": kind, "aria-expanded": String(open), "aria-label": label, "data-stop": true, "data-cell": key, on: { click: toggle } },
      ...content,
    );

  D.speakerHead = (speaker) => D.el("span", { class: "speaker" }, D.details.swatches([speaker]), D.said(D.page.speakers[speaker].label));

  /** A group of an opened cell: a heading and a list, or nothing. */
  D.cellGroup = (title, items) => (items.length ? D.el("div", { class: "group" }, D.el("h3", {}, title), D.el("ul", { class: "mentions" }, items.map((item) => D.el("li", {}, item)))) : null);
})(dissensus);
