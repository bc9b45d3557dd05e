// What an answer of Spotify about the song that plays says of our list.

/** Finds the song of the list by id, else by title: Spotify may play it under another id (relinking). */
export function findSong(songs, { id, title }) {
  return songs.find((song) => song.spotify_id === id) ?? songs.find((song) => song.title.toLowerCase() === title.toLowerCase());
}

/** Whether the list's last song is over: Spotify then stops, or continues with songs of its own. */
export function isOver(songs, current, before, playing) {
  if (current.spotify_id !== songs.at(-1).spotify_id) return false;
  if (!playing) return !before.paused; // else the person closed Spotify while it was paused
  return (playing.paused && playing.position === 0) || !findSong(songs, playing);
}
