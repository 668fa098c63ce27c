/* naming.js: what speakers, topics and kinds of line are called and look like. */
(function (D) {
  const { page } = D;

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

  /** A few words of a text. */
  D.short = (text, length = 60) => {
    const plain = text.replace(/\s+/g, " ").trim();
    if (plain.length <= length) return plain;
    return `${plain.slice(0, length).replace(/\s+\S*$/, "")}…`;
  };
})(dissensus);
