// What mood counts: the picture's, unless the person has said otherwise.

import { set, state } from "./store.js";

function ownWord(locked) {
  const { corrected } = state;
  if (!corrected || !locked || locked === corrected.from) return corrected;
  if (corrected.from === null && locked !== corrected.to) return { ...corrected, from: locked };
  return null; // the picture shows something new, or has come to agree
}

/** The mood that the picture shows for certain, or null. */
export function hearMood(locked) {
  const corrected = ownWord(locked);
  set({ locked, corrected, mood: corrected?.to ?? locked });
}

/** The person says what the mood is; it holds until the picture shows something new. */
export function correctMood(to) {
  const from = state.corrected?.from ?? state.locked;
  set({ corrected: { from, to }, mood: to });
}

export function forgetMood() {
  set({ locked: null, corrected: null, mood: null });
}
