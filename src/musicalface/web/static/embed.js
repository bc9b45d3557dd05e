// Spotify's embedded player in a page of its own, which hears the app and answers it.

import { embeddedPlayer } from "./embedded.js";

const NO_NETWORK = "Spotify’s player did not come: check the network and press play again.";
const HEIGHT = 80; // pixels
const meta = (name) => document.querySelector(`meta[name=${name}]`).content;
const app = meta("app");
const say = (words) => parent.postMessage(words, app);
const heard = {
  playing: (uri, paused) => say({ is: "playing", uri, paused }),
  ended: (uri) => say({ is: "ended", uri }),
};

function obey(player, { data, origin, source }) {
  if (origin !== app || source !== parent) return;
  if (data.do === "load" && /^spotify:track:[0-9A-Za-z]{22}$/.test(data.uri)) player.load(data.uri, data.play);
  if (data.do === "toggle") player.toggle?.();
  if (data.do === "pause") player.pause();
}

try {
  const player = await embeddedPlayer(meta("api"), document.querySelector("#place"), HEIGHT, heard);
  addEventListener("message", (event) => obey(player, event));
  say({ is: "ready", plain: !player.toggle });
} catch {
  say({ is: "failed", message: NO_NETWORK });
}
