// The sentences of the page, in the language of the file that the server has filled in.

import { query } from "./dom.js";

const sentences = JSON.parse(query("#sentences").textContent);
const { lang } = document.documentElement;
const plurals = new Intl.PluralRules(lang);

/** Adds areas that the page did not have at first. */
export const addSentences = (more) => Object.assign(sentences, more);

/** A number, as this language writes it. */
export const formatNumber = (number) => number.toLocaleString(lang);

/** Formats dates and times in this language. */
export const dateFormat = (options) => new Intl.DateTimeFormat(lang, options);

/** Returns the sentence of a key, "camera.off" for example. `values` fill its {placeholders}; `count` chooses the plural. */
export function sentence(key, values = {}) {
  const [area, name] = key.split(".");
  const found = sentences[area][name];
  const text = found.other ? found[plurals.select(values.count)] ?? found.other : found;
  return text.replace(/\{(\w+)\}/g, (_, each) => (typeof values[each] === "number" ? formatNumber(values[each]) : values[each]));
}

/** Fills {{area.name}} in trusted HTML. */
export function fillSentences(html) {
  const holder = document.createElement("p");
  return html.replace(/\{\{([\w.]+)\}\}/g, (_, key) => {
    holder.textContent = sentence(key);
    return holder.innerHTML.replaceAll('"', "&quot;");
  });
}
