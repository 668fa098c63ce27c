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
  D.speakersOf = (node) => (D.isQuestion(node) ? [] : D.all(claims[node], "speakers"));
  D.answering = (question) => [...claims.keys()].filter((node) => D.all(claims[node], "questions").includes(question));

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

  /** Of how many lines, claims of a speaker, claims at home in a topic there are. */
  D.counts = () => ({
    kinds: D.tallied(D.lines.map((line) => line.kind)),
    speakers: D.tallied(claims.flatMap((claim) => claim.speakers || [-1])),
    topics: D.tallied(claims.map((_claim, node) => D.home[node])),
  });

  /** The nodes among which the arrow keys go on from one that speaks to nothing. */
  D.alongside = () => [...D.cards.keys()];

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
})(dissensus);
