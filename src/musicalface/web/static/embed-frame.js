// Runs Spotify's embedded player in an iframe; the app controls it with messages.

import { createEmbeddedPlayer } from "./spotify-embed.js";

const HEIGHT = 80; // pixels
const meta = (name) => document.querySelector(`meta[name=${name}]`).content;
const app = meta("app");
const postToApp = (message) => parent.postMessage(message, app);
const events = {
  playing: (uri, paused, position, duration) => postToApp({ is: "playing", uri, paused, position, duration }),
  loaded: (uri, plain = false) => postToApp({ is: "loaded", uri, plain }),
  ended: (uri) => postToApp({ is: "ended", uri }),
};

function onMessage(player, { data, origin, source }) {
  if (origin !== app || source !== parent) return;
  if (data.do === "load" && /^spotify:track:[0-9A-Za-z]{22}$/.test(data.uri)) player.load(data.uri, data.play);
  if (data.do === "toggle") player.toggle?.();
  if (data.do === "pause") player.pause();
  if (data.do === "seek" && data.seconds >= 0) player.seek?.(data.seconds);
}

try {
  const player = await createEmbeddedPlayer(meta("api"), document.querySelector("#place"), HEIGHT, events);
  addEventListener("message", (event) => onMessage(player, event));
  postToApp({ is: "ready" });
} catch {
  postToApp({ is: "failed" });
}
