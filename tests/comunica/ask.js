/* ask.js ENDPOINT: runs the queries that standard input has as a JSON object, name → text, at the
   endpoint, and prints name → rows; a row is variable → [kind of term, value]. */
import { text } from "node:stream/consumers";
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint] = process.argv.slice(2);
const queries = JSON.parse(await text(process.stdin));
const engine = new QueryEngine();
const sources = [{ type: "sparql", value: endpoint }];
const answers = {};
for (const [name, query] of Object.entries(queries)) {
  const bindings = await engine.queryBindings(query, { sources });
  answers[name] = (await bindings.toArray()).map((row) =>
    Object.fromEntries([...row].map(([variable, term]) => [variable.value, [term.termType, term.value]])),
  );
}
process.stdout.write(JSON.stringify(answers));
