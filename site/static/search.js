// Search over the index that cancu/website/search.py writes. No framework, no request to anyone: shards are scripts of this site.
"use strict";

const cancuFold = (text, table) =>
  [...text.toLowerCase()].map((letter) => table[letter] ?? letter).join("").normalize("NFD").replace(/\p{M}/gu, "");

const cancuWords = (text, table) => cancuFold(text, table).match(/[a-z0-9]+/g) ?? [];

const cancuShard = (token, width) => {
  const [first, second] = token.split("_");
  return second === undefined ? `w${first.slice(0, width)}` : `p${first[0]}${second.slice(0, width - 1)}`;
};

class CancuIndex {
  /** `load(name)` gives the value of a shard, or undefined where there is none. */
  constructor(load) {
    this.load = load;
  }

  async open() {
    this.about ??= await this.load("index");
    this.known ??= new Set(this.about.shards);
    return this.about;
  }

  /** How well each entry fits a token, or any token that begins with it: by entry, 0 where it does not, most where it stands in the title. */
  async fits(token, prefix) {
    const found = new Float32Array(this.about.entries);
    const name = cancuShard(token, this.about.width);
    if (!this.known.has(name)) return found;
    const shard = await this.load(name);
    for (const key of prefix ? Object.keys(shard).filter((key) => key.startsWith(token)) : [token]) {
      const whole = key === token ? 1.2 : 1;
      let number = 0;
      for (const step of shard[key] ?? []) {
        number += step;
        found[number >> 1] = Math.max(found[number >> 1], (number & 1) + whole);
      }
    }
    return found;
  }

  /** The best entries for a query: all words in any order, the last one as a prefix; or a document's number in any spelling. */
  async find(query, limit = 12) {
    const { folding, chunk, entries } = await this.open();
    const words = cancuWords(query, folding);
    if (!words.length) return { total: 0, hits: [] };
    const last = words.length - 1;
    const lists = await Promise.all(words.map((word, i) => this.fits(word, i === last && word.length > 1)));
    const pairs = await Promise.all(words.slice(1).map((word, i) => this.fits(`${words[i]}_${word}`, i + 1 === last)));
    const number = words.findIndex((word) => /^\d/.test(word));
    const glued = number < 0 ? "" : words.slice(number).join("");
    const numbered = glued.length > 2 ? await this.fits(glued, true) : null;
    let total = 0;
    const best = []; // [entry, score], the best first, of equal ones the heavier, which has the smaller number
    for (let entry = 0; entry < entries; entry++) {
      let score = 0;
      if (lists.every((list) => list[entry])) {
        for (const list of lists) score += list[entry];
        for (const list of pairs) score += 2 * list[entry];
      }
      if (numbered) score += 8 * numbered[entry];
      if (!score) continue;
      total += 1;
      if (best.length === limit && score <= best[limit - 1][1]) continue;
      let place = best.length;
      while (place && best[place - 1][1] < score) place -= 1;
      best.splice(place, 0, [entry, score]);
      if (best.length > limit) best.pop();
    }
    const hits = [];
    for (const [entry] of best) {
      const rows = await this.load(`e${Math.floor(entry / chunk)}`);
      const [address, kind, title] = rows[entry % chunk];
      hits.push({ address, kind, title });
    }
    return { total, hits };
  }
}

if (typeof document === "undefined") {
  module.exports = { CancuIndex, cancuFold, cancuShard, cancuWords };
} else {
  const root = document.documentElement.dataset.root;
  const language = document.documentElement.lang;
  const loaded = new Map();
  const waiting = new Map();

  globalThis.cancuSearch = (name, value) => waiting.get(name)?.(value);
  const fileOf = (name) => (name === "index" ? name : /^e\d/.test(name) ? `e-${name.slice(1)}` : `t-${name}`);
  const load = (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        const script = document.createElement("script");
        script.src = `${root}assets/search/${language}/${fileOf(name)}.js`;
        script.onerror = () => reject(new Error(script.src));
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  };
  const index = new CancuIndex(load);

  /** A box that lists what it finds: arrows choose, Enter goes, Escape closes. */
  const wire = (form) => {
    const input = form.querySelector("input");
    const list = form.querySelector("[role=listbox]");
    const status = form.querySelector("[role=status]");
    const words = form.dataset;
    let chosen = -1;
    let asked = 0;

    const options = () => [...list.querySelectorAll("[role=option]")];
    const choose = (next) => {
      const all = options();
      if (!all.length) return;
      chosen = (next + all.length) % all.length;
      all.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    };
    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const show = ({ total, hits }) => {
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...hits.map((hit, i) => {
        const option = document.createElement("a");
        option.href = root + hit.address;
        option.id = `${list.id}-${i}`;
        option.role = "option";
        option.tabIndex = -1;
        option.setAttribute("aria-selected", "false");
        const kind = document.createElement("small");
        kind.textContent = hit.kind;
        const title = document.createElement("span");
        title.textContent = hit.title;
        option.append(title, kind);
        return option;
      }));
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = total ? words.found.replace("{n}", total) : words.none;
    };
    const ask = async () => {
      const mine = ++asked;
      if (!input.value.trim()) {
        status.textContent = "";
        list.replaceChildren();
        return close();
      }
      const answer = await index.find(input.value, form.classList.contains("full") ? 50 : 12);
      if (mine === asked) show(answer);
    };

    input.addEventListener("input", ask);
    input.addEventListener("focus", () => list.children.length && ((list.hidden = false), input.setAttribute("aria-expanded", "true")));
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    form.addEventListener("submit", async (event) => {
      const target = options()[Math.max(chosen, 0)];
      event.preventDefault();
      if (target) location.href = target.href;
      else await ask();
    });
    if (!form.classList.contains("full")) {
      document.addEventListener("click", (event) => form.contains(event.target) || close());
      form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || event.relatedTarget === null || close());
    } else {
      const asking = new URLSearchParams(location.search).get("q");
      if (asking) {
        input.value = asking;
        ask();
      }
    }
    form.hidden = false;
    if (form.classList.contains("full")) input.focus();
  };

  document.querySelectorAll("form.search").forEach(wire);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, [contenteditable=true]")) return;
    event.preventDefault();
    document.querySelector("form.search.full input, form.search input")?.focus();
  });
}
