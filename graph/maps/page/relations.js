/* relations.js: what a claim is to others, in words: the lists of the details and the outline's tree. */
(function (D) {
  const ORDER = ["rebuttal", "contradiction", "undercut", "support", "evidence", "qualification", "restatement"];

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
    const others = D.page.claims.map((_claim, at) => at)
      .filter((at) => D.all(D.claim(at), "questions").includes(number) && !rivals.includes(at));
    return [...rivals, ...others];
  };
})(dissensus);
