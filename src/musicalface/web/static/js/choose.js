// When ten songs are asked for, and when they are only offered: songs do not jump about.

import { post } from "./ask.js";
import { all, find, say, write } from "./dom.js";
import { state, set, watch } from "./store.js";

const COUNT = 10;
const SETTLED = 250; // milliseconds: arrow keys pass over wishes on their way
let turn = 0;
let kept = null; // a mood whose songs were refused, until another one comes
let settling = 0;
let newest = Promise.resolve(false);
let wanted = null; // the last request, for "Try again"

function request(mood, corrected) {
  const { toward, player, mine } = state;
  return { mood, toward: toward === mood ? null : toward, player, count: COUNT, mine, corrected };
}

/** Asks for ten songs; true when they, or those that were asked for since, have come. */
export function pick(wish) {
  newest = ask(wish);
  return newest;
}

async function ask({ mood = state.mood ?? state.songs?.mood, corrected = false } = {}) {
  if (!mood) return false;
  turn += 1;
  const mine = turn;
  wanted = { mood, corrected };
  set({ picking: true, songsTrouble: "", offer: null });
  let changes;
  try {
    changes = { songs: await post("/api/songs", request(mood, corrected)) };
  } catch (error) {
    changes = { songsTrouble: error.message };
  }
  if (mine !== turn) return newest;
  set({ picking: false, ...changes });
  if (changes.songs) say(`${changes.songs.title}.`);
  follow();
  return Boolean(changes.songs);
}

function follow() {
  const { mood, songs, picking, songsTrouble } = state;
  if (!mood) set({ offer: null });
  if (mood && mood !== kept) kept = null;
  if (!mood || picking) return;
  if (songs) set({ offer: mood === songs.mood || mood === kept ? null : mood });
  else if (!songsTrouble) pick();
}

function offer({ offer: mood, corrected, phase }) {
  const held = find("#offer").contains(document.activeElement);
  find("#offer").hidden = !mood;
  if (!mood && held) find("#songs-title").focus();
  const before = corrected ? "You say" : phase === "photo" ? "The photo looks" : "You look";
  write(find("#offer-words"), mood ? `${before} ${mood} now.` : "");
  if (mood) say(`${before} ${mood} now. New songs?`);
}

export function beginChoose() {
  watch(["mood"], follow);
  watch(["offer"], offer);
  watch(["server"], ({ server, songsTrouble, picking }) => { if (server === "there" && songsTrouble && !picking) pickAgain(); });
  find("#offer-take").addEventListener("click", () => pick({ mood: state.offer }));
  find("#offer-leave").addEventListener("click", () => { kept = state.offer; set({ offer: null }); });
  find("#others").addEventListener("click", () => pick({ mood: state.songs.mood }));
  find("#dj").addEventListener("change", ({ target }) => set({ dj: target.checked }));
  find("#mine").addEventListener("change", ({ target }) => { set({ mine: target.checked }); pick(); });
  for (const choice of all("[name=wish]")) {
    choice.addEventListener("change", () => {
      set({ toward: choice.value || null });
      clearTimeout(settling);
      settling = setTimeout(pick, SETTLED);
    });
  }
}

export const pickAgain = () => pick(wanted ?? {});
