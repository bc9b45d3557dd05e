// The mood headline and the page's colour.

import { query, announce, setText } from "../ui/dom.js";
import { expressionBehind, headlineText, isWatching } from "./headline-text.js";
import { moodSentence } from "./current-mood.js";
import { setState, subscribe } from "./store.js";

const COLOUR_DELAY = 2500; // milliseconds for which the colour stays after the mood is lost
const LONG = 16; // letters; a longer headline is written smaller
let colourTimer = 0;

function updateColour({ mood, phase, gone }) {
  clearTimeout(colourTimer);
  document.body.dataset.mood = mood ?? "";
  const applyColour = () => { document.documentElement.dataset.background = gone ? "" : mood ?? ""; };
  if (mood || gone || !isWatching(phase)) applyColour();
  else colourTimer = setTimeout(applyColour, COLOUR_DELAY);
}

/** Keeps the expression behind a mood while single frames show another one. */
function updatePlayed(now) {
  const behind = expressionBehind(now);
  if (behind || !now.mood || now.reading?.expressions[now.mood] > 0.5) setState({ played: behind });
}

function renderHeadline(now) {
  const [before, name, note] = headlineText(now);
  setText(query("#mood-before"), before);
  for (const each of ["#mood-name", "#small-mood"]) setText(query(each), name);
  query("#mood-name").toggleAttribute("data-long", name.length > LONG);
  setText(query("#mood-note"), note);
}

export function initMoodHeadline() {
  subscribe(["mood", "phase", "gone"], updateColour);
  subscribe(["mood", "reading"], updatePlayed);
  subscribe(["phase", "source", "server", "mood", "corrected", "reading", "faces", "played", "startedSong", "curve", "live", "countdown", "picture"], renderHeadline);
  subscribe(["mood"], (now) => { if (now.mood) announce(moodSentence(now, now.mood)); });
}
