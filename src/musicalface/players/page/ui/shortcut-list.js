// The list of keyboard shortcuts. Loaded when it is first opened.

import { createElement, createSheet } from "./dom.js";
import { drawIcons } from "./icons.js";

const LIST = [
  ["Space", "Play or pause"],
  ["← →", "Back or forward 5 seconds"],
  ["↑ ↓", "Volume, while the player has the focus"],
  ["N", "Next song"],
  ["P", "Previous song"],
  ["M", "Mute"],
  ["?", "This help"],
];

/** The list of keys; `more` are [keys, action] pairs of the page. */
export function createShortcutList(more = []) {
  const rows = [...LIST, ...more].map(([keys, action]) => createElement("div", {}, createElement("dt", {}, createElement("kbd", {}, keys)), createElement("dd", {}, action)));
  return createElement("dl", { class: "shortcuts" }, ...rows);
}

const HEAD = `<div class="sheet-top"><h2 id="shortcuts-title">Keyboard shortcuts</h2>
<button type="button" class="icon" data-close data-icon="close" aria-label="Close"></button></div>`;
let sheet = null;

/** The help of a page that has no other. */
export function openShortcuts() {
  if (!sheet) {
    drawIcons(sheet = createSheet("shortcuts", HEAD));
    sheet.append(createShortcutList());
  }
  sheet.showModal();
}
