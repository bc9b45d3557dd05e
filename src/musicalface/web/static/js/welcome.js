// The animated face of the welcome screen: it shows four moods and their colours, then follows the pointer.

import { query, delay, prefersReducedMotion } from "../ui/dom.js";
import { FaceDrawing } from "../ui/face-drawing.js";
import { MOOD_POSITIONS } from "./mood-constants.js";
import { state } from "./store.js";

const INTRODUCTION = ["happy", "relaxed", "sad", "angry", "happy"];
const STEP = 950; // milliseconds; the whole introduction takes less than five seconds
let touched = false;

function showMood(face, mood) {
  if (state.phase !== "consent") return;
  document.documentElement.dataset.background = mood;
  face.moveTo(...MOOD_POSITIONS[mood]);
}

/** Only the face follows: a colour that changed on the way to a button would look like an answer. */
function followPointer(face, event) {
  if (state.phase !== "consent" || event.pointerType === "touch") return;
  if (!touched) showMood(face, "happy");
  touched = true;
  const valence = (2 * event.clientX) / innerWidth - 1;
  const arousal = 1 - (2 * event.clientY) / innerHeight;
  face.moveTo(valence, arousal);
}

export async function initWelcome() {
  const face = new FaceDrawing(query("#welcome-face"));
  if (prefersReducedMotion()) {
    showMood(face, "happy");
    return;
  }
  addEventListener("pointermove", (event) => followPointer(face, event));
  for (const mood of INTRODUCTION) {
    if (touched || state.phase !== "consent") return;
    showMood(face, mood);
    await delay(STEP);
  }
}
