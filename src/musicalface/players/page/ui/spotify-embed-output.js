// Plays songs with Spotify's embedded player, directly in this page.

import { query } from "./dom.js";
import { sentence } from "./sentences.js";
import { createEmbeddedPlayer, createPlainPlayer } from "./spotify-embed.js";

const HEIGHT = 80; // pixels
const PRESS_PLAY = sentence("spotify.press");

/** Creates a player; `address` is that of Spotify's script. */
export function createEmbedOutput(events, address) {
  let player = null;
  let current = null;
  const isCurrent = (uri) => current && uri === `spotify:track:${current.spotify_id}`;
  const embedEvents = {
    loaded: (uri, isPlain) => {
      if (isCurrent(uri)) events.loaded();
      if (isCurrent(uri) && isPlain) events.blocked(PRESS_PLAY);
    },
    ended: (uri) => { if (isCurrent(uri)) events.ended(); },
    playing(uri, paused, position, duration) {
      if (!isCurrent(uri)) return;
      events.loaded();
      events.playing(!paused);
      if (duration > 0) events.progress(position / 1000, duration / 1000);
    },
  };

  function mount() {
    query("#seat").hidden = false;
    query("#player").dataset.output = "embed";
    return createEmbeddedPlayer(address, query("#seat"), HEIGHT, embedEvents).catch(() => createPlainPlayer(address, query("#seat"), embedEvents));
  }

  return {
    label: "Spotify",
    async load(song) {
      current = song;
      player ??= mount();
      const ready = await player;
      if (current !== song) return;
      await ready.load(`spotify:track:${song.spotify_id}`, true);
    },
    isLoaded: (song) => current === song,
    toggle: async () => (await player).toggle?.(),
    pause: async () => (await player)?.pause(),
    seek: async (seconds) => (await player).seek?.(seconds),
    unload() {
      player = current = null;
      query("#seat").replaceChildren();
      query("#seat").hidden = true;
      query("#player").dataset.output = "";
    },
  };
}
