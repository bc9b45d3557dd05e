// The menu "Shift me toward…", and the path of the songs that it leads to.

import { createElement, query } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { MOOD_POSITIONS } from "./mood-constants.js";
import { requestSongs } from "./song-requests.js";
import { setState, subscribe } from "./store.js";

const DEBOUNCE = 250; // milliseconds; arrow keys pass several options
let debounceTimer = 0;

/** Lists the other moods: a mood cannot be shifted toward itself. */
function renderMenu({ mood, songs, toward }) {
  const menu = query("#target-mood");
  const from = mood ?? songs?.mood;
  query("#mood-next").hidden = !from;
  const others = Object.keys(MOOD_POSITIONS).filter((name) => name !== from);
  menu.replaceChildren(
    createElement("option", { value: "" }, sentence(toward ? "mood.back" : "mood.shift")),
    ...others.map((name) => createElement("option", { value: name }, toward === name ? sentence("mood.toward", { mood: sentence(`moods.${name}`) }) : sentence(`mood_names.${name}`))),
  );
  menu.value = others.includes(toward) ? toward : "";
}

/** Returns the number of songs of each mood in the order of the path: "5 happy → 5 relaxed". */
function pathWords(songs) {
  const counts = new Map();
  for (const { mood } of songs) counts.set(mood, (counts.get(mood) ?? 0) + 1);
  return [...counts].map(([mood, count]) => sentence("mood.path", { count, mood: sentence(`moods.${mood}`) })).join(" → ");
}

function renderPath({ songs }) {
  const path = query("#mood-path");
  path.hidden = !songs?.toward;
  if (path.hidden) return;
  const dots = songs.songs.map(({ mood }) => createElement("i", { "data-mood": mood }));
  path.replaceChildren(createElement("span", { class: "dots", "aria-hidden": "true" }, ...dots), pathWords(songs.songs));
}

export function initMoodShift() {
  subscribe(["mood", "songs", "toward"], renderMenu);
  subscribe(["songs"], renderPath);
  query("#target-mood").addEventListener("change", ({ target }) => {
    setState({ toward: target.value || null });
    clearTimeout(debounceTimer);
    debounceTimer = setTimeout(requestSongs, DEBOUNCE);
  });
}
