// The person's Spotify, wherever it is open; it goes on by itself through the songs it was given.

import { get, post } from "./ask.js";
import { find, make } from "./dom.js";

const ROUND = 5000; // milliseconds between two looks at what plays

export async function fillDevices() {
  const { devices } = await get("/api/spotify/devices").catch(() => ({ devices: [] }));
  const select = find("#device");
  const kept = select.value;
  select.replaceChildren(
    make("option", { value: "" }, "Where Spotify is open"),
    ...devices.map(({ name }) => make("option", { value: name }, name)),
  );
  if (devices.some(({ name }) => name === kept)) select.value = kept;
  select.hidden = devices.length < 2;
}

function showCover(address) {
  const cover = find("#now-cover");
  cover.hidden = !address;
  if (address) cover.src = address;
}

export function spotifyVoice(heard) {
  let held = null;
  let ids = [];
  let begun = false;
  let turn = 0;

  async function look() {
    const { playing } = await get("/api/spotify/playing");
    if (playing && ids.includes(playing.id)) {
      begun = true;
      heard.playing(!playing.paused);
      showCover(playing.cover);
      if (playing.id !== held.spotify_id) {
        held = { spotify_id: playing.id };
        heard.moved(playing.id);
      }
    } else if (begun) {
      begun = false;
      held = null;
      heard.ended();
    }
  }

  async function follow(mine) {
    while (mine === turn && held) {
      await new Promise((resolve) => { setTimeout(resolve, ROUND); });
      if (mine === turn && held) await look().catch((error) => heard.trouble(error.message));
    }
  }

  const start = () => post("/api/spotify/play", { ids, device: find("#device").value });
  return {
    async load(song, rest) {
      turn += 1;
      held = song;
      ids = rest.map(({ spotify_id: id }) => id);
      begun = false;
      await start().catch((error) => { held = null; throw error; });
      heard.playing(true);
      follow(turn);
    },
    holds: (song) => held?.spotify_id === song.spotify_id,
    async toggle() {
      const paused = find("#play").getAttribute("aria-label") === "Play";
      const ask = paused ? post("/api/spotify/play", { ids: [] }) : post("/api/spotify/pause");
      await ask.then(() => heard.playing(paused), (error) => heard.trouble(error.message));
    },
    leave() {
      if (held) post("/api/spotify/pause").catch(() => {});
      turn += 1;
      held = null;
      heard.playing(false);
    },
  };
}
