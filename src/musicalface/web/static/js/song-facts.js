// Covers and lengths of the songs in the list, from Deezer, if the person agreed to that.

import { catalogName } from "../ui/catalog-name.js";
import { delay, query } from "../ui/dom.js";
import { post } from "./api.js";
import { changeSettings } from "./settings.js";
import { updateSong } from "./song-list.js";
import { state, subscribe } from "./store.js";

const MAX_TRIES = 5;
const WAIT = 1000; // milliseconds
let requestNumber = 0;

const wantsFacts = () => Boolean(state.settings?.covers && !state.settings.offline && state.songs);

function addFacts(song, facts) {
  if (!facts || facts.error) return;
  for (const key of ["artist", "title", "seconds", "cover", "link"]) if (facts[key]) song[key] = facts[key];
  updateSong(song);
}

/** Asks until all facts have arrived, at most five times; a newer list ends it. */
async function requestFacts() {
  requestNumber += 1;
  const thisRequest = requestNumber;
  const songs = (state.songs?.songs ?? []).filter(({ file_id: file }) => !file);
  for (let tries = 0; tries < MAX_TRIES && songs.length && wantsFacts(); tries += 1) {
    if (tries) await delay(WAIT);
    if (thisRequest !== requestNumber) return;
    const answer = await post("/api/deezer/facts", { songs: songs.map(catalogName) }).catch(() => null);
    if (thisRequest !== requestNumber || !answer) return; // without an answer the drawn covers stay
    answer.songs.forEach((facts, index) => addFacts(songs[index], facts));
    if (!answer.pending) return;
  }
}

function renderQuestion({ settings, songs, player }) {
  const isAsked = Boolean(settings && songs && !settings.covers && !settings.offline && player !== "local");
  query("#covers-question").hidden = !isAsked;
}

export function initSongFacts() {
  subscribe(["songs", "settings"], requestFacts);
  subscribe(["songs", "settings", "player"], renderQuestion);
  query("#covers-yes").addEventListener("click", () => changeSettings({ covers: true }));
}
