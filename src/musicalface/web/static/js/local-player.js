// Plays music files of the library.

import { createAudioVoice } from "../ui/audio-output.js";

export function createLocalVoice(events) {
  return createAudioVoice(events, (song) => `/api/library/files/${song.file_id}`);
}
