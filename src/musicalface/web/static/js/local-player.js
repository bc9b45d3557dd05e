// Plays music files of the library.

import { createAudioOutput } from "../ui/audio-output.js";

export function createLocalOutput(events) {
  return createAudioOutput(events, (song) => `/api/library/files/${song.file_id}`);
}
