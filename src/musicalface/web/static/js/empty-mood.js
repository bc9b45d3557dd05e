// What to do when the library has no songs of the mood: play them from Deezer, sort songs, or, if there are none, add a folder.

import { createElement, query } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { choosePlayer, findPlayer, isReady, refreshPlayers } from "./players.js";
import { loadSheet } from "./sheet-loader.js";
import { retrySongs } from "./song-requests.js";
import { state, subscribe } from "./store.js";

let waits = false; // a folder has been asked for

function button(label, work) {
  const element = createElement("button", { type: "button" }, label);
  element.addEventListener("click", () => { query("#songs-title").focus(); work(); });
  return element;
}

async function sortSongs() {
  const sorter = await loadSheet("sorter");
  sorter?.open(() => refreshPlayers().then(retrySongs));
}

function addFolder() {
  waits = true;
  query("#open-sources").click();
}

/** Asks again for songs once the library has some. */
function onPlayers() {
  if (!waits || !findPlayer("local")?.songs) return;
  waits = false;
  if (state.songsProblem === "no_songs" && state.songsError) retrySongs();
}

const isEmpty = ({ songs, unsorted } = {}) => songs === 0 && unsorted === 0;

/** Buttons for the sentence that the library has no songs of this mood. */
export function libraryGapButtons() {
  const label = state.mood ? sentence("songs.from_deezer", { mood: sentence(`moods.${state.mood}`) }) : sentence("songs.these_from_deezer");
  const deezer = button(label, () => choosePlayer("deezer"));
  const own = isEmpty(findPlayer("local")) ? button(sentence("songs.add_folder"), addFolder) : button(sentence("songs.sort"), sortSongs);
  const buttons = [...(isReady("deezer") ? [deezer] : []), own];
  return buttons.flatMap((each) => [" ", each]);
}

export function initLibraryGap() {
  subscribe(["players"], onPlayers);
}
