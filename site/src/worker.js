// The store, in a thread of its own: loads the graph once, then answers. Nothing leaves the browser.
import init, { Store } from "oxigraph/web.js";

const LIMIT = 1000;
let store;

async function load({ wasm, graph }) {
  await init({ module_or_path: wasm });
  const bytes = new Uint8Array(await (await fetch(graph)).arrayBuffer());
  // a server may have unpacked it on the way
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const stream = packed ? new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")) : new Blob([bytes]).stream();
  store = new Store();
  store.load(await new Response(stream).text(), { format: "application/n-quads", no_transaction: true });
  return store.size;
}

const plain = (term) =>
  term && { type: term.termType, value: term.value, language: term.language || undefined, datatype: term.datatype?.value };

function ask(text) {
  const started = performance.now();
  const answer = store.query(text, { use_default_graph_as_union: true });
  const ms = Math.round(performance.now() - started);
  if (typeof answer === "boolean") return { ms, columns: ["answer"], rows: [[{ type: "Literal", value: String(answer) }]] };
  if (!answer.length) return { ms, columns: [], rows: [] };
  if (answer[0] instanceof Map) {
    const columns = [...new Set(answer.flatMap((row) => [...row.keys()]))];
    return { ms, columns, rows: answer.map((row) => columns.map((name) => plain(row.get(name)))) };
  }
  return {
    ms,
    columns: ["subject", "predicate", "object"],
    rows: answer.map((quad) => [plain(quad.subject), plain(quad.predicate), plain(quad.object)]),
  };
}

onmessage = async ({ data: { id, load: what, query } }) => {
  try {
    postMessage({ id, value: what ? await load(what) : ask(query), limit: LIMIT });
  } catch (error) {
    postMessage({ id, error: String(error?.message ?? error) });
  }
};
