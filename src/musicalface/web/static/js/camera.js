// Opens and closes the camera: the one that the person chose before, if it is there.

import { ApiError } from "./api.js";
import { cameraChoice } from "./stored-camera.js";
import { query } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";

const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 } };
const ERROR_MESSAGES = {
  NotAllowedError: sentence("camera.refused"),
  NotFoundError: sentence("camera.missing"),
  NotReadableError: sentence("camera.in_use"),
};
const EQUIVALENT_ERRORS = { SecurityError: "NotAllowedError", OverconstrainedError: "NotFoundError", AbortError: "NotReadableError" };
export const BLOCKED = "NotAllowedError";
export const CAMERA_LOST = sentence("camera.lost");

let stream = null;
let attempt = 0;

function cameraError(error) {
  const name = EQUIVALENT_ERRORS[error.name] ?? error.name;
  return new ApiError(name, ERROR_MESSAGES[name] ?? sentence("camera.failed"));
}

/** Returns the cameras; their labels are empty before the first permission. */
export async function listCameras() {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices.filter(({ kind }) => kind === "videoinput");
}

const trackOf = (opened) => opened.getVideoTracks()[0];
const stop = (opened) => opened?.getTracks().forEach((track) => track.stop());
const request = (which) => navigator.mediaDevices.getUserMedia({ audio: false, video: { ...VIDEO, ...which } });

/** Returns the constraint for the chosen camera, null if it is not there. */
async function findChosen() {
  const { label } = cameraChoice();
  const found = label && (await listCameras()).find((camera) => camera.label === label);
  return found ? { deviceId: { exact: found.deviceId } } : null;
}

async function requestStream() {
  if (!navigator.mediaDevices) {
    throw new ApiError("camera", sentence("camera.insecure"));
  }
  const known = await findChosen();
  const opened = await request(known ?? { facingMode: "user" });
  const chosen = known ? null : await findChosen(); // labels are readable only now
  if (!chosen || cameraChoice().label === trackOf(opened).label) return opened;
  stop(opened);
  return request(chosen);
}

/** Opens the camera; returns false if it was closed while the browser asked for permission. */
export async function openCamera(onLost) {
  closeCamera();
  const thisAttempt = attempt;
  const opened = await requestStream().catch((error) => {
    if (thisAttempt === attempt) throw error instanceof ApiError ? error : cameraError(error);
  });
  if (thisAttempt !== attempt) {
    stop(opened);
    return false;
  }
  stream = opened;
  trackOf(stream).addEventListener("ended", () => { if (stream === opened) onLost(); });
  trackOf(stream).addEventListener("unmute", playAgain);
  query("#video").srcObject = stream;
  await query("#video").play().catch(() => {});
  return thisAttempt === attempt;
}

/** The label of the open camera, or "". */
export const openLabel = () => (stream ? trackOf(stream).label : "");

/** Whether the system holds back the open camera's picture, with a privacy switch for example. */
export const isMuted = () => Boolean(stream && trackOf(stream).muted);

/** Browsers pause a video when its tab sleeps, or by a media key. */
function playAgain() {
  const video = query("#video");
  if (stream && video.paused && !document.hidden) video.play().catch(() => {});
}

export function closeCamera() {
  attempt += 1;
  stop(stream);
  stream = null;
  query("#video").srcObject = null;
}

export function initCamera() {
  query("#video").addEventListener("pause", playAgain);
  document.addEventListener("visibilitychange", playAgain);
}
