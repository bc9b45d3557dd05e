// What all parts of the page know, and who wants to hear when it changes.

export const state = {
  phase: "consent", // consent | starting | watching | locked | photo | stopped | trouble
  server: "there", // there | waking | gone | refused
  source: null, // camera | photo, while there is a picture
  trouble: "", // a sentence, in the phase "trouble"
  faces: [],
  reading: null, // expressions, scores, valence and arousal of the last readable face
  rest: false,
  locked: null, // the steady mood of the picture
  corrected: null, // { from, to }: the person's word against the picture's
  mood: null, // what counts: the correction, or else what is locked
  toward: null,
  mine: false,
  dj: false,
  songs: null, // the server's answer to the last request
  picking: false,
  songsTrouble: "",
  offer: null, // a mood for which new songs may be asked
  players: [],
  player: "browser",
};

const watchers = [];

export function watch(keys, act) {
  watchers.push({ keys, act });
}

export function set(changes) {
  const changed = Object.keys(changes).filter((key) => state[key] !== changes[key]);
  if (changed.length === 0) return;
  Object.assign(state, changes);
  for (const { keys, act } of watchers) {
    if (keys.some((key) => changed.includes(key))) act(state);
  }
}
