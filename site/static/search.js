// Search over the index that cancu/website/search.py writes. No framework, no request to anyone: shards are scripts of this site.
"use strict";

const cancuFold = (text, table) =>
  [...text.toLowerCase()].map((letter) => table[letter] ?? letter).join("").normalize("NFD").replace(/\p{M}/gu, "");

const cancuWords = (text, table) => cancuFold(text, table).match(/[a-z0-9]+/g) ?? [];

const cancuShard = (token, width) => {
  const [first, second] = token.split("_");
  return second === undefined ? `w${first.slice(0, width)}` : `p${first[0]}${second.slice(0, width - 1)}`;
};

/** Ascending numbers from their distances, to a base: digits from it on are not the last of theirs. `values` has them by code of letter. */
const cancuSlots = (packed, values, base) => {
  const found = [];
  let number = 0;
  let distance = 0;
  for (let i = 0; i < packed.length; i++) {
    const digit = values[packed.charCodeAt(i)];
    distance = distance * base + (digit % base);
    if (digit < base) {
      found.push((number += distance));
      distance = 0;
    }
  }
  return found;
};

class CancuIndex {
  /** `load(name)` gives the value of a shard, or undefined where there is none. */
  constructor(load) {
    this.load = load;
  }

  async open() {
    this.about ??= await this.load("index");
    this.known ??= new Set(this.about.shards);
    this.weights ??= new Uint8Array(this.about.slots);
    this.values ??= Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, this.about.digits.indexOf(String.fromCharCode(code))));
    return this.about;
  }

  /** How well each entry fits a token, or any token that begins with it: by slot, most where it stands in the title; and which fit. */
  async fits(token, prefix) {
    const fit = new Float32Array(this.about.slots);
    const slots = [];
    const name = cancuShard(token, this.about.width);
    if (!this.known.has(name)) return { fit, slots };
    const shard = await this.load(name);
    for (const key of prefix ? Object.keys(shard).filter((key) => key.startsWith(token)) : [token]) {
      const whole = key === token ? 1.2 : 1;
      for (const [weighed, packed] of Object.entries(shard[key] ?? {})) {
        for (const slot of cancuSlots(packed, this.values, this.about.digits.length / 2)) {
          if (!fit[slot]) slots.push(slot);
          fit[slot] = Math.max(fit[slot], (weighed & 1) + whole);
          this.weights[slot] = weighed >> 1;
        }
      }
    }
    return { fit, slots };
  }

  /** The best entries for a query: all words in any order, the last one as a prefix; or a document's number in any spelling. */
  async find(query, limit = 12) {
    const { folding, chunk } = await this.open();
    const words = cancuWords(query, folding);
    if (!words.length) return { total: 0, hits: [] };
    const last = words.length - 1;
    const lists = await Promise.all(words.map((word, i) => this.fits(word, i === last && word.length > 1)));
    const pairs = await Promise.all(words.slice(1).map((word, i) => this.fits(`${words[i]}_${word}`, i + 1 === last)));
    const number = words.findIndex((word) => /^\d/.test(word));
    const glued = number < 0 ? "" : words.slice(number).join("");
    const numbered = glued.length > 2 ? await this.fits(glued, true) : { fit: [], slots: [] };
    const rarest = lists.reduce((one, other) => (other.slots.length < one.slots.length ? other : one));
    const all = rarest.slots.filter((slot) => lists.every(({ fit }) => fit[slot]));
    const scores = new Map();
    for (const slot of all) {
      let score = 0;
      for (const { fit } of lists) score += fit[slot];
      for (const { fit } of pairs) score += 2 * fit[slot];
      scores.set(slot, score);
    }
    for (const slot of numbered.slots) scores.set(slot, (scores.get(slot) ?? 0) + 8 * numbered.fit[slot]);
    const best = this.first(scores, limit);
    const hits = [];
    for (const slot of best) {
      const rows = await this.load(`e${Math.floor(slot / chunk)}`);
      const [address, kind, title] = rows[slot % chunk];
      hits.push({ address, kind, title });
    }
    return { total: scores.size, hits };
  }

  /** The slots of the best scores, of equal ones the heavier first. */
  first(scores, limit) {
    const before = (a, b) => scores.get(b) - scores.get(a) || this.weights[b] - this.weights[a] || a - b;
    const best = [];
    for (const slot of scores.keys()) {
      if (best.length === limit && before(best[limit - 1], slot) <= 0) continue;
      best.push(slot);
      best.sort(before);
      best.length = Math.min(best.length, limit);
    }
    return best;
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
