// A button that deletes asks once more: its second press counts.

import { setText } from "../ui/dom.js";

/** Returns whether this press is the second one; the first shows the question. */
export function confirmPress(button, question) {
  if (button.dataset.confirming) return true;
  button.dataset.confirming = "true";
  setText(button, question);
  return false;
}

export function resetConfirm(button, label) {
  delete button.dataset.confirming;
  setText(button, label);
}
