// The help: what the page does, the keys, and what stays private.

import { createElement, createSheet } from "../ui/dom.js";
import { drawIcons } from "../ui/icons.js";
import { createShortcutList } from "../ui/shortcut-list.js";

const WORDS = {
  title: "Help",
  what: [
    "MusicalFace reads the expression on your face, in the camera or in a photo. It turns it into one of four moods (angry, happy, relaxed or sad) and picks ten songs that fit.",
    "It can be wrong. Press the mood that’s right, or pick one without any picture. If your relaxed face looks sad or angry to it, set your neutral face.",
  ],
  keys: "Keyboard",
  more: [["Esc", "Stop the camera, or close a photo"]],
  privacy: "Privacy",
  facts: [
    "Pictures stay on this computer. Each one is read and forgotten; none is saved.",
    "Songs’ names go to Deezer when you press Play, and to Spotify if you connect it.",
    "“Stay offline” in the settings sends nothing at all.",
    "There are no accounts, no cookies of others and no statistics.",
  ],
  further: "More",
  terminal: "In the terminal, `musicalface --help` lists everything else: photos and videos, moods of songs and lyrics, your own music.",
};
const SHEET = `
<div class="sheet-top"><h2 id="help-title">${WORDS.title}</h2><button type="button" class="icon" data-close data-icon="close" aria-label="Close"></button></div>`;
let sheet = null;

/** A paragraph; `backticks` enclose a command. */
function paragraph(text) {
  return createElement("p", {}, ...text.split("`").map((part, index) => (index % 2 ? createElement("code", {}, part) : part)));
}

function section(title, ...content) {
  return createElement("section", {}, createElement("h3", {}, title), ...content);
}

function createHelp() {
  const help = createSheet("help", SHEET);
  drawIcons(help);
  help.append(
    createElement("section", {}, ...WORDS.what.map(paragraph)),
    section(WORDS.keys, createShortcutList(WORDS.more)),
    section(WORDS.privacy, createElement("ul", { class: "points" }, ...WORDS.facts.map((fact) => createElement("li", {}, fact)))),
    section(WORDS.further, paragraph(WORDS.terminal)),
  );
  return help;
}

export function open() {
  sheet ??= createHelp();
  sheet.showModal();
}
