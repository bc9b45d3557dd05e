// Spotify's embedded player, which lives in a frame of another origin; it comes at the first play.

import { Refusal } from "./ask.js";
import { find, make } from "./dom.js";
import { state } from "./store.js";

const PATIENCE = 9000; // milliseconds until the frame has said that it is ready
const NO_PLAYER = "Spotify’s player did not come: check the network and press play again.";

export function embedVoice(heard) {
  let frame = null;
  let ready = null;
  let held = null;
  let answer = { ready() {}, failed() {} };

  function remove() {
    frame?.remove();
    frame = ready = held = null;
    find("#seat").hidden = true;
    find("#player").dataset.voice = "";
    heard.playing(false);
  }

  function hear({ data, origin, source }) {
    if (!frame || source !== frame.contentWindow || origin !== new URL(frame.src).origin) return;
    if (data.is === "ready") answer.ready();
    if (data.is === "failed") { answer.failed(new Refusal("embed", data.message)); heard.trouble(data.message); }
    const mine = held && data.uri === `spotify:track:${held.spotify_id}`;
    if (data.is === "playing" && mine) heard.playing(!data.paused);
    if (data.is === "ended" && mine) heard.ended();
  }

  function seat() {
    frame = make("iframe", { src: state.embed, allow: "autoplay; encrypted-media", title: "Spotify’s player" });
    find("#seat").replaceChildren(frame);
    find("#seat").hidden = false;
    find("#player").dataset.voice = "embed";
    ready = new Promise((resolve, reject) => {
      answer = { ready: resolve, failed: reject };
      setTimeout(reject, PATIENCE, new Refusal("embed", NO_PLAYER));
    });
    const mine = frame;
    ready.catch(() => { if (frame === mine) remove(); });
  }

  const tell = (words) => frame?.contentWindow.postMessage(words, new URL(frame.src).origin);
  addEventListener("message", hear);
  return {
    async load(song) {
      if (!state.embed) throw new Refusal("embed", NO_PLAYER);
      if (!frame) seat();
      held = song;
      await ready;
      if (held === song) tell({ do: "load", uri: `spotify:track:${song.spotify_id}`, play: true });
    },
    holds: (song) => held === song,
    toggle: () => tell({ do: "toggle" }),
    leave: remove,
  };
}
