// Looking: consent, camera and line to the server begin and end together.

import { closeCamera, LOST, openCamera } from "./camera.js";
import { find, write } from "./dom.js";
import { frameOf } from "./frames.js";
import { forgetMood, hearMood } from "./mood.js";
import { SightLine } from "./socket.js";
import { set, state, watch } from "./store.js";

const NOTHING = { faces: [], reading: null, rest: false };
const REST_WORDS = "Press it while you look as you do when nothing happens.";
const LEARNT = "This is your resting face now.";
const NO_SOCKETS = "This browser cannot hand pictures to MusicalFace: update it, or choose a photo instead.";
let line = null;

function frame() {
  const video = find("#video");
  if (state.server !== "there" || !video.videoWidth) return null;
  return frameOf(video);
}

function sight(answer) {
  const reading = answer.expressions ? answer : null;
  set({ faces: answer.faces, reading, rest: answer.rest });
  hearMood(answer.mood);
  set({ phase: state.mood ? "locked" : "watching" });
}

function rest(answer) {
  write(find("#rest-words"), answer.message ?? (answer.done ? LEARNT : "That did not work: try again."));
}

function trouble(words) {
  end();
  set({ phase: "trouble", trouble: words, source: null });
}

function end() {
  closeCamera();
  line?.close();
  forgetMood();
  set(NOTHING);
  write(find("#rest-words"), REST_WORDS);
}

export async function look() {
  end();
  set({ phase: "starting", source: "camera", trouble: "" });
  if (!("WebSocket" in globalThis)) {
    trouble(NO_SOCKETS);
    return;
  }
  try {
    if (!(await openCamera(() => trouble(LOST)))) return;
  } catch (error) {
    trouble(error.message);
    return;
  }
  line ??= new SightLine(frame, {
    sight,
    rest,
    full: () => trouble("MusicalFace is open in too many tabs: close one of them and press “Look at me” again."),
  });
  line.open();
}

export const looking = () => ["starting", "watching", "locked"].includes(state.phase);

/** Ends camera and line at once; what was read is forgotten, the songs stay. */
export function stop() {
  end();
  set({ phase: "stopped", source: null });
}

/** Ends the camera because a photo is read instead. */
export function giveWay() {
  end();
  set({ source: "photo", trouble: "" });
}

function stopKey(event) {
  if (event.key !== "Escape" || find("dialog[open]")) return;
  if (looking() || state.phase === "photo") stop();
}

function tellRest(what, words) {
  write(find("#rest-words"), line?.tell(what) ? words : "Press “Look at me” first.");
}

export function beginWatch() {
  find("#stop").addEventListener("click", stop);
  document.addEventListener("keydown", stopKey);
  addEventListener("pagehide", () => { if (looking()) stop(); });
  find("#rest").addEventListener("click", () => tellRest("rest", "Hold still for a moment."));
  find("#forget-rest").addEventListener("click", () => tellRest("forget_rest", REST_WORDS));
  watch(["rest"], ({ rest: known }) => {
    if (!known && document.activeElement === find("#forget-rest")) find("#rest").focus();
    find("#forget-rest").hidden = !known;
    if (!known && find("#rest-words").textContent === LEARNT) write(find("#rest-words"), REST_WORDS);
  });
}
