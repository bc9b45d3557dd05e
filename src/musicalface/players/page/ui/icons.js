// The icons, drawn on a square of 24 units.

import { queryAll } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const LINE = { fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round" };
const FILLED = {
  play: "M8 5.6v12.8c0 .9 1 1.4 1.7.9l9.2-6.4c.6-.4.6-1.4 0-1.8L9.7 4.7C9 4.2 8 4.7 8 5.6Z",
  pause: "M8.1 5h.8a1.6 1.6 0 0 1 1.6 1.6v10.8A1.6 1.6 0 0 1 8.9 19h-.8a1.6 1.6 0 0 1-1.6-1.6V6.6A1.6 1.6 0 0 1 8.1 5ZM15.1 5h.8a1.6 1.6 0 0 1 1.6 1.6v10.8a1.6 1.6 0 0 1-1.6 1.6h-.8a1.6 1.6 0 0 1-1.6-1.6V6.6A1.6 1.6 0 0 1 15.1 5Z",
  next: "M6 6.8v10.4c0 .9 1 1.4 1.7.9l7.3-5.2c.6-.4.6-1.4 0-1.8L7.7 5.9C7 5.4 6 5.9 6 6.8ZM17.3 5.5a1.3 1.3 0 0 1 1.3 1.3v10.4a1.3 1.3 0 0 1-2.6 0V6.8a1.3 1.3 0 0 1 1.3-1.3Z",
  previous: "M18 6.8v10.4c0 .9-1 1.4-1.7.9L9 12.9c-.6-.4-.6-1.4 0-1.8l7.3-5.2c.7-.5 1.7 0 1.7.9ZM6.7 5.5A1.3 1.3 0 0 1 8 6.8v10.4a1.3 1.3 0 0 1-2.6 0V6.8a1.3 1.3 0 0 1 1.3-1.3Z",
  stop: "M9.5 6.5h5a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3h-5a3 3 0 0 1-3-3v-5a3 3 0 0 1 3-3Z",
  more: "M6 10.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2ZM12 10.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2ZM18 10.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2Z",
};
const DRAWN = {
  volume: "M4.5 10v4h3l4 3.5v-11L7.5 10ZM15 9.5q2 2.5 0 5M17.5 7q4 5 0 10",
  muted: "M4.5 10v4h3l4 3.5v-11L7.5 10ZM15.5 9.7l4.6 4.6M20.1 9.7l-4.6 4.6",
  heart: "M12 19.6 5.3 13a4.5 4.5 0 0 1 6.3-6.4l.4.4.4-.4a4.5 4.5 0 0 1 6.3 6.4Z",
  away: "M8 16 16.5 7.5M9.5 7h7.5v7.5",
  close: "m7 7 10 10M17 7 7 17",
  read: "M4 9V7a3 3 0 0 1 3-3h2M15 4h2a3 3 0 0 1 3 3v2M20 15v2a3 3 0 0 1-3 3h-2M9 20H7a3 3 0 0 1-3-3v-2M8.5 13.5q3.5 4 7 0",
  home: "M4 11.5 12 5l8 6.5M6.5 10v7a2 2 0 0 0 2 2h7a2 2 0 0 0 2-2v-7",
  doubt: "M4 14q4-7 8-2t8-2",
  share: "M12 15V4M8 7.5l4-4 4 4M6 11.5V18a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2v-6.5",
  save: "M12 4v11M8 11.5l4 4 4-4M5.5 19.5h13",
  copy: "M9.5 9H18a1.5 1.5 0 0 1 1.5 1.5V19A1.5 1.5 0 0 1 18 20.5H9.5A1.5 1.5 0 0 1 8 19v-8.5A1.5 1.5 0 0 1 9.5 9ZM4.5 15V6A1.5 1.5 0 0 1 6 4.5h9",
  down: "m7 10 5 5 5-5",
  back: "m14 7-5 5 5 5",
  folder: "M4 7.8a1.8 1.8 0 0 1 1.8-1.8h3.6l2.3 2.4h6.5a1.8 1.8 0 0 1 1.8 1.8v6.4a1.8 1.8 0 0 1-1.8 1.8H5.8A1.8 1.8 0 0 1 4 16.6Z",
  settings: "M12 6.3a5.7 5.7 0 1 1 0 11.4 5.7 5.7 0 0 1 0-11.4ZM12 9.9a2.1 2.1 0 1 1 0 4.2 2.1 2.1 0 0 1 0-4.2ZM12 6.3V3.8M12 17.7v2.5M6.3 12H3.8M17.7 12h2.5M8 8 6.2 6.2M16 16l1.8 1.8M8 16l-1.8 1.8M16 8l1.8-1.8",
  help: "M9.2 9.2a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.2-1.5 2.3M12 17.2v.1",
  camera: "M4 8.5h10.5a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H5.5A1.5 1.5 0 0 1 4 15ZM16 11.5l4-2.5v7l-4-2.5M4 5l16 14.5",
  options: "M4 8h9M17 8h3M4 16h3M11 16h9M13 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0M7 16a2 2 0 1 0 4 0 2 2 0 1 0-4 0",
};

/** Creates the icon of this name; screen readers do not see it. */
export function createIcon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", FILLED[name] ?? DRAWN[name]);
  if (!FILLED[name]) for (const [key, value] of Object.entries(LINE)) path.setAttribute(key, value);
  svg.append(path);
  return svg;
}

/** Shows an icon at the start of an element, in place of the one before. */
export function setIcon(element, name) {
  if (element.dataset.icon === name && element.firstElementChild?.matches("svg")) return;
  element.dataset.icon = name;
  if (element.firstElementChild?.matches("svg")) element.firstElementChild.remove();
  element.prepend(createIcon(name));
}

/** Draws the icons of all elements with a data-icon attribute. */
export function drawIcons(root = document) {
  for (const element of queryAll("[data-icon]", root)) element.prepend(createIcon(element.dataset.icon));
}
