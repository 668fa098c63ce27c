/* relations.js: what a claim is to others, in words: the lists of the details and the outline's tree. */
(function (D) {
  const ORDER = ["rebuttal", "contradiction", "undercut", "support", "evidence", "qualification", "restatement"];

  /** The nodes and lines that a selection is about. */
  D.around = (selected) => {
    const nodes = new Set();
    const lines = new Set();
    const addLine = (line) => {
      if (lines.has(line)) return;
      lines.add(line);
      for (const premise of line.premises) nodes.add(premise);
      if (line.goal >= 0) nodes.add(line.goal);
      else addLine(D.lines[line.host]);
    };
    if (selected.type === "link") {
      addLine(D.lines[selected.at]);
      D.onto[selected.at].forEach(addLine);
      return { nodes, lines };
    }
    nodes.add(selected.at);
    for (const line of [...D.into[selected.at], ...D.from[selected.at]]) {
      addLine(line);
      D.onto[line.number].forEach(addLine);
    }
    if (D.isQuestion(selected.at)) {
      const rivals = new Set(D.all(D.question(selected.at), "rivals"));
      for (const rival of rivals) {
        for (const line of D.into[rival]) if (line.premises.every((premise) => rivals.has(premise))) addLine(line);
      }
    }
    return { nodes, lines };
  };

  /** What a claim does, and what is done to it: [{ title, kind, lines }], in the order of reading. */
  D.relationsOf = (node) => {
    const groups = [];
    const add = (direction, kind, lines) => {
      if (lines.length) groups.push({ title: D.t(`${direction}-${kind}`), direction, kind, lines });
    };
    for (const kind of ORDER) {
      const out = D.from[node].filter((line) => line.kind === kind);
      if (D.SYMMETRIC.has(kind)) {
        add("out", kind, [...out, ...D.into[node].filter((line) => line.kind === kind)]);
      } else {
        add("out", kind, out);
      }
    }
    for (const kind of ORDER) {
      if (!D.SYMMETRIC.has(kind)) add("in", kind, D.into[node].filter((line) => line.kind === kind));
    }
    return groups;
  };

  /** The other end of a line that joins two claims on equal terms. */
  D.otherEnd = (line, node) => (line.goal === node ? line.premises[0] : line.goal);

  /** A line in words: "the step from “…” to “…”". */
  D.stepWords = (line) => {
    const goal = line.goal >= 0 ? D.textOf(line.goal) : D.stepWords(D.lines[line.host]);
    return D.t("step-between", { from: D.short(D.textOf(line.premises[0]), 70), to: D.short(goal, 70) });
  };

  D.textOf = (node) => (D.isQuestion(node) ? D.question(node).label : D.claim(node).text);

  /** Lines with claims that reply to a claim: for the arrow keys and the outline. */
  D.repliesTo = (node) =>
    ORDER.flatMap((kind) => (kind === "restatement" ? [] : D.into[node].filter((line) => line.kind === kind)));

  /** The claims that answer a question, rivals first. */
  D.answersTo = (node) => {
    const number = node - D.page.claims.length;
    const rivals = D.all(D.question(node), "rivals");
    return [...rivals, ...D.answering(number).filter((at) => !rivals.includes(at))];
  };
})(dissensus);
