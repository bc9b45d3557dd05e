// Whether the server is there: when it is gone, it is asked with growing pauses until it is back.
// One that was started anew refuses this page until its own address was opened in this browser.

import { GONE } from "./ask.js";
import { find, pause, write } from "./dom.js";
import { set, state, watch } from "./store.js";

const LONGEST_PAUSE = 5000; // milliseconds
const WORDS = {
  gone: GONE,
  refused: "This page is not allowed here any more: open the address that MusicalFace has printed.",
};
let waiting = false;

async function health() {
  const options = { signal: AbortSignal.timeout(4000), cache: "no-store" };
  const response = await fetch("/api/health", options);
  if (response.status === 401 || response.status === 403) return "refused";
  if (!response.ok) return "gone";
  return (await response.json()).ready ? "there" : "waking";
}

async function untilThere() {
  if (waiting) return;
  waiting = true;
  for (let tries = 0; state.server !== "there"; tries += 1) {
    const length = state.server === "waking" ? 1000 : 1000 * 1.5 ** tries;
    await pause(Math.min(LONGEST_PAUSE, length));
    set({ server: await health().catch(() => "gone") });
  }
  waiting = false;
}

export async function beginServer() {
  watch(["server"], ({ server }) => {
    document.body.dataset.server = server;
    const words = WORDS[server];
    find("#server").hidden = !words;
    write(find("#server"), words ?? "");
    if (server !== "there") untilThere();
  });
  set({ server: await health().catch(() => "gone") });
}
