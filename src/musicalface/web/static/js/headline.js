// The mood in large letters, the colour of the room, and what is shown in the picture's place.

import { all, find, say, write } from "./dom.js";
import { HINTS, named, REASONS } from "./moods.js";
import { looking } from "./watch.js";
import { state, watch } from "./store.js";

const NEVER_MIND = 2500; // milliseconds that a mood's colour stays when it is lost from sight
let fading = 0;

function colour({ mood, phase }) {
  clearTimeout(fading);
  document.body.dataset.mood = mood ?? "";
  const paint = () => { document.documentElement.dataset.room = mood ?? ""; };
  if (mood || !["watching", "locked"].includes(phase)) paint();
  else fading = setTimeout(paint, NEVER_MIND);
}

function problemOf(faces) {
  const [largest] = faces.toSorted((a, b) => b.box[2] * b.box[3] - a.box[2] * a.box[3]);
  return largest?.problem ?? null;
}

function hintOf({ phase, faces, reading }) {
  if (!["watching", "locked"].includes(phase) || reading) return "";
  if (faces.length === 0) return "No face to be seen";
  return HINTS[problemOf(faces)] ?? "";
}

function unread(faces) {
  const problem = problemOf(faces);
  if (problem) return ["Almost", HINTS[problem], REASONS[problem]];
  return ["Looking", "Nobody there", "Sit where the light falls on your face."];
}

function words({ phase, source, server, mood, corrected, reading, faces }) {
  if (mood && corrected) return ["You say", named(mood), "It holds until your face shows something else."];
  if (mood) return ["You look", named(mood), faces.length > 1 ? "The mood of the room, from all faces." : ""];
  if (phase === "starting" && server === "waking") return ["One moment", "Waking up", "The networks are loading."];
  if (phase === "starting" && source === "photo") return ["One moment", "Looking", "The photo is being read."];
  if (phase === "starting") return ["One moment", "Waking up", "If the browser asks for the camera, allow it."];
  if (phase === "photo") return ["The photo is", "Between moods", "Press the mood that fits it best."];
  if (phase === "watching" && reading) return ["You look", "Between moods", "A mood counts when it stays for a moment."];
  if (phase === "watching") return unread(faces);
  if (phase === "trouble") return ["There is", "No picture", "Songs come without one too: press a mood."];
  return ["The camera is", "Off", "Press “Look at me”, or press a mood."];
}

function headline(now) {
  const photoWords = now.phase === "photo" && now.mood && !now.corrected;
  const [before, name, note] = words(now);
  write(find("#mood-before"), photoWords ? "The photo looks" : before);
  write(find("#mood-name"), name);
  write(find("#mood-note"), note);
}

function curtain({ phase, source, trouble, server }) {
  const shown = ["starting", "stopped", "trouble"].includes(phase);
  find("#curtain").hidden = !shown;
  const begun = source === "photo" ? "The photo is being read." : "The camera is starting.";
  const loading = server === "waking" ? "The networks are loading." : begun;
  const sentence = { trouble, starting: loading, stopped: "The camera is off." }[phase];
  write(find("#curtain-words"), sentence ?? "");
}

function hint(now) {
  const sentence = hintOf(now);
  find("#hint").hidden = !sentence;
  write(find("#hint"), sentence);
}

function phase({ phase: now, source }) {
  const held = document.activeElement;
  document.body.dataset.state = now;
  if (!find("#consent").hidden && now !== "consent") scrollTo(0, 0);
  find("#consent").hidden = now !== "consent";
  find("#room").hidden = now === "consent";
  find("#video").hidden = source !== "camera" || now === "starting";
  for (const image of all("#photo, #backdrop")) image.hidden = source !== "photo";
  find("#stop").hidden = !looking();
  find("#look").hidden = looking();
  write(find("#look"), now === "trouble" ? "Try again" : "Look at me");
  for (const button of all("#rest, #forget-rest")) button.disabled = !["watching", "locked"].includes(now);
  keepFocus(held);
}

/** Whoever pressed a button that is not there any more goes on from its neighbour. */
function keepFocus(held) {
  if (!held?.closest("[hidden], :disabled")) return;
  find(looking() ? "#stop" : "#look").focus({ preventScroll: true });
}

export function beginHeadline() {
  watch(["phase", "source"], phase);
  watch(["mood", "phase"], colour);
  watch(["phase", "source", "server", "mood", "corrected", "reading", "faces"], headline);
  watch(["phase", "source", "trouble", "server"], curtain);
  watch(["phase", "faces", "reading"], hint);
  watch(["phase", "trouble"], ({ trouble }) => { if (state.phase === "trouble") say(trouble); });
  watch(["mood"], ({ mood, phase: now }) => {
    if (mood) say(now === "photo" ? `The photo looks ${mood}.` : `You look ${mood}.`);
  });
}
