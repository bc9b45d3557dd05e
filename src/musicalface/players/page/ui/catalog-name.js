// The name under which the catalog has a song.

/** What the catalog calls a song: services may write the names that are shown in another way. */
export function catalogName(song) {
  song.catalog ??= { artist: song.artist, title: song.title, deezer_id: song.deezer_id ?? null };
  return song.catalog;
}

/** Tells whether two objects are the same song. */
export const identityOf = ({ number, catalog, artist, title }) => JSON.stringify([number, catalog?.artist ?? artist, catalog?.title ?? title]);
