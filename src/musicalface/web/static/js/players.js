// One song at a time, by one of three voices; nothing sounds before somebody has pressed play.

import { pick, pickAgain } from "./choose.js";
import { find, write } from "./dom.js";
import { embedVoice } from "./embed.js";
import { localVoice } from "./local.js";
import { mark, soundOf } from "./songs.js";
import { spotifyVoice } from "./spotify.js";
import { state, watch } from "./store.js";

const MAKE = { browser: embedVoice, local: localVoice, spotify: spotifyVoice };
const ENOUGH = 3; // songs in a row that do not play, after which it is not the songs
const voices = {};
let song = null;
let at = -1;
let playing = false;
let failures = 0;

const rows = () => state.songs?.songs ?? [];
const voice = () => (voices[state.player] ??= MAKE[state.player](heard));

function nextFrom(place, by) {
  let to = place + by;
  while (rows()[to] && !soundOf(rows()[to], state.player)) to += by;
  return rows()[to] ? to : -1;
}

function show() {
  const focused = document.activeElement;
  const first = song ?? rows()[nextFrom(-1, 1)];
  find("#player").hidden = !song && !rows().length;
  find("#play").disabled = !first;
  write(find("#now-title"), first?.title ?? "");
  write(find("#now-artist"), first?.artist ?? "");
  const cover = find("#now-cover");
  cover.hidden = !first?.cover;
  if (first?.cover) cover.src = first.cover;
  find("#play").setAttribute("aria-label", playing ? "Pause" : "Play");
  find("#play use").setAttribute("href", playing ? "#i-pause" : "#i-play");
  find("#previous").disabled = nextFrom(at, -1) < 0;
  find("#next").disabled = nextFrom(at, 1) < 0;
  if (focused?.matches("#previous:disabled, #next:disabled")) find("#play").focus();
  mark(at, playing);
}

const trouble = (words) => write(find("#player-trouble"), words);

/** Plays the song at a place of the list. */
export async function play(place) {
  if (!rows()[place]) return;
  at = place;
  song = rows()[place];
  trouble("");
  show();
  find("#play").setAttribute("aria-busy", "true");
  const mine = song;
  const rest = rows().slice(place).filter((one) => soundOf(one, state.player));
  await voice().load(song, rest).catch((error) => { if (mine === song) trouble(error.message); });
  if (mine === song) find("#play").removeAttribute("aria-busy");
}

const step = (by) => play(nextFrom(at, by));

/** After a song: with DJ mode the new mood's songs, else the next of these. */
async function ended() {
  failures = 0;
  const last = nextFrom(at, 1) < 0;
  const mood = state.offer ?? (last ? state.mood ?? state.songs?.mood : null);
  const before = song;
  const picked = state.dj && mood && (await pick({ mood }));
  if (song !== before) return; // somebody has pressed another one, or chosen another player
  if (picked) play(nextFrom(-1, 1));
  else if (!last) step(1);
  else heard.playing(false);
}

/** The new mood's songs, in place of the one that has just begun. */
async function changeWith(mood) {
  const before = song;
  if ((await pick({ mood })) && song === before) play(nextFrom(-1, 1));
}

const heard = {
  ended,
  playing(is) {
    if (is) failures = 0;
    if (playing === is) return;
    playing = is;
    show();
  },
  /** Another song has begun by itself; it may stand in an older list. */
  moved(to) {
    at = rows().findIndex((one) => one.spotify_id === to.spotify_id);
    song = rows()[at] ?? to;
    show();
    if (state.dj && state.offer) changeWith(state.offer);
  },
  trouble,
  cover(address) {
    if (!song || song.cover === address) return;
    song.cover = address;
    show();
  },
  async skip(words) {
    const { title } = song ?? { title: "This song" };
    failures += 1;
    if (failures < ENOUGH && nextFrom(at, 1) >= 0) await step(1);
    trouble(`${title}: ${words}`);
  },
};

async function toggle() {
  const key = find("#play");
  if (key.ariaBusy === "true") return;
  if (song && voice().holds(song)) {
    key.ariaBusy = "true";
    await voice().toggle();
    key.ariaBusy = null;
  } else play(at >= 0 ? at : nextFrom(-1, 1));
}

function change({ player }) {
  for (const [name, other] of Object.entries(voices)) if (name !== player) other.leave();
  playing = false;
  song = null;
  at = -1;
  find("#play").removeAttribute("aria-busy");
  trouble("");
  if (state.picking || state.songsTrouble) pickAgain();
  else if (state.songs) pick({ mood: state.songs.mood });
  show();
}

export function beginPlayers() {
  find("#previous").addEventListener("click", () => step(-1));
  find("#next").addEventListener("click", () => step(1));
  find("#play").addEventListener("click", toggle);
  watch(["player"], change);
  watch(["songs"], () => {
    trouble("");
    at = rows().findIndex((one) => song && one.title === song.title && one.artist === song.artist);
    show();
  });
}
