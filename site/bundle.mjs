// Bundles the SPARQL page's parts into the folder named: the editor, the worker, and the store's WebAssembly. Needs `npm ci` in this folder.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) throw new Error("say where to: node bundle.mjs FOLDER");

await mkdir(out, { recursive: true });
await build({
  entryPoints: { page: join(here, "src/page.js"), worker: join(here, "src/worker.js") },
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "error",
});
await copyFile(join(here, "src/start.js"), join(out, "start.js"));
await copyFile(join(here, "node_modules/oxigraph/web_bg.wasm"), join(out, "web_bg.wasm"));
