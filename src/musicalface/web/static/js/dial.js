// The plane of valence and arousal: a dot for the face, four quadrants that are buttons.

import { all, find } from "./dom.js";
import { Face } from "./face.js";
import { CORNERS } from "./moods.js";
import { correctMood } from "./mood.js";
import { pick } from "./choose.js";
import { watch } from "./store.js";

function pointOf({ reading, mood }) {
  if (reading) return [reading.valence, reading.arousal];
  return mood ? CORNERS[mood] : [0, 0];
}

function move(now, faces) {
  const [valence, arousal] = pointOf(now);
  const dot = find("#dot");
  dot.style.setProperty("--x", valence);
  dot.style.setProperty("--y", -arousal);
  dot.dataset.known = String(Boolean(now.reading));
  for (const face of faces) face.to(valence, arousal);
}

function light({ mood }) {
  for (const quadrant of all("#dial button")) {
    quadrant.setAttribute("aria-pressed", String(quadrant.dataset.mood === mood));
  }
}

export function beginDial() {
  const faces = [new Face(find("#mark")), new Face(find("#curtain-face"))];
  faces[0].to(0.8, 0.5);
  watch(["reading", "mood"], (now) => move(now, faces));
  watch(["mood"], light);
  for (const quadrant of all("#dial button")) {
    quadrant.addEventListener("click", () => {
      pick({ mood: quadrant.dataset.mood, corrected: true }); // first: a mood without songs asks for some
      correctMood(quadrant.dataset.mood);
    });
  }
}
