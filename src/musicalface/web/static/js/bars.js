// The seven expressions of the largest clear face.

import { find, make } from "./dom.js";
import { EXPRESSIONS, named } from "./moods.js";
import { watch } from "./store.js";

function bar(name) {
  const meter = make("span", { class: "bar", role: "meter", "aria-label": named(name), "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 0 });
  return { row: make("li", { "data-expression": name }, make("span", { class: "name", "aria-hidden": "true" }, named(name)), meter), meter };
}

export function beginBars() {
  const bars = new Map(EXPRESSIONS.map((name) => [name, bar(name)]));
  find("#bars").append(...[...bars.values()].map(({ row }) => row));
  watch(["reading"], ({ reading }) => {
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
