// The person's Spotify, wherever it is open; it goes on by itself through the songs it was given.

import { get, post } from "./ask.js";
import { find, make, pause } from "./dom.js";

const ROUND = 5000; // milliseconds between two looks at what plays
const SOMETHING_ELSE = "Something else plays on your Spotify now; press play to come back.";

export async function fillDevices() {
  const devices = await get("/api/spotify/devices").then((answer) => answer.devices, () => null);
  if (!devices) return;
  const select = find("#device");
  const kept = select.value;
  select.replaceChildren(
    make("option", { value: "" }, "Where Spotify is open"),
    ...devices.map(({ name }) => make("option", { value: name }, name)),
  );
  if (devices.some(({ name }) => name === kept)) select.value = kept;
  select.hidden = devices.length < 2;
}

export function spotifyVoice(heard) {
  let held = null;
  let songs = [];
  let last = null; // what was seen there, since one of ours was
  let away = false; // the person has chosen something else there
  let worried = false;
  let turn = 0;
  let line = Promise.resolve(); // commands reach Spotify in the order in which they were given

  const inLine = (command) => { line = line.catch(() => {}).then(command); return line; };

  /** Spotify may play a song under another id than the one that it was asked for. */
  function idOf({ id, title }) {
    const same = songs.find((song) => song.spotify_id === id) ?? songs.find((song) => song.title.toLowerCase() === title.toLowerCase());
    return same?.spotify_id;
  }

  function worry(words) {
    if (words || worried) heard.trouble(words);
    worried = Boolean(words);
  }

  /** After the last song Spotify rests, or goes on with songs of its own. */
  function isOver(playing) {
    if (held.spotify_id !== songs.at(-1).spotify_id) return false;
    if (!playing) return !last.paused; // else it was put away while it was paused
    return (playing.paused && playing.position === 0) || !idOf(playing);
  }

  function end(by) {
    held = last = null;
    by();
  }

  function move(playing) {
    last = playing;
    away = false;
    worry("");
    heard.playing(!playing.paused);
    if (idOf(playing) !== held.spotify_id) {
      held = { ...playing, spotify_id: idOf(playing) };
      heard.moved(held);
    }
    heard.cover(playing.cover);
  }

  function giveWay() {
    last = null;
    away = true;
    heard.playing(false);
    worry(SOMETHING_ELSE);
  }

  function notice(playing) {
    if (last && isOver(playing)) end(heard.ended);
    else if (playing && idOf(playing)) move(playing);
    else if (last && playing) giveWay();
    else if (last) end(() => heard.playing(false));
  }

  async function follow(mine) {
    const ours = () => mine === turn && held;
    while (ours()) {
      await pause(ROUND);
      if (!ours()) return;
      try {
        const { playing } = await get("/api/spotify/playing");
        if (ours()) notice(playing);
      } catch (error) {
        if (ours()) worry(error.message);
      }
    }
  }

  return {
    async load(song, rest) {
      turn += 1;
      const mine = turn;
      held = song;
      songs = rest;
      last = null;
      away = false;
      const ids = rest.map(({ spotify_id: id }) => id);
      const play = () => mine === turn && post("/api/spotify/play", { ids, device: find("#device").value });
      await inLine(play).catch((error) => {
        if (mine === turn) held = null;
        throw error;
      });
      if (mine !== turn) return;
      heard.playing(true);
      follow(mine);
    },
    holds: (song) => !away && held?.spotify_id === song.spotify_id,
    async toggle() {
      const mine = turn;
      const paused = find("#play").getAttribute("aria-label") === "Play";
      const ask = () => (paused ? post("/api/spotify/play", { ids: [] }) : post("/api/spotify/pause"));
      await inLine(ask).then(
        () => { if (mine === turn) { worry(""); heard.playing(paused); } },
        (error) => { if (mine === turn) worry(error.message); },
      );
    },
    leave() {
      if (held && !away) inLine(() => post("/api/spotify/pause")).catch(() => {});
      turn += 1;
      held = null;
      heard.playing(false);
    },
  };
}
