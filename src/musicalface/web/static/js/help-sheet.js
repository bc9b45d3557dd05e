// The help: what the page does, the keys, and what stays private.

import { createElement } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { createSheet } from "../ui/sheet.js";
import { createShortcutList } from "../ui/shortcut-list.js";

const ABOUT = ["what", "wrong"];
const FACTS = ["pictures", "names", "offline", "no_accounts"];
let sheet = null;

/** A paragraph; `backticks` in the sentence enclose a command. */
function paragraph(name) {
  const text = sentence(`help.${name}`);
  return createElement("p", {}, ...text.split("`").map((part, index) => (index % 2 ? createElement("code", {}, part) : part)));
}

function section(name, ...content) {
  return createElement("section", {}, createElement("h3", {}, sentence(`help.${name}`)), ...content);
}

function createHelp() {
  const help = createSheet("help", "help.title");
  const facts = FACTS.map((name) => createElement("li", {}, sentence(`help.${name}`)));
  help.append(
    createElement("section", {}, ...ABOUT.map(paragraph)),
    section("keyboard", createShortcutList([["Esc", "shortcuts.escape"]])),
    section("privacy", createElement("ul", { class: "points" }, ...facts)),
    section("more", paragraph("terminal")),
  );
  return help;
}

export function open() {
  sheet ??= createHelp();
  sheet.showModal();
}
