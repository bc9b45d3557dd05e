// Plays Deezer's previews of 30 seconds.

import { createAudioOutput } from "./audio-output.js";

const SONG_ERRORS = new Set(["not_found", "not_available", "no_preview", "foreign"]);

/**
 * Creates a player. `ask(song)` resolves to the preview's address and the facts of the song, or fails with an
 * error that has a code. The address dies after some minutes, so it is asked for when the song is about to play.
 */
export function createDeezerOutput(events, ask) {
  async function addressOf(song) {
    const { preview, artist, title, cover, seconds, link } = await ask(song).catch((error) => {
      throw Object.assign(error, { isSong: SONG_ERRORS.has(error.code) });
    });
    events.facts(song, { artist, title, cover, seconds, link });
    return preview;
  }

  return { ...createAudioOutput(events, addressOf, 1), label: "Deezer" };
}
