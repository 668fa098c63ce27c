/* columns.js: the debate of a page of many claims: the same as model.js, but records and lines are
   made when they are asked for, out of columns. Nodes are claims, then questions; lines join nodes. */
(function (D) {
  const page = D.read("debate");
  const { questions } = page;

  /** A column as a function from the number of a record to its value, or undefined. */
  function reader(column) {
    const unwrap = column.lists ? (value) => (typeof value === "number" ? [value] : value) : (value) => value;
    const known = (value) => (value === null ? undefined : value);
    if (column.of) return (number) => known(column.of[column.is.charCodeAt(number) - 48]);
    if (!column.at) return (number) => known(unwrap(column.is[number]));
    const others = new Map(column.at.map((number, place) => [number, unwrap(column.is[place])]));
    return (number) => known(others.has(number) ? others.get(number) : column.usual);
  }

  /** All columns of a table, and its records. */
  function table({ n, fields }) {
    const readers = Object.entries(fields).map(([name, column]) => [name, reader(column)]);
    const nothing = () => undefined;
    const field = (name) => (readers.find(([known]) => known === name) || [name, nothing])[1];
    const record = (number) => {
      const made = {};
      for (const [name, read] of readers) {
        const value = read(number);
        if (value !== undefined) made[name] = value;
      }
      return made;
    };
    return { n, field, record };
  }

  const claims = table(page.claimColumns);
  const claim = (node) => {
    const record = claims.record(node);
    return record.iri === undefined ? { ...record, iri: page.namespace + record.id } : record;
  };
  const links = table(page.linkColumns);
  const nodes = claims.n + questions.length;

  /** A list whose entries are made when they are asked for. */
  function lazily(length, make) {
    const place = (key) => {
      const number = typeof key === "string" ? Number(key) : -1;
      return Number.isInteger(number) && number >= 0 && number < length ? number : -1;
    };
    return new Proxy([], {
      get: (target, key) => (key === "length" ? length : place(key) < 0 ? target[key] : make(Number(key))),
      has: (target, key) => place(key) >= 0 || key in target,
    });
  }

  /** Rows of numbers, one after the other, from pairs (row, number). */
  function rows(count, each) {
    const start = new Uint32Array(count + 1);
    each((row) => { start[row + 1] += 1; });
    for (let row = 0; row < count; row += 1) start[row + 1] += start[row];
    const items = new Uint32Array(start[count]);
    const next = start.slice(0, count);
    each((row, item) => { items[next[row]] = item; next[row] += 1; });
    return (row) => items.subarray(start[row], start[row + 1]);
  }

  D.page = page;
  page.claims = lazily(claims.n, claim);
  D.claim = claim;
  D.question = (node) => questions[node - claims.n];
  D.isQuestion = (node) => node >= claims.n;
  D.questionNode = (number) => claims.n + number;
  const textOf = claims.field("text");
  const speakersOf = claims.field("speakers");
  const statusOf = claims.field("status");
  const idOf = claims.field("id");
  D.speakersOf = (node) => (node < claims.n && speakersOf(node)) || [];
  D.statusOf = (node) => (node < claims.n ? statusOf(node) : undefined);
  D.wordsOf = (node) => (node < claims.n ? textOf(node) : questions[node - claims.n].label);

  /* Lines: the links, the pairs, the answers. A line has premises and either a goal or a host. */
  const premisesOf = links.field("premises");
  const goalOf = links.field("claim");
  const hostOf = links.field("link");
  const kindOf = links.field("kind");
  const pairs = page.pairLines;
  const lines = links.n + pairs.length;
  const kind = (line) => (line < links.n ? kindOf(line) : pairs[line - links.n][0]);
  const goal = (line) => (line < links.n ? goalOf(line) ?? -1 : pairs[line - links.n][2]);
  const premises = (line) => (line < links.n ? premisesOf(line) : [pairs[line - links.n][1]]);
  const made = new Map();
  D.lines = lazily(lines, (number) => {
    if (!made.has(number)) {
      made.set(number, {
        number, kind: kind(number), link: number < links.n ? number : -1, premises: premises(number),
        goal: goal(number), host: number < links.n ? hostOf(number) ?? -1 : -1, strokes: [],
      });
    }
    return made.get(number);
  });
  D.lineCount = lines;
  D.lineEnds = (line) => ({ kind: kind(line), premises: premises(line), goal: goal(line) });

  const intoRows = rows(nodes, (put) => {
    for (let line = 0; line < lines; line += 1) if (goal(line) >= 0) put(goal(line), line);
  });
  const fromRows = rows(nodes, (put) => {
    for (let line = 0; line < lines; line += 1) for (const premise of premises(line)) put(premise, line);
  });
  const ontoRows = rows(lines, (put) => {
    for (let line = 0; line < links.n; line += 1) {
      const host = hostOf(line);
      if (host !== undefined) put(host, line);
    }
  });
  const linesIn = (of) => (row) => Array.from(of(row), (line) => D.lines[line]);
  D.into = lazily(nodes, linesIn(intoRows));
  D.from = lazily(nodes, linesIn(fromRows));
  D.onto = lazily(lines, linesIn(ontoRows));
  D.repliesCount = (node) => intoRows(node).length;
  D.linesFrom = fromRows;
  D.linesInto = intoRows;

  /* A link without a name of its own is called by its kind and its ends. */
  const linkName = links.field("id");
  function linkId(link) {
    const own = linkName(link);
    if (own !== undefined) return own;
    const host = hostOf(link);
    const end = host === undefined ? idOf(goalOf(link)) : linkId(host);
    return [kindOf(link), ...premisesOf(link).map(idOf), end].join(" ");
  }
  page.links = lazily(links.n, (link) => {
    const record = links.record(link);
    return record.id === undefined ? { ...record, id: linkId(link), unnamed: true } : record;
  });

  /* Places: a dot each, in the rows of its area. */
  const [width, height] = page.sheet;
  D.x = new Float32Array(nodes);
  D.y = new Float32Array(nodes);
  D.area = new Uint32Array(nodes);
  D.nodeAt = new Int32Array(width * height).fill(-1);
  D.areas = page.areas.map(([topic, left, top, areaWidth, areaHeight, rowsOf], place) => {
    const first = top + areaHeight - 1 - rowsOf.length;
    const members = rowsOf.flat();
    rowsOf.forEach((row, down) => row.forEach((node, across) => {
      D.x[node] = left + 1 + across + 0.5;
      D.y[node] = first + down + 0.5;
      D.area[node] = place;
      D.nodeAt[(first + down) * width + left + 1 + across] = node;
    }));
    return { place, topic, left, top, width: areaWidth, height: areaHeight, nodes: members };
  });
  D.boxes = D.areas;
  D.home = lazily(nodes, (node) => D.areas[D.area[node]].topic);
  D.cards = lazily(nodes, (node) => ({ x: D.x[node], y: D.y[node], left: D.x[node], top: D.y[node], width: 1, height: 1 }));
  D.alongside = (node) => D.areas[D.area[node]].nodes;

  const questionsOf = claims.field("questions");
  let answers = null;
  D.answering = (question) => {
    answers ??= rows(questions.length, (put) => {
      for (let node = 0; node < claims.n; node += 1) for (const asked of questionsOf(node) || []) put(asked, node);
    });
    return [...answers(question)];
  };

  D.counts = () => {
    const counts = { kinds: new Map(), speakers: new Map(), topics: new Map() };
    const add = (map, value, n = 1) => map.set(value, (map.get(value) || 0) + n);
    for (let line = 0; line < lines; line += 1) add(counts.kinds, kind(line));
    for (let node = 0; node < claims.n; node += 1) {
      const by = D.speakersOf(node);
      if (by.length) for (const speaker of by) add(counts.speakers, speaker);
      else add(counts.speakers, -1);
    }
    for (const area of D.areas) add(counts.topics, area.topic, area.nodes.filter((node) => node < claims.n).length);
    return counts;
  };

  /* Names in addresses. */
  const index = (n, id) => {
    const found = new Map();
    for (let number = 0; number < n; number += 1) found.set(id(number), number);
    return found;
  };
  const once = (make) => {
    let known = null;
    return { get: (key) => (known ??= make()).get(key), has: (key) => (known ??= make()).has(key) };
  };
  D.ids = {
    claim: once(() => index(claims.n, idOf)),
    question: once(() => index(questions.length, (number) => questions[number].id)),
    link: once(() => index(links.n, linkId)),
    speaker: once(() => index(page.speakers.length, (number) => page.speakers[number].id)),
    topic: once(() => index(page.topics.length, (number) => page.topics[number].id)),
  };
})(dissensus);
