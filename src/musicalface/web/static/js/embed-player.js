// Plays songs with Spotify's embedded player, in an iframe of another origin that the first play creates.

import { createElement, query } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { ApiError } from "./api.js";
import { state } from "./store.js";

const PRESS_PLAY = sentence("spotify.press");
const LOAD_ERROR = sentence("spotify.failed");

export function createEmbedOutput(events) {
  let frame = null;
  let ready = null;
  let current = null;
  let pending = { ready() {}, failed() {} };

  function unmount() {
    frame?.remove();
    frame = ready = current = null;
    query("#seat").hidden = true;
    query("#player").dataset.output = "";
    pending.failed(new DOMException("Replaced", "AbortError"));
  }

  function fail() {
    const error = new ApiError("embed", LOAD_ERROR);
    pending.failed(error);
    if (frame) unmount();
    events.failed(error);
  }

  function onMessage({ data, origin, source }) {
    if (!frame || source !== frame.contentWindow || origin !== new URL(frame.src).origin) return;
    if (data.is === "ready") pending.ready();
    if (data.is === "failed") fail();
    if (!current || data.uri !== `spotify:track:${current.spotify_id}`) return;
    if (data.is === "loaded") events.loaded();
    if (data.is === "loaded" && data.plain) events.blocked(PRESS_PLAY);
    if (data.is === "ended") events.ended();
    if (data.is !== "playing") return;
    events.loaded();
    events.playing(!data.paused);
    if (data.duration > 0) events.progress(data.position / 1000, data.duration / 1000);
  }

  function mount() {
    frame = createElement("iframe", { src: state.embed, allow: "autoplay; encrypted-media", title: sentence("spotify.frame") });
    query("#seat").replaceChildren(frame);
    query("#seat").hidden = false;
    query("#player").dataset.output = "embed";
    ready = new Promise((resolve, reject) => { pending = { ready: resolve, failed: reject }; });
  }

  const postToFrame = (message) => frame?.contentWindow.postMessage(message, new URL(frame.src).origin);
  addEventListener("message", onMessage);
  return {
    async load(song) {
      if (!state.embed) throw new ApiError("embed", LOAD_ERROR);
      if (!frame) mount();
      current = song;
      const isReady = await ready.then(() => true, () => false); // a failure has been reported
      if (isReady && current === song) postToFrame({ do: "load", uri: `spotify:track:${song.spotify_id}`, play: true });
    },
    isLoaded: (song) => current === song,
    toggle: () => postToFrame({ do: "toggle" }),
    pause: () => postToFrame({ do: "pause" }),
    seek: (seconds) => postToFrame({ do: "seek", seconds }),
    unload: unmount,
  };
}
