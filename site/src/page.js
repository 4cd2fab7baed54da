// The SPARQL page: an editor, examples, answers as table, CSV and JSON, links back to pages.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const SHOWN = 1000;
const here = new URL(".", import.meta.url);
const root = new URL(document.documentElement.dataset.root || "./", document.baseURI);
const { words, examples, base, folders, plans, prefixes } = JSON.parse(document.getElementById("sparql-data").textContent);
const at = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// ------------------------------------------------------------ the store

let worker;
const waiting = new Map();
let count = 0;
const start = () => {
  worker = new Worker(new URL("worker.js", here), { type: "module" });
  worker.onmessage = ({ data: { id, value, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(error));
  };
};
const send = (message) =>
  new Promise((resolve, reject) => {
    waiting.set(++count, { resolve, reject });
    if (!worker) start();
    worker.postMessage({ id: count, ...message });
  });
let ready;
const open = () => (ready ??= send({ load: { wasm: new URL("web_bg.wasm", here).href, graph: new URL("data/graph.nq.gz", root).href } }));

// ------------------------------------------------------------ the editor

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--decree)", fontWeight: "600" },
  { tag: [tags.comment, tags.meta], color: "var(--soft)" },
  { tag: [tags.string, tags.number], color: "var(--project)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--plan)" },
  { tag: [tags.atom, tags.url, tags.namespace], color: "var(--law)" },
]);
const theme = EditorView.theme({
  "&": { maxHeight: "28rem", fontSize: ".8125rem" },
  ".cm-content": { fontFamily: "ui-monospace, 'DejaVu Sans Mono', monospace", caretColor: "var(--ink)" },
  ".cm-gutters": { background: "transparent", color: "var(--soft)", border: "0" },
  ".cm-activeLine": { background: "color-mix(in oklab, var(--raised) 60%, transparent)" },
  ".cm-wrong": { textDecoration: "underline wavy var(--bad)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "-3px" },
});
// What is wrong is marked by a class: the policy forbids inline styles.
const say = StateEffect.define();
const wrong = StateField.define({
  create: () => Decoration.none,
  update: (marks, { changes, effects }) => effects.reduce((now, effect) => (effect.is(say) ? effect.value : now), marks.map(changes)),
  provide: (field) => EditorView.decorations.from(field),
});
const shade = at("editor").attachShadow({ mode: "open" }); // there the editor's styles need no inline style element, which the policy forbids
const editor = new EditorView({
  parent: shade,
  root: shade,
  state: EditorState.create({
    extensions: [
      lineNumbers(), history(), drawSelection(), bracketMatching(), highlightActiveLine(), EditorView.lineWrapping,
      StreamLanguage.define(sparql), syntaxHighlighting(colours), theme, wrong,
      EditorView.contentAttributes.of({ "aria-label": words.ask }),
      keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }, ...defaultKeymap, ...historyKeymap]),
    ],
  }),
});
editor.scrollDOM.tabIndex = 0; // long examples scroll by keyboard too
const write = (text) => editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });

// ------------------------------------------------------------ answers

/** The page of a thing, by its IRI, or null where it has none. */
function pageOf(iri) {
  if (!iri.startsWith(base)) return null;
  if (plans[iri]) return `${folders.plan}/${plans[iri]}.html`;
  const [family, ...rest] = iri.slice(base.length).split("/");
  const key = (family === "unresolved" ? `unresolved/${rest.join("/")}` : rest.join("/")).replace(/[^A-Za-z0-9/_-]+/g, "-");
  const folder = { doc: folders.document, unresolved: folders.document, project: folders.project, agency: folders.agency, system: folders.system, jurisdiction: folders.province }[family];
  return folder && key ? `${folder}/${key}.html` : null;
}

const short = (iri) => {
  const found = Object.entries(prefixes).find(([, long]) => iri.startsWith(long));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri.replace(base, "…/");
};

function cell(term) {
  const td = document.createElement("td");
  if (!term) return td;
  const page = term.type === "NamedNode" && pageOf(term.value);
  if (page) {
    const link = document.createElement("a");
    link.href = new URL(page, root);
    link.textContent = short(term.value);
    td.append(link);
  } else {
    td.textContent = term.type === "NamedNode" ? short(term.value) : term.value;
    if (term.language) td.lang = term.language;
    if (/#(integer|decimal)$/.test(term.datatype ?? "")) td.className = "n";
  }
  return td;
}

let last;
function show(answer) {
  last = answer;
  const table = at("answer").querySelector("table");
  const head = document.createElement("tr");
  head.append(...answer.columns.map((name) => Object.assign(document.createElement("th"), { textContent: name, scope: "col" })));
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...answer.rows.slice(0, SHOWN).map((row) => {
    const tr = document.createElement("tr");
    tr.append(...row.map(cell));
    return tr;
  }));
  at("answer").hidden = false;
  const said = answer.rows.length > SHOWN ? words.shown : words.rows;
  at("state").textContent = fill(said, { n: answer.rows.length, ms: answer.ms, shown: SHOWN });
}

function fail(message) {
  const found = /error at (\d+):(\d+):?\s*(.*)/s.exec(message);
  at("error").textContent = found ? fill(words.line, { line: found[1], column: found[2] }) + found[3] : message;
  at("error").hidden = false;
  at("state").textContent = "";
  if (found && Number(found[1]) <= editor.state.doc.lines) {
    const line = editor.state.doc.line(Number(found[1]));
    const from = Math.min(line.from + Math.max(Number(found[2]) - 1, 0), line.to);
    const mark = { class: "cm-wrong", attributes: { title: found[3] } };
    const place = from < line.to ? Decoration.mark(mark).range(from, line.to) : Decoration.line(mark).range(line.from);
    editor.dispatch({ effects: say.of(Decoration.set([place])) });
  }
}

async function run() {
  at("error").hidden = true;
  at("answer").hidden = true;
  editor.dispatch({ effects: say.of(Decoration.none) });
  try {
    at("state").textContent = words.loading;
    await open();
    at("state").textContent = words.asking;
    show(await send({ query: editor.state.doc.toString() }));
  } catch (error) {
    fail(error.message);
  }
}

const save = (name, type, text) => {
  const link = Object.assign(document.createElement("a"), { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const quoted = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
at("csv").onclick = () =>
  save("answer.csv", "text/csv", [last.columns, ...last.rows.map((row) => row.map((term) => term?.value ?? ""))].map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n");
at("json").onclick = () =>
  save("answer.json", "application/json", JSON.stringify(last.rows.map((row) => Object.fromEntries(last.columns.map((name, i) => [name, row[i]?.value ?? null]))), null, 1));

// ------------------------------------------------------------ start

const choose = (name) => {
  const example = examples.find((one) => one.name === name) ?? examples[0];
  at("example").value = example.name;
  at("question").textContent = example.question;
  write(example.text);
};
at("example").onchange = () => choose(at("example").value);
at("run").onclick = run;
/** An address such as #project-justifications?project=IRI chooses an example, with other values in its `VALUES ?project { … }`. */
const follow = () => {
  const [name, values] = location.hash.slice(1).split("?");
  choose(name);
  for (const [key, value] of new URLSearchParams(values)) {
    const iri = /^https?:[^\s<>"{}|\\^`]+$/.test(value) && `<${value}>`;
    if (iri) write(editor.state.doc.toString().replaceAll(new RegExp(`(VALUES \\?${key.replace(/\W/g, "")} \\{)[^}]*(\\})`, "g"), (_, start, end) => `${start} ${iri} ${end}`));
  }
};
addEventListener("hashchange", follow);
follow();
at("hoi").hidden = false;
