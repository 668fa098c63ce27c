/* model.js: the debate as the page holds it. Nodes are claims, then questions; lines join nodes. */
(function (D) {
  const page = D.read("debate");
  const drawn = D.read("network");
  const claims = page.claims;
  const questions = page.questions;

  D.page = page;
  D.network = { nodes: drawn.nodes, edges: drawn.edges, options: JSON.parse(drawn.options) };
  D.cards = drawn.nodes
    .filter((node) => node.shape === "box")
    .map((node) => {
      const width = node.widthConstraint;
      const height = node.heightConstraint.minimum;
      return { x: node.x, y: node.y, width, height, left: node.x - (width >> 1), top: node.y - (height >> 1) };
    });

  D.claim = (node) => claims[node];
  D.question = (node) => questions[node - claims.length];
  D.isQuestion = (node) => node >= claims.length;
  D.questionNode = (number) => claims.length + number;
  D.all = (record, field) => record[field] || [];

  /* A line has premises (nodes) and either a goal (a node) or a host (the line that it undercuts). */
  D.lines = page.lines.map(([kind, link], number) => ({
    number, kind, link, premises: [], goal: -1, host: -1, strokes: [],
  }));
  for (const edge of drawn.edges) {
    const line = D.lines[edge.line];
    line.premises.push(edge.from);
    line.strokes.push(edge);
    if (line.strokes.length > 1) continue;
    if (typeof edge.to === "number") line.goal = edge.to;
    else line.host = Number(edge.to.slice(4));
  }
  D.into = D.cards.map(() => []);
  D.from = D.cards.map(() => []);
  D.onto = D.lines.map(() => []);
  for (const line of D.lines) {
    for (const premise of line.premises) D.from[premise].push(line);
    if (line.goal >= 0) D.into[line.goal].push(line);
    else D.onto[line.host].push(line);
  }

  D.SYMMETRIC = new Set(["contradiction", "restatement"]);

  /** The box of each node: a position in `page.boxes`, or that of its first topic if there are none. */
  const inside = (card, box) =>
    card.left >= box.left && card.top >= box.top &&
    card.left + card.width <= box.left + box.width && card.top + card.height <= box.top + box.height;
  D.boxes = page.boxes.map(([topic, left, top, width, height]) => ({ topic, left, top, width, height }));
  D.home = D.cards.map((card, node) => {
    const box = D.boxes.find((candidate) => inside(card, candidate));
    if (box) return box.topic;
    const topics = D.isQuestion(node) ? [] : D.all(D.claim(node), "topics");
    return topics.length ? topics[0] : -1;
  });
  D.topicLabel = (topic) => (topic < 0 ? D.t("no-topic") : page.topics[topic].label);

  /** The labels of the topics above one, the broadest first; a topic above all others says nothing. */
  D.topicPath = (topic) => {
    const path = [];
    const seen = new Set([topic]);
    for (let at = topic; at >= 0; ) {
      const broader = D.all(page.topics[at], "broader").find((other) => !seen.has(other));
      if (broader === undefined) break;
      seen.add(broader);
      path.unshift(page.topics[broader].label);
      at = broader;
    }
    return path;
  };

  D.speakerNames = (numbers) => numbers.map((number) => page.speakers[number].label);
  D.speakerLine = (claim) => {
    const names = D.speakerNames(D.all(claim, "speakers"));
    return names.length ? names.join(", ") : D.t("no-speaker");
  };
  D.speakerColour = (number) => `var(--speaker-${page.speakers[number].colour})`;

  D.style = Object.fromEntries(page.styles.map((style) => [style.kind, style]));

  /* Names in addresses. */
  const index = (records) => new Map(records.map((record, number) => [record.id, number]));
  const linkPlace = new Map(D.lines.filter((line) => line.link >= 0).map((line) => [line.link, line.number]));
  D.ids = {
    claim: index(claims),
    question: index(questions),
    link: new Map(page.links.map((link, number) => [link.id, linkPlace.get(number)])),
    speaker: index(page.speakers),
    topic: index(page.topics),
  };

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
      for (const line of D.lines) {
        if (rivals.has(line.goal) && line.premises.every((premise) => rivals.has(premise))) addLine(line);
      }
    }
    return { nodes, lines };
  };

  /** A few words of a text. */
  D.short = (text, length = 60) => {
    const plain = text.replace(/\s+/g, " ").trim();
    if (plain.length <= length) return plain;
    return `${plain.slice(0, length).replace(/\s+\S*$/, "")}…`;
  };
})(dissensus);
