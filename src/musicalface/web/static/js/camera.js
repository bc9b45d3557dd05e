// The camera, from the moment somebody agrees until Stop.

import { Refusal } from "./ask.js";
import { find } from "./dom.js";

const WANTED = {
  audio: false,
  video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } },
};
const INSTEAD = "or use the sample portrait or a photo instead";
const WORDS = {
  NotAllowedError: `The camera is not allowed here: allow it beside the address above, ${INSTEAD}.`,
  NotFoundError: `No camera was found: plug one in and try again, ${INSTEAD}.`,
  NotReadableError: `Another program is using the camera: close it there and try again, ${INSTEAD}.`,
};
const SAME_AS = { SecurityError: "NotAllowedError", OverconstrainedError: "NotFoundError", AbortError: "NotReadableError" };
export const LOST = `The camera is gone: plug it in and try again, ${INSTEAD}.`;

let stream = null;
let turn = 0;

function wordsOf(error) {
  const name = SAME_AS[error.name] ?? error.name;
  return WORDS[name] ?? `The camera did not start: try again, ${INSTEAD}.`;
}

async function open() {
  if (!navigator.mediaDevices) {
    throw new Refusal("camera", `This browser keeps the camera from this page: open the printed address, ${INSTEAD}.`);
  }
  return navigator.mediaDevices.getUserMedia(WANTED).catch((error) => {
    throw new Refusal("camera", wordsOf(error));
  });
}

/** Starts the camera; false when it was closed again while the browser was asking. */
export async function openCamera(lost) {
  closeCamera();
  const mine = turn;
  const opened = await open().catch((error) => { if (mine === turn) throw error; });
  if (mine !== turn) {
    opened?.getTracks().forEach((track) => track.stop());
    return false;
  }
  stream = opened;
  stream.getVideoTracks()[0].addEventListener("ended", () => { if (stream === opened) lost(); });
  const video = find("#video");
  video.srcObject = stream;
  await video.play().catch(() => {});
  return mine === turn;
}

export function closeCamera() {
  turn += 1;
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  find("#video").srcObject = null;
}
