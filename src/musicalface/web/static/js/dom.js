// The few words that all parts use to find and make elements.

export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function write(element, words) {
  if (element.textContent !== words) element.textContent = words; // a live region speaks when it is written
}

let turn = false;
export function say(words) {
  turn = !turn;
  find("#said").textContent = turn ? words : `${words}\u00a0`; // the same words are spoken again
}

export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
