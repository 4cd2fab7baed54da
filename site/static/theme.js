// Light or dark: as the system has it, or as the reader chose; runs before the page is painted. And the buttons that copy.
"use strict";
(() => {
  const root = document.documentElement;
  try { root.dataset.theme = localStorage.getItem("theme") ?? ""; } catch { /* a page from a file may have no storage */ }
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    const say = () => button.setAttribute("aria-pressed", String(dark()));
    button.hidden = false;
    say();
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* as above */ }
      say();
    });
    document.querySelectorAll("button.copy").forEach((copy) => {
      copy.hidden = !navigator.clipboard;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(copy.previousElementSibling.textContent);
        copy.textContent = copy.dataset.done;
      });
    });
    addEventListener("beforeprint", () => document.querySelectorAll("details.lines, details.data").forEach((one) => { one.open = true; }));
  });
})();
