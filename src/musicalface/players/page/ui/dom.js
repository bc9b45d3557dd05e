// Helpers to find, create and update elements.

export const query = (selector, root = document) => root.querySelector(selector);
export const queryAll = (selector, root = document) => [...root.querySelectorAll(selector)];

export function createElement(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Writes the text only if it differs: a screen reader announces each write to a live region. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

let toggled = false;

/** Announces the text to screen readers, also when it repeats the last one. */
export function announce(text) {
  toggled = !toggled;
  query("#live-region").textContent = toggled ? text : `${text}\u00a0`;
}

export const prefersReducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const delay = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
