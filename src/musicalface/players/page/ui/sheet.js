// A sheet: a dialog over the page, with a title and a button that closes it.

import { createElement, query } from "./dom.js";
import { drawIcons } from "./icons.js";
import { fillSentences } from "./sentences.js";

/** Creates a dialog from trusted HTML with {{area.name}} for its sentences. A press beside it closes it too. */
export function createSheet(id, title, html = "") {
  const top = `<div class="sheet-top"><h2 id="${id}-title">{{${title}}}</h2><button type="button" class="icon" data-close data-icon="close" aria-label="{{sheet.close}}"></button></div>`;
  const sheet = createElement("dialog", { class: "sheet", id, "aria-labelledby": `${id}-title` });
  sheet.innerHTML = fillSentences(top + html);
  drawIcons(sheet);
  document.body.append(sheet);
  query("[data-close]", sheet).addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", ({ target }) => { if (target === sheet) sheet.close(); });
  return sheet;
}
