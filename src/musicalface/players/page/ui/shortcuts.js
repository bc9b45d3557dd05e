// Keyboard shortcuts of the player.

import { query } from "./dom.js";

const SEEK_STEP = 5; // seconds
const TYPING = "input:not([type=range]), textarea, select, [contenteditable]";
const PRESSED_BY_SPACE = `button, summary, ${TYPING}`;

function keysOf(player) {
  return {
    " ": () => player.toggle(),
    n: () => player.next(),
    p: () => player.playNext(-1),
    m: () => player.volume.toggleMute(),
    arrowleft: () => player.seek(player.position - SEEK_STEP),
    arrowright: () => player.seek(player.position + SEEK_STEP),
    arrowup: () => player.volume.step(1),
    arrowdown: () => player.volume.step(-1),
    "?": () => player.openHelp(),
  };
}

/** Whether the focused element handles this key itself. */
function isTaken(key, target) {
  if (!(target instanceof Element)) return false;
  if (key === " ") return target.matches(PRESSED_BY_SPACE);
  if (key.startsWith("arrow") && target.matches("[type=range]")) return true;
  if (["arrowup", "arrowdown"].includes(key)) return !target.closest(".player");
  return target.matches(TYPING);
}

/** `player` has toggle(), next(), playNext(), seek(), openHelp(), position, volume and canPlay. */
export function connectShortcuts(player) {
  const keys = keysOf(player);
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!Object.hasOwn(keys, key) || event.ctrlKey || event.metaKey || event.altKey || query("dialog[open]")) return;
    if (isTaken(key, event.target) || (key !== "?" && !player.canPlay)) return;
    event.preventDefault();
    if (!event.repeat || key.startsWith("arrow")) keys[key]();
  });
}
