// The shared state of the page, and subscriptions to its changes.

export const state = {
  phase: "consent", // consent | starting | preview | watching | locked | photo | stopped | error
  server: "ready", // ready | loading | unreachable | unauthorized
  source: null, // camera | photo | null
  errorMessage: "", // shown in the phase "error"
  errorSource: "camera", // what failed: camera | photo
  stopMessage: "", // shown in the phase "stopped"
  picture: null, // what is wrong with the camera's picture: still | black | null
  live: false, // the camera's picture is shown
  countdown: null, // seconds until the reading starts, in the phase "preview"
  mirrored: true, // the camera's picture
  locking: null, // { mood, share }: a clear mood, and the share of the time for which it must hold
  gone: false, // the server has not answered twice, or does not know this page
  faces: [],
  reading: null, // expressions, scores, valence and arousal of the last readable face
  hasNeutralFace: false,
  detected: null, // the mood that the picture shows reliably
  corrected: null, // { from, to }: the mood detected, and the one that the person picked instead
  played: null, // the likeliest expression if it has another name than the mood
  mood: null, // the correction if there is one, else the detected mood
  toward: null, // the mood that the songs lead to
  mine: false, // start with liked songs
  dj: false,
  songs: null, // the answer to the last request
  loadingSongs: false,
  songsError: "",
  songsProblem: "", // the code of that error
  curve: null, // the video that is read or shown: its points and headline
  startedSong: null, // the song that was started and fills the player; null before the first press of Play
  barSong: null, // the song that the player bar names: the started one, or else the first that can be played
  playing: false, // whether it sounds
  skips: 0, // presses of Next
  offer: null, // the mood for which new songs are offered
  players: [],
  player: "deezer",
  device: "", // the name of the device on which the person's Spotify plays
  settings: null, // offline, offline_by_environment, covers and player, as the program keeps them
};

const subscribers = [];

/** Calls `handler` with the state after a change of any of these keys. */
export function subscribe(keys, handler) {
  subscribers.push({ keys, handler });
}

/** Updates the state, and calls the subscribers to the keys that changed. */
export function setState(changes) {
  const changed = Object.keys(changes).filter((key) => state[key] !== changes[key]);
  if (changed.length === 0) return;
  Object.assign(state, changes);
  for (const { keys, handler } of subscribers) {
    if (keys.some((key) => changed.includes(key))) handler(state);
  }
}
