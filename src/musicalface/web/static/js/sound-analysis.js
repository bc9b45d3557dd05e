// The switch of the library's listening, and its progress.

import { query, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { post } from "./api.js";

function listeningSummary({ listens, listening, can_listen: canListen }) {
  if (!canListen) return sentence("library.no_decoder");
  if (!listens) return sentence("library.not_listening");
  if (!listening) return sentence("library.idle");
  return sentence("library.listening", { done: listening.done, count: listening.songs });
}

export function renderListening(library) {
  const toggle = query("#listens");
  toggle.checked = library.listens && library.can_listen;
  toggle.disabled = !library.can_listen;
  setText(query("#listens-words"), listeningSummary(library));
}

/** `applyChange` awaits a request and shows the library again, or the error. */
export function initListening(applyChange) {
  const toggle = query("#listens");
  toggle.addEventListener("change", () => {
    const on = toggle.checked;
    const request = post("/api/library/listening", { on });
    applyChange(request.catch((error) => { toggle.checked = !on; throw error; }));
  });
}
