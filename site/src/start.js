// A page from a file may load neither modules nor workers: say so. Elsewhere, start the page.
"use strict";
if (location.protocol === "file:") {
  document.getElementById("needs-server").hidden = false;
} else {
  import(new URL("page.js", document.currentScript.src));
}
