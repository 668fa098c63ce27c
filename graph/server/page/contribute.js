/* contribute.js: a small form for a new claim; only there if the server takes claims. */
(function (L) {
  if (typeof dissensus === "undefined") return;
  const D = dissensus;
  const TOKEN = "dissensus-token";
  const STRINGS = {
    "add": "Add a claim",
    "text": "What is claimed, in one sentence",
    "speaker": "Who says so",
    "topic": "What it is about",
    "question": "Which question it answers",
    "relation": "To another claim",
    "other": "Which claim",
    "quote": "The exact words, from a document",
    "document": "Which document",
    "token": "Token (the server told it when it started)",
    "nothing": "—",
    "cancel": "Cancel",
    "submit": "Check and add",
    "done": "Added to {file}",
    "failed": "The server does not answer.",
    "fault": "{file}:{line}: {message}",
  };
  const RELATIONS = [
    ["supports", "it supports"], ["evidence_for", "it is evidence for"], ["rebuts", "it rebuts"],
    ["contradicts", "it contradicts"], ["restates", "it restates"], ["qualifies", "it qualifies"],
  ];
  const t = (key, values = {}) => STRINGS[key].replace(/\{(\w+)\}/g, (_whole, name) => String(values[name]));

  /* The link that the server tells has the token behind the #, which is sent to nobody. */
  const given = new URLSearchParams(window.location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(TOKEN, given);
    window.history.replaceState(null, "", "/");
  }

  const field = (name, input) => L.el("label", {}, t(name), input);
  const choice = (name, options) =>
    L.el("select", { name }, L.el("option", { value: "" }, t("nothing")), ...options.map(([value, label]) => L.el("option", { value }, label)));
  const records = (name, list) => choice(name, list.map((record) => [record.id, record.label]));

  const error = L.el("p", { class: "error", role: "alert", hidden: true });
  const token = L.el("input", { name: "token", type: "password", autocomplete: "off" });
  const form = L.el(
    "form", { method: "dialog" },
    field("text", L.el("textarea", { name: "text", rows: 3, required: true })),
    field("speaker", records("speaker", D.page.speakers)),
    field("topic", records("topic", D.page.topics)),
    field("question", records("question", D.page.questions)),
    L.el(
      "div", { class: "pair" },
      field("relation", choice("relation", RELATIONS)),
      field("other", choice("other", D.page.claims.map((claim) => [claim.iri, D.short(claim.text, 90)]))),
    ),
    L.el(
      "div", { class: "pair" },
      field("document", choice("document", D.page.documents.map(({ title }) => [title, title]))),
      field("quote", L.el("input", { name: "quote", autocomplete: "off" })),
    ),
    field("token", token),
    error,
    L.el(
      "p", { class: "actions" },
      L.el("button", { type: "button", on: { click: () => dialog.close() } }, t("cancel")),
      L.el("button", { type: "submit" }, t("submit")),
    ),
  );
  const dialog = L.el("dialog", { class: "live-add", "aria-labelledby": "live-add-title" }, L.el("h2", { id: "live-add-title" }, t("add")), form);
  document.body.append(dialog);
  L.busy = () => dialog.open;
  /* The keys of the map are letters in here. */
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => L.resume());

  function claim() {
    const values = new FormData(form);
    const body = {};
    for (const name of ["text", "speaker", "topic", "question", "document", "quote"]) {
      const value = values.get(name).trim();
      if (value) body[name] = value;
    }
    if (values.get("relation") && values.get("other")) body[values.get("relation")] = values.get("other");
    return body;
  }

  async function complaint(response) {
    const text = await response.text();
    if (response.status !== 422) return text.trim();
    return JSON.parse(text).findings.map((finding) => t("fault", finding)).join("\n");
  }

  async function submit(event) {
    event.preventDefault();
    error.hidden = true;
    sessionStorage.setItem(TOKEN, token.value.trim());
    let failure = t("failed");
    try {
      const response = await fetch("/claims", {
        method: "POST",
        headers: { "Content-Type": "application/json", "Authorization": `Bearer ${token.value.replace(/[^\x21-\x7e]/g, "")}` },
        body: JSON.stringify(claim()),
      });
      if (response.ok) {
        const { file } = await response.json();
        form.reset();
        dialog.close();
        L.note("added", t("done", { file }), { time: 4000 });
        return;
      }
      failure = await complaint(response);
    } catch {
      /* Said below. */
    }
    error.textContent = failure;
    error.hidden = false;
  }

  form.addEventListener("submit", submit);
  L.tool(L.el("button", {
    type: "button", class: "add",
    on: {
      click: () => {
        token.value = sessionStorage.getItem(TOKEN) || "";
        dialog.showModal();
      },
    },
  }, t("add")));
})(live);
