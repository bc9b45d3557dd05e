// Starts and stops the camera and its WebSocket together. The first time, the person sees the picture before it is read.

import { BLOCKED, closeCamera, CAMERA_LOST, initCamera, openCamera } from "./camera.js";
import { cameraChoice, rememberCamera } from "./stored-camera.js";
import { query } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { resetMood, setDetectedMood } from "./current-mood.js";
import { setState, state, subscribe } from "./store.js";

const NO_READING = { faces: [], reading: null, locking: null };
const COUNTDOWN = 3; // seconds
const CAMERA_OFF = sentence("camera.off");
const SERVER_GONE = sentence("camera.off_server_gone");
const PHOTO_CLOSED = sentence("camera.off_photo_closed");
const NO_SOCKETS = sentence("camera.no_sockets");
const TOO_MANY = sentence("camera.too_many");
let reader = null; // a promise of what reads the camera's picture: loaded when it is first needed
let socket = null;
let countdownTimer = 0;
let onNeutralFace = () => {};

async function createReader() {
  const [{ CameraSocket }, { PictureCheck }, { captureFrame }] = await Promise.all([import("./camera-socket.js"), import("./picture-check.js"), import("./frame-capture.js")]);
  const video = query("#video");
  const check = new PictureCheck(video);
  const nextFrame = () => {
    if (state.server !== "ready" || !video.videoWidth) return null;
    const picture = check.problem();
    if (picture !== state.picture) showPicture(picture);
    return picture ? null : captureFrame(video);
  };
  socket = new CameraSocket(nextFrame, { sight: onReading, rest: (answer) => onNeutralFace(answer), full: () => showError(TOO_MANY) });
  return { check, socket };
}

/** A picture that is black or stands still shows no face: the last reading ends. */
function showPicture(picture) {
  setState({ live: true, picture, ...NO_READING });
  setDetectedMood(null);
  setState({ phase: state.mood ? "locked" : "watching" });
}

function onReading(answer) {
  if (state.picture) return; // the frame is older than the picture's problem
  const reading = answer.expressions ? answer : null;
  setState({ faces: answer.faces, reading, locking: answer.locking, hasNeutralFace: answer.rest });
  // A face that becomes hard to read keeps its mood: the songs were chosen for it.
  setDetectedMood(answer.mood ?? (reading ? state.detected : null));
  setState({ live: true, phase: state.mood ? "locked" : "watching" });
}

function showError(message, errorSource = "camera") {
  endSession();
  setState({ phase: "error", errorMessage: message, errorSource, source: null });
}

function endSession() {
  clearTimeout(countdownTimer);
  closeCamera();
  socket?.close();
  resetMood();
  setState({ ...NO_READING, live: false, picture: null, countdown: null, hasNeutralFace: false });
}

async function openOrExplain() {
  try {
    return await openCamera(() => showError(CAMERA_LOST));
  } catch (error) {
    showError(error.message, error.code === BLOCKED ? "permission" : "camera");
    return false;
  }
}

/** Opens the camera. Reads at once, or first shows the picture: to new people, and `inPreview`. */
export async function startCamera({ inPreview = !cameraChoice().seen } = {}) {
  endSession();
  setState({ phase: "starting", source: "camera", errorMessage: "" });
  if (!("WebSocket" in globalThis)) {
    showError(NO_SOCKETS);
    return;
  }
  if (!(await openOrExplain())) return;
  if (!inPreview) startReading();
  else {
    setState({ phase: "preview", live: true, countdown: cameraChoice().seen ? null : COUNTDOWN });
    countDown();
  }
}

/** Counts down to the reading, unless an option of the camera has been used. */
function countDown() {
  countdownTimer = setTimeout(() => {
    if (state.phase !== "preview" || state.countdown === null) return;
    if (state.countdown <= 1) startReading();
    else {
      setState({ countdown: state.countdown - 1 });
      countDown();
    }
  }, 1000);
}

async function startReading() {
  clearTimeout(countdownTimer);
  rememberCamera({ seen: true });
  setState({ phase: "starting", countdown: null });
  reader ??= createReader();
  const { check } = await reader.catch(() => { reader = null; return {}; });
  if (!check) setState({ server: "unreachable" });
  else if (isCameraOn()) {
    check.reset();
    socket.open();
  }
}

/** What the main button under the picture does. */
export const lookAtMe = () => (state.phase === "preview" ? startReading() : startCamera());

export const isCameraOn = () => ["starting", "preview", "watching", "locked"].includes(state.phase);

/** Stops the camera at once and clears the reading; the songs stay. */
function stopCamera(stopMessage = CAMERA_OFF) {
  endSession();
  setState({ phase: "stopped", source: null, stopMessage });
}

/** Stops the camera so that a photo can be read. */
export function switchToPhoto() {
  endSession();
  setState({ source: "photo", errorMessage: "" });
}

function onEscape(event) {
  if (event.key !== "Escape" || query("dialog[open]")) return;
  if (isCameraOn()) stopCamera();
  else if (state.phase === "photo") stopCamera(PHOTO_CLOSED);
}

/** Sends a command of the camera's socket; returns whether it was sent. */
export const sendCameraCommand = (command) => Boolean(socket?.sendCommand(command));

/** `handler` gets the result of measuring the neutral face. */
export function setNeutralHandler(handler) {
  onNeutralFace = handler;
}

export function initCameraSession() {
  initCamera();
  setState({ mirrored: cameraChoice().mirrored });
  query("#stop").addEventListener("click", () => stopCamera());
  document.addEventListener("keydown", onEscape);
  addEventListener("pagehide", () => { if (isCameraOn()) stopCamera(); });
  subscribe(["gone"], ({ gone }) => { if (gone && isCameraOn()) stopCamera(SERVER_GONE); });
}
