// Bars for the seven expression scores of the largest readable face.

import { query, createElement } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { EXPRESSIONS } from "./mood-constants.js";
import { subscribe } from "./store.js";

function createBar(name) {
  const label = sentence(`expressions.${name}`);
  const meter = createElement("span", { class: "bar", role: "meter", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 0 });
  return { row: createElement("li", { "data-expression": name }, createElement("span", { class: "name", "aria-hidden": "true" }, label), meter), meter };
}

export function initExpressionBars() {
  const bars = new Map(EXPRESSIONS.map((name) => [name, createBar(name)]));
  query("#bars").append(...[...bars.values()].map(({ row }) => row));
  subscribe(["reading"], ({ reading }) => {
    const shares = reading?.expressions ?? {};
    const highest = Math.max(...EXPRESSIONS.map((name) => shares[name] ?? 0));
    for (const [name, { row, meter }] of bars) {
      const share = shares[name] ?? 0;
      meter.style.setProperty("--share", share.toFixed(3));
      meter.setAttribute("aria-valuenow", Math.round(share * 100));
      row.dataset.highest = String(share > 0 && share === highest);
    }
  });
}
