// The picture's overlays and the buttons under it: they follow the phase of the page.

import { announce, query, queryAll, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { isCameraOn } from "./camera-session.js";
import { hintOf, isWatching, problemOf } from "./headline-text.js";
import { setState, state, subscribe } from "./store.js";

const READING_PHOTO = sentence("photo.reading");
const STARTING_CAMERA = sentence("camera.starting");
const GETTING_READY = sentence("camera.getting_ready");
const NO_CAMERA = sentence("camera.not_needed");
const WORDS = { error: sentence("camera.again"), preview: sentence("camera.start") };
const MOVE = sentence("camera.move");

function messageText({ phase, source, errorMessage, stopMessage, server }) {
  if (phase === "error") return errorMessage;
  if (phase === "stopped") return stopMessage;
  if (phase !== "starting") return "";
  if (server === "loading") return GETTING_READY;
  return source === "photo" ? READING_PHOTO : STARTING_CAMERA;
}

function renderMessage(now) {
  const starts = now.phase === "starting" && !now.live;
  query("#picture-message").hidden = !starts && !["stopped", "error"].includes(now.phase);
  setText(query("#picture-message-text"), messageText(now));
}

function renderHint({ phase, faces, reading, picture }) {
  const unread = isWatching(phase) && !reading && !picture;
  const hint = unread ? hintOf(problemOf(faces)) || (faces.length ? "" : MOVE) : "";
  query("#hint").hidden = !hint;
  setText(query("#hint"), hint);
}

function renderPicture({ phase, source, live }) {
  query("#video").hidden = source !== "camera" || !live;
  for (const image of queryAll("#photo, #backdrop")) image.hidden = source !== "photo";
  query("#stop").hidden = !isCameraOn();
  query("#neutral-face").hidden = !isWatching(phase) && phase !== "photo";
  query("#reading").hidden = ["stopped", "error"].includes(phase);
}

/** After a photo has failed, the way on is another photo, never the camera. */
function renderWays({ phase, errorSource }) {
  const [look, choose] = [query("#start-camera"), query("#choose-photo")];
  const photoFailed = phase === "error" && errorSource === "photo";
  look.hidden = (isCameraOn() && phase !== "preview") || photoFailed;
  setText(look, WORDS[phase] ?? sentence("camera.look"));
  choose.classList.toggle("main", photoFailed);
  setText(choose, photoFailed || phase === "photo" ? sentence("photo.another") : sentence("photo.choose"));
}

function renderPhase(now) {
  const focused = document.activeElement;
  document.body.dataset.state = now.phase;
  if (!query("#welcome").hidden && now.phase !== "consent") scrollTo(0, 0);
  query("#welcome").hidden = now.phase !== "consent";
  query("#main-view").hidden = now.phase === "consent";
  renderPicture(now);
  renderWays(now);
  keepFocus(focused);
}

/** Moves the focus from a button that has disappeared to its neighbour. */
function keepFocus(focused) {
  if (!focused?.closest("[hidden], :disabled")) return;
  queryAll("#stop, #start-camera, #choose-photo").find((button) => !button.hidden).focus({ preventScroll: true });
}

function renderMirror({ mirrored }) {
  query("#video").toggleAttribute("data-mirrored", mirrored);
  query("#video").setAttribute("aria-label", mirrored ? sentence("camera.mirrored") : sentence("camera.yours"));
}

/** The ring round the picture fills while a mood locks. */
function renderRing({ locking, phase }) {
  query("#picture-frame").style.setProperty("--locking", phase === "watching" ? locking?.share ?? 0 : 0);
}

async function renderHelp({ phase, errorSource }) {
  const blocked = phase === "error" && errorSource === "permission";
  query("#permission").hidden = !blocked;
  if (blocked) (await import("./permission-help.js").catch(() => null))?.drawPermissionHelp(query("#permission"));
}

/** The options are open while the person sees the picture for the first time. */
async function renderOptions({ phase, live }) {
  const on = isCameraOn() && live;
  query("#camera-open").hidden = !on || phase === "preview";
  if (!on || phase === "preview") showOptions(phase === "preview");
  if (on) (await import("./camera-options.js").catch(() => null))?.listChoices();
}

function showOptions(open) {
  query("#camera-options").hidden = !open;
  query("#camera-open").setAttribute("aria-expanded", String(open));
}

export function initPicturePanel() {
  renderMirror(state);
  subscribe(["mirrored"], renderMirror);
  subscribe(["locking", "phase"], renderRing);
  subscribe(["phase", "errorSource"], renderHelp);
  subscribe(["phase", "live"], renderOptions);
  query("#camera-open").addEventListener("click", () => showOptions(query("#camera-options").hidden));
  subscribe(["phase", "source", "errorSource", "live"], renderPhase);
  subscribe(["phase", "source", "errorMessage", "stopMessage", "server", "live"], renderMessage);
  subscribe(["phase", "faces", "reading", "picture"], renderHint);
  subscribe(["phase", "errorMessage"], ({ errorMessage }) => { if (state.phase === "error") announce(errorMessage); });
  query("#reading").addEventListener("toggle", ({ target }) => { if (target.open) target.scrollIntoView({ block: "nearest" }); });
  query("[data-do=pick]").addEventListener("click", () => setState({ phase: "stopped", stopMessage: NO_CAMERA }));
}
