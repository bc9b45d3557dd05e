// The face on the first page: the pointer is its mood, and the room takes the colour.

import { find, pause, still } from "./dom.js";
import { Face } from "./face.js";
import { CORNERS } from "./moods.js";
import { state } from "./store.js";

const INTRODUCTION = ["happy", "relaxed", "sad", "angry", "happy"];
const EACH = 950; // milliseconds; all of it is over before five seconds
let touched = false;

function show(face, mood, [valence, arousal] = CORNERS[mood]) {
  if (state.phase !== "consent") return;
  document.documentElement.dataset.room = mood;
  face.to(valence, arousal);
}

function moodAt(valence, arousal) {
  if (valence < 0) return arousal < 0 ? "sad" : "angry";
  return arousal < 0 ? "relaxed" : "happy";
}

function follow(face, event) {
  if (state.phase !== "consent" || event.pointerType === "touch") return;
  touched = true;
  const valence = (2 * event.clientX) / innerWidth - 1;
  const arousal = 1 - (2 * event.clientY) / innerHeight;
  show(face, moodAt(valence, arousal), [valence, arousal]);
}

export async function beginHero() {
  const face = new Face(find("#hero"));
  if (still()) {
    show(face, "happy");
    return;
  }
  addEventListener("pointermove", (event) => follow(face, event));
  for (const mood of INTRODUCTION) {
    if (touched || state.phase !== "consent") return;
    show(face, mood);
    await pause(EACH);
  }
}
