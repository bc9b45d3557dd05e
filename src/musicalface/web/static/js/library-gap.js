// What to do when the library has no songs of the mood: play them from Deezer, or sort songs.

import { createElement, query } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { choosePlayer, isReady, refreshPlayers } from "./players.js";
import { loadSheet } from "./sheets.js";
import { retrySongs } from "./song-requests.js";
import { state } from "./store.js";

function button(label, work) {
  const element = createElement("button", { type: "button" }, label);
  element.addEventListener("click", () => { query("#songs-title").focus(); work(); });
  return element;
}

async function sortSongs() {
  const sorter = await loadSheet("sorter");
  sorter?.open(() => refreshPlayers().then(retrySongs));
}

/** Buttons for the sentence that the library has no songs of this mood. */
export function libraryGapButtons() {
  const label = state.mood ? sentence("songs.from_deezer", { mood: sentence(`moods.${state.mood}`) }) : sentence("songs.these_from_deezer");
  const deezer = button(label, () => choosePlayer("deezer"));
  const buttons = [...(isReady("deezer") ? [deezer] : []), button(sentence("songs.sort"), sortSongs)];
  return buttons.flatMap((each) => [" ", each]);
}
