// A voice whose module is loaded when it first plays.

import { sentence } from "../ui/sentences.js";
import { ApiError, SERVER_UNREACHABLE } from "./api.js";
import { loadPart, once } from "./load-part.js";

/** `facts` are the voice's label and isRemote, `names` its other methods; `create()` resolves to the voice, or to null. */
function createLazyVoice(facts, names, create) {
  let voice = null;
  const createOnce = once(create);
  let number = 0; // of the newest load or unload: only that one counts
  const methods = names.map((name) => [name, (...values) => voice?.[name](...values)]);
  return {
    ...facts,
    ...Object.fromEntries(methods),
    isLoaded: (song) => Boolean(voice?.isLoaded(song)),
    async load(song, queue) {
      number += 1;
      const thisLoad = number;
      voice = await createOnce();
      if (thisLoad !== number) return;
      if (!voice) throw new ApiError("unreachable", SERVER_UNREACHABLE);
      await voice.load(song, queue);
    },
    unload() {
      number += 1;
      voice?.unload();
    },
  };
}

export function createSpotifyVoice(events) {
  const create = async () => (await loadPart(import("./spotify-player.js")))?.createSpotifyVoice(events) ?? null;
  return createLazyVoice({ label: sentence("bar.your_spotify"), isRemote: true }, ["toggle", "pause", "seek", "setVolume"], create);
}

export function createEmbedVoice(events) {
  const create = async () => (await loadPart(import("./embed-player.js")))?.createEmbedVoice(events) ?? null;
  return createLazyVoice({ label: "Spotify" }, ["toggle", "pause", "seek"], create);
}
