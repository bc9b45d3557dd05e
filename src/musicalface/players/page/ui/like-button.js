// The heart button of a song: filled if the person likes it.

import { createElement } from "./dom.js";
import { createIcon } from "./icons.js";
import { sentence } from "./sentences.js";

/** Creates an empty heart; `onPress` is called for a press. */
export function createHeart(onPress) {
  const heart = createElement("button", { type: "button", class: "icon heart", "aria-pressed": "false" }, createIcon("heart"));
  heart.addEventListener("click", onPress);
  return heart;
}

/** Shows the heart of this song. */
export function showHeart(heart, { title, artist, liked }) {
  heart.setAttribute("aria-label", sentence("row.like", { title, artist }));
  heart.setAttribute("aria-pressed", String(Boolean(liked)));
}
