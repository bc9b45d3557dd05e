// Tells the program which songs were heard: those that have sounded for ten seconds.

import { post } from "./api.js";
import { songToKeep } from "./song-record.js";
import { subscribe } from "./store.js";

const HEARD = 10000; // milliseconds
let song = null;
let left = 0; // milliseconds until it counts
let since = null; // when it began to sound, on a clock that nobody sets
let timer = 0;

function stopCounting() {
  clearTimeout(timer);
  if (since !== null) left -= performance.now() - since;
  since = null;
}

function count() {
  since = null;
  left = 0;
  post("/api/history", songToKeep(song)).catch(() => {}); // the history is then without it
}

function follow({ barSong, playing }) {
  stopCounting();
  if (barSong !== song) {
    song = barSong;
    left = HEARD;
  }
  if (!playing || !song?.mood || left <= 0) return; // what others play on Spotify has no mood
  since = performance.now();
  timer = setTimeout(count, left);
}

export function initHeard() {
  subscribe(["barSong", "playing"], follow);
}
