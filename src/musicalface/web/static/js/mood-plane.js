// The plane of valence and arousal: a dot shows the reading. The drawn faces of the page follow it.

import { query } from "../ui/dom.js";
import { FaceDrawing } from "../ui/face-drawing.js";
import { MOOD_POSITIONS } from "./mood-constants.js";
import { subscribe } from "./store.js";

function dotPosition({ reading, mood }) {
  if (reading) return [reading.valence, reading.arousal];
  return mood ? MOOD_POSITIONS[mood] : [0, 0];
}

function moveDot(now, faces) {
  const [valence, arousal] = dotPosition(now);
  const dot = query("#dot");
  dot.style.setProperty("--x", valence);
  dot.style.setProperty("--y", -arousal);
  dot.dataset.known = String(Boolean(now.reading));
  for (const face of faces) face.moveTo(valence, arousal);
}

export function initMoodPlane() {
  const faces = [new FaceDrawing(query("#logo")), new FaceDrawing(query("#picture-message-face"))];
  faces[0].moveTo(0.8, 0.5);
  subscribe(["reading", "mood"], (now) => moveDot(now, faces));
}
