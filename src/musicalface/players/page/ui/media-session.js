// Tells the operating system what plays: media keys, headphones and the lock screen then work.

const session = navigator.mediaSession;
const SEEK_STEP = 5; // seconds

/** `player` has toggle(), next(), playNext(step), seek(seconds) and the position in seconds. */
export function connectMediaKeys(player) {
  const actions = {
    play: () => { if (!player.playing) player.toggle(); },
    pause: () => player.pause(),
    previoustrack: () => player.playNext(-1),
    nexttrack: () => player.next(),
    seekto: ({ seekTime }) => player.seek(seekTime),
    seekbackward: ({ seekOffset = SEEK_STEP }) => player.seek(player.position - seekOffset),
    seekforward: ({ seekOffset = SEEK_STEP }) => player.seek(player.position + seekOffset),
  };
  for (const [name, action] of Object.entries(actions)) {
    try {
      session?.setActionHandler(name, action);
    } catch {
      // The browser does not know this action.
    }
  }
}

async function findArtwork(song, tile) {
  const artwork = await import("./media-session-artwork.js").catch(() => null);
  return artwork ? artwork.artworkAddress(song, tile) : "";
}

/** Publishes a song; `tile` shows its cover. */
export async function publishSong(song, tile) {
  if (!session || !globalThis.MediaMetadata) return;
  const metadata = song ? new MediaMetadata({ title: song.title, artist: song.artist }) : null;
  session.metadata = metadata;
  const src = song ? await findArtwork(song, tile) : "";
  if (src && session.metadata === metadata) metadata.artwork = [{ src, sizes: "256x256" }];
}

export function publishState(isPlaying, position, duration) {
  if (!session) return;
  session.playbackState = isPlaying ? "playing" : "paused";
  const known = Number.isFinite(duration) && duration > 0;
  session.setPositionState?.(known ? { duration, position: Math.min(Math.max(0, position), duration), playbackRate: 1 } : undefined);
}
