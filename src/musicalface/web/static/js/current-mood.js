// The current mood: the one detected in the picture, unless the person has picked another.

import { sentence } from "../ui/sentences.js";
import { setState, state } from "./store.js";

function activeCorrection(detected) {
  const { corrected } = state;
  if (!corrected || !detected || detected === corrected.from) return corrected;
  if (corrected.from === null && detected !== corrected.to) return { ...corrected, from: detected };
  return null; // the picture shows a new mood, or now agrees with the pick
}

/** Stores the mood that the picture shows reliably, or null; drops an outdated correction. */
export function setDetectedMood(detected) {
  const corrected = activeCorrection(detected);
  setState({ detected, corrected, mood: corrected?.to ?? detected });
}

/** Sets the mood that the person picked; it counts until the picture shows a new one. */
export function correctMood(to) {
  const from = state.corrected?.from ?? state.detected;
  setState({ corrected: { from, to }, mood: to });
}

/** Returns whose mood it is, as the sentences' names begin: "picked", "they" or "you". */
export function moodPrefix({ corrected, phase }) {
  if (corrected) return "picked";
  return phase === "photo" ? "they" : "you";
}

/** A sentence with the mood: `kind` is "mood", or "now" if it has changed. */
export const moodSentence = (now, mood, kind = "mood") => sentence(`mood.${moodPrefix(now)}_${kind}`, { mood: sentence(`moods.${mood}`) });

export function resetMood() {
  setState({ detected: null, corrected: null, mood: null });
}
