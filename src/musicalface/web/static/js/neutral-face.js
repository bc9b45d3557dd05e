// The neutral face: set from the camera or a photo. Says what it changed; can be undone, kept and cleared.

import { del, post } from "./api.js";
import { query, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { isCameraOn, sendCameraCommand, setNeutralHandler } from "./camera-session.js";
import { photo, readAgain } from "./photo-upload.js";
import { setState, state, subscribe } from "./store.js";

const HINTS = { camera: sentence("neutral.hint_camera"), photo: sentence("neutral.hint_photo") };
const HOLD = sentence("neutral.hold");
const UNPLEASANT = ["angry", "sad"];
const BUTTONS = ["#set-neutral-face", "#undo-neutral-face", "#keep-neutral-face", "#clear-neutral-face"];

function say(words) {
  setText(query("#neutral-face-note"), words);
  query("#neutral-face-note").toggleAttribute("data-hint", Object.values(HINTS).includes(words));
}

function outcome({ before, after }) {
  const mood = sentence(`moods.${after}`);
  if (before !== after) return sentence("neutral.changed", { before: sentence(`moods.${before}`), after: mood });
  return UNPLEASANT.includes(after) ? sentence("neutral.still", { mood }) : sentence("neutral.done");
}

/** Shows these buttons, and keeps the focus if its button has gone. */
function show(...shown) {
  const hadFocus = BUTTONS.some((each) => query(each) === document.activeElement);
  for (const each of BUTTONS) query(each).hidden = !shown.includes(each);
  if (hadFocus && !shown.some((each) => query(each) === document.activeElement)) query("#set-neutral-face").focus();
}

const showSetting = ({ hasNeutralFace }) => show("#set-neutral-face", ...(hasNeutralFace ? ["#clear-neutral-face"] : []));

function showIdle(now) {
  const { source } = now;
  showSetting(now);
  if (source) say(HINTS[source]);
}

/** Shows the result of a measurement: the moods before and after, or a message. */
function showNeutralFace(answer) {
  if (answer.message) {
    say(answer.message);
    return;
  }
  setState({ hasNeutralFace: true });
  show("#set-neutral-face", "#undo-neutral-face", "#keep-neutral-face");
  say(outcome(answer));
}

async function measurePhoto() {
  say(HOLD);
  const answer = await post("/api/neutral-face/photo", photo()).catch((error) => error);
  showNeutralFace(answer);
  if (!answer.message) await readAgain();
}

function measure() {
  if (!isCameraOn()) return measurePhoto();
  return say(sendCameraCommand("rest") ? HOLD : sentence("neutral.failed"));
}

async function change(request, words) {
  const answer = await request.catch((error) => error);
  if (answer.message) {
    say(answer.message);
    return;
  }
  show("#set-neutral-face");
  setState({ hasNeutralFace: answer.set });
  showIdle(state);
  say(words);
  if (!isCameraOn()) await readAgain();
}

export function initNeutralFace() {
  setNeutralHandler(showNeutralFace);
  showIdle(state);
  query("#set-neutral-face").addEventListener("click", measure);
  query("#undo-neutral-face").addEventListener("click", () => change(post("/api/neutral-face/undo"), HINTS[state.source] ?? ""));
  query("#keep-neutral-face").addEventListener("click", () => change(post("/api/neutral-face/keep"), sentence("neutral.kept")));
  query("#clear-neutral-face").addEventListener("click", () => change(del("/api/neutral-face"), sentence("neutral.cleared")));
  subscribe(["source"], showIdle);
  subscribe(["hasNeutralFace"], (now) => { if (query("#undo-neutral-face").hidden) showSetting(now); });
}
