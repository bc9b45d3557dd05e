// A song as the program keeps and exports it: under the catalog's names.

import { catalogName } from "../ui/catalog-name.js";

export function songToKeep(song) {
  const { artist, title, deezer_id } = catalogName(song);
  return { artist, title, mood: song.mood, spotify_id: song.spotify_id, deezer_id, file_id: song.file_id };
}
