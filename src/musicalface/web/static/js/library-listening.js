// The switch of the library's listening, and its progress.

import { query, setText } from "../ui/dom.js";
import { post } from "./api.js";

const NO_DECODER = "This installation can’t decode sound, so moods come from tags, listeners and lyrics.";

function listeningSummary({ listens, listening, can_listen: canListen }) {
  if (!canListen) return NO_DECODER;
  if (!listens) return "Off: songs without tags, known listeners or English lyrics stay unsorted.";
  if (!listening) return "In the background, on this computer.";
  const { done, songs } = listening;
  return `Listening: ${done.toLocaleString("en")} of ${songs.toLocaleString("en")} songs so far.`;
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
