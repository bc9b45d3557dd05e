// A picture of where browsers keep the camera's permission: beside the page's address. Loaded when it was refused.

import { createElement } from "../ui/dom.js";
import { createIcon } from "../ui/icons.js";
import { sentence } from "../ui/sentences.js";

const STEPS = ["camera.allow_sign", "camera.allow_set", "camera.allow_again"];

/** Draws an address bar with the sign, and three steps. */
export function drawPermissionHelp(place) {
  const sign = createElement("span", { class: "sign" }, createIcon("camera"));
  const bar = createElement("p", { class: "address", "aria-hidden": "true" }, sign, location.host);
  place.replaceChildren(bar, createElement("ol", {}, ...STEPS.map((step) => createElement("li", {}, sentence(step)))));
}
