// The words of the mood headline, for each state of the page.

import { sentence } from "../ui/sentences.js";
import { moodPrefix } from "./current-mood.js";
import { MOOD_OF } from "./mood-constants.js";

/** A headline and the note after it. */
const pair = (name) => [sentence(`headline.${name}`), sentence(`headline.${name}_more`)];
/** What is said of a face that cannot be read; `kind` is hint, reason or photo. */
const ofFace = (problem, kind) => sentence(`faces.${nameOf(problem)}_${kind}`);
const nameOf = (problem) => problem.replaceAll(" ", "_"); // "too_small" for example

export const hintOf = (problem) => (problem ? ofFace(problem, "hint") : "");

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
  if (corrected) return isWatching(phase) ? sentence("headline.held") : "";
  if (faces.length > 1) return sentence(phase === "photo" ? "headline.largest" : "headline.everyone");
  return played ? sentence("headline.played", { expression: sentence(`adjectives.${played}`), mood: sentence(`moods.${mood}`) }) : "";
}

function startingText({ server, source, live }) {
  const moment = sentence("headline.moment");
  if (source === "photo" && server !== "loading" && !live) return [moment, sentence("headline.reading"), ""];
  return [moment, sentence("headline.ready"), server === "loading" || live ? "" : sentence("headline.allow")];
}

function previewText({ countdown }) {
  if (countdown === null) return ["", ...pair("preview")];
  return ["", sentence("headline.preview"), sentence("headline.countdown", { count: countdown })];
}

function watchingText({ reading, faces, picture }) {
  if (picture) return ["", ...pair(picture === "black" ? "camera_black" : "camera_still")];
  if (reading) return ["", ...pair("unsure")];
  const problem = problemOf(faces);
  return problem ? [sentence("headline.almost"), hintOf(problem), ofFace(problem, "reason")] : ["", ...pair("no_face")];
}

function photoText({ faces }) {
  const problem = problemOf(faces);
  if (problem) return ["", sentence("headline.photo_unread"), ofFace(problem, "photo")];
  return [sentence("headline.photo_unsure"), sentence("headline.unsure"), sentence("headline.photo_unsure_more")];
}

function idleText({ phase, startedSong: song }) {
  if (song) return [sentence("headline.playing"), song.title, song.artist];
  return ["", ...pair(phase === "error" ? "no_picture" : "pick")];
}

/** Returns the line before the headline, the headline, and the note after it. */
export function headlineText(now) {
  const { phase, mood, curve } = now;
  if (curve && !now.corrected) return curve.headline;
  if (mood) return [sentence(`mood.${moodPrefix(now)}`), sentence(`mood_names.${mood}`), moodNote(now)];
  if (phase === "starting") return startingText(now);
  if (phase === "preview") return previewText(now);
  if (phase === "photo") return photoText(now);
  return phase === "watching" ? watchingText(now) : idleText(now);
}
