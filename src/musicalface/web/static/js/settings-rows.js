// The kinds of rows of the settings: a label, a sentence, and one control.

import { createElement, setText } from "../ui/dom.js";

let last = 0;
const newId = () => `setting-${(last += 1)}`;

function row(id, label, hint, control, kind) {
  const words = createElement("div", { class: "setting-words" }, label, createElement("p", { class: "small", id: `${id}-hint` }, hint));
  return createElement("div", { class: "setting", "data-kind": kind }, words, control);
}

const labelFor = (id, text) => createElement("label", { for: id }, text);

/** `options` are [value, label] pairs; `choose(value)` is called with the new one. */
export function choiceRow({ label, hint = "", options, value, choose }) {
  const id = newId();
  const choices = options.map(([each, text]) => {
    const radio = createElement("input", { type: "radio", name: id, value: each });
    radio.checked = each === value;
    radio.addEventListener("change", () => choose(each));
    return createElement("label", {}, radio, createElement("span", {}, text));
  });
  const group = createElement("div", { class: "segments", role: "radiogroup", "aria-labelledby": id, "aria-describedby": `${id}-hint` }, ...choices);
  return row(id, createElement("span", { id }, label), hint, group, "choice");
}

/** `change(isOn)` resolves to a sentence if it failed; the switch then returns. */
export function switchRow({ label, hint = "", isOn, isFixed = false, change }) {
  const id = newId();
  const input = createElement("input", { type: "checkbox", role: "switch", id, "aria-describedby": `${id}-hint` });
  input.checked = isOn;
  input.disabled = isFixed;
  const control = createElement("span", { class: "switch" }, input, createElement("span", { class: "switch-track", "aria-hidden": "true" }));
  const whole = row(id, labelFor(id, label), hint, control, "switch");
  const error = createElement("p", { class: "error", role: "alert" });
  whole.append(error);
  input.addEventListener("change", async () => {
    const problem = await change(input.checked);
    if (problem) input.checked = !input.checked;
    setText(error, problem);
  });
  return whole;
}

/** `value` is 0 to 1, or null if it cannot be set here. */
export function sliderRow({ label, hint = "", value, change }) {
  const id = newId();
  const input = createElement("input", { type: "range", class: "slider", id, min: 0, max: 1, step: 0.05, "aria-describedby": `${id}-hint` });
  const draw = () => input.style.setProperty("--share", input.value);
  input.value = value ?? 1;
  input.disabled = value === null;
  draw();
  input.addEventListener("input", () => {
    draw();
    change(Number(input.value));
  });
  return row(id, labelFor(id, label), hint, input, "slider");
}

/** `press()` resolves to the sentence that replaces the hint. */
export function buttonRow({ label, hint = "", button, press }) {
  const id = newId();
  const control = createElement("button", { type: "button", "aria-describedby": `${id}-hint` }, button);
  const whole = row(id, createElement("span", {}, label), hint, control, "button");
  const words = whole.querySelector(".small");
  words.setAttribute("role", "status");
  control.addEventListener("click", async () => setText(words, await press()));
  return whole;
}
