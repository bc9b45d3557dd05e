// Four buttons that set the mood: they correct the reading, and without one they play the mood at once.

import { query, queryAll, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { correctMood } from "./current-mood.js";
import { requestSongs } from "./song-requests.js";
import { state, subscribe } from "./store.js";

const hasPicture = ({ phase }) => !["stopped", "error"].includes(phase);

async function pick(mood, playFirst) {
  const plays = !hasPicture(state);
  const request = requestSongs({ mood, corrected: true }); // before correctMood(), which would request songs itself if there are none
  correctMood(mood);
  if (plays && (await request)) playFirst();
}

function labelOf(plays, mood, corrected) {
  if (plays) return sentence("mood.plays");
  if (corrected) return sentence("mood.change");
  return sentence(mood ? "mood.correct" : "mood.instead");
}

function render(now) {
  const { mood, corrected } = now;
  const plays = !hasPicture(now);
  query("#mood-buttons").toggleAttribute("data-large", plays);
  setText(query("#mood-buttons-label"), labelOf(plays, mood, corrected));
  for (const button of queryAll("#mood-buttons button")) button.setAttribute("aria-pressed", String(button.dataset.mood === mood));
}

export function initMoodPicker(playFirst) {
  subscribe(["mood", "corrected", "phase"], render);
  for (const button of queryAll("#mood-buttons button")) button.addEventListener("click", () => pick(button.dataset.mood, playFirst));
}
