// An output whose module is loaded when it first plays.

import { sentence } from "../ui/sentences.js";
import { ApiError, SERVER_UNREACHABLE } from "./api.js";
import { loadPart, once } from "./load-part.js";

/** `facts` are the output's label and isRemote, `names` its other methods; `create()` resolves to the output, or to null. */
function createLazyOutput(facts, names, create) {
  let output = null;
  const createOnce = once(create);
  let number = 0; // of the newest load or unload: only that one counts
  const methods = names.map((name) => [name, (...values) => output?.[name](...values)]);
  return {
    ...facts,
    ...Object.fromEntries(methods),
    isLoaded: (song) => Boolean(output?.isLoaded(song)),
    async load(song, queue) {
      number += 1;
      const thisLoad = number;
      output = await createOnce();
      if (thisLoad !== number) return;
      if (!output) throw new ApiError("unreachable", SERVER_UNREACHABLE);
      await output.load(song, queue);
    },
    unload() {
      number += 1;
      output?.unload();
    },
  };
}

export function createSpotifyOutput(events) {
  const create = async () => (await loadPart(import("./spotify-player.js")))?.createSpotifyOutput(events) ?? null;
  return createLazyOutput({ label: sentence("bar.your_spotify"), isRemote: true }, ["toggle", "pause", "seek", "setVolume"], create);
}

export function createEmbedOutput(events) {
  const create = async () => (await loadPart(import("./embed-player.js")))?.createEmbedOutput(events) ?? null;
  return createLazyOutput({ label: "Spotify" }, ["toggle", "pause", "seek"], create);
}
