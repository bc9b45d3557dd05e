// The words of the mood headline, for each state of the page.

import { ADJECTIVES, HINTS, MOOD_OF, REASONS } from "./mood-constants.js";
import { moodPrefix } from "./current-mood.js";
import { capitalize } from "./text-format.js";

const BLACK = ["", "Is the lens covered?", "The camera’s picture is black. Open its shutter, or turn on a light."];
const STILL = ["", "The picture stands still", "The camera sends nothing new. Unplug it and plug it in again, or choose another."];
const ALLOW = "If your browser asks for the camera, allow it.";
const EVERYONE = "Based on everyone in the picture.";
const HELD = "We’ll stick with it until your expression changes.";
const LARGEST = "Based on the largest face that we can read.";
const NO_FACE = "Move into frame, with light on your face.";
const OTHER_PHOTO = "Try another photo, or pick a mood.";
const OWN_CHOICE = "Pick one, or press “Look at me”.";

/** Returns why the largest face cannot be read, or null. */
export function problemOf(faces) {
  const [largest] = faces.toSorted((a, b) => b.box[2] * b.box[3] - a.box[2] * a.box[3]);
  return largest?.problem ?? null;
}

export const isWatching = (phase) => ["watching", "locked"].includes(phase);

/** Returns the likeliest expression if its name is another than the mood's, "surprise" for relaxed for example. */
export function expressionBehind({ reading, mood }) {
  if (!reading || !mood) return null;
  const [highest] = Object.entries(reading.expressions).toSorted(([, one], [, other]) => other - one)[0];
  return highest !== mood && MOOD_OF[highest] === mood ? highest : null;
}

function moodNote({ phase, corrected, faces, played, mood }) {
  if (corrected) return isWatching(phase) ? HELD : "";
  if (faces.length > 1) return phase === "photo" ? LARGEST : EVERYONE;
  return played ? `Mostly ${ADJECTIVES[played]}: played as ${mood}.` : "";
}

function startingText({ server, source, live }) {
  if (server === "loading" || live) return ["One moment", "Getting ready…", ""];
  return source === "photo" ? ["One moment", "Reading…", ""] : ["One moment", "Getting ready…", ALLOW];
}

function previewText({ countdown }) {
  if (countdown === null) return ["", "This is you", "Press “Start reading” when you’re ready."];
  return ["", "This is you", `Reading starts in ${countdown}…`];
}

function watchingText({ reading, faces, picture }) {
  if (picture) return picture === "black" ? BLACK : STILL;
  if (reading) return ["", "Hard to say…", "Hold that expression for a second."];
  const problem = problemOf(faces);
  return problem ? ["Almost", HINTS[problem], REASONS[problem]] : ["", "I can’t see you", NO_FACE];
}

function photoText({ faces }) {
  const problem = problemOf(faces);
  if (!problem) return ["We’re not sure about this one.", "Hard to say…", "Pick the mood that fits."];
  return ["", "We can’t read this face", `It’s ${problem}. ${OTHER_PHOTO}`];
}

function idleText({ phase, startedSong: song }) {
  if (song) return ["In the player", song.title, song.artist];
  return phase === "error" ? ["", "No picture?", "Just pick a mood."] : ["", "What’s your mood?", OWN_CHOICE];
}

/** Returns the line before the headline, the headline, and the note after it. */
export function headlineText(now) {
  const { phase, mood, film } = now;
  if (film && !now.corrected) return film.headline;
  if (mood) return [moodPrefix(now), capitalize(mood), moodNote(now)];
  if (phase === "starting") return startingText(now);
  if (phase === "preview") return previewText(now);
  if (phase === "photo") return photoText(now);
  return phase === "watching" ? watchingText(now) : idleText(now);
}
