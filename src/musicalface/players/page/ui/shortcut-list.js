// The list of keyboard shortcuts.

import { createElement } from "./dom.js";
import { sentence } from "./sentences.js";
import { createSheet } from "./sheet.js";

const LIST = [
  [sentence("shortcuts.space"), "shortcuts.play"],
  ["← →", "shortcuts.seek"],
  ["↑ ↓", "shortcuts.volume"],
  ["N", "shortcuts.next"],
  ["P", "shortcuts.previous"],
  ["M", "shortcuts.mute"],
  ["?", "shortcuts.help"],
];

/** The list of keys; `more` are pairs of the page: keys, and the key of a sentence. */
export function createShortcutList(more = []) {
  const rows = [...LIST, ...more].map(([keys, action]) => createElement("div", {}, createElement("dt", {}, createElement("kbd", {}, keys)), createElement("dd", {}, sentence(action))));
  return createElement("dl", { class: "shortcuts" }, ...rows);
}

let sheet = null;

/** The help of a page that has no other. */
export function openShortcuts() {
  if (!sheet) {
    sheet = createSheet("shortcuts", "shortcuts.title");
    sheet.append(createShortcutList());
  }
  sheet.showModal();
}
