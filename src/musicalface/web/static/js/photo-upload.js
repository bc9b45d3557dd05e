// Uploads a photo, or the sample photo, and shows its reading; passes a video on. Loaded with the first one.

import { post } from "./api.js";
import { query } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { switchToPhoto } from "./camera-session.js";
import { setDetectedMood } from "./current-mood.js";
import { afterSentences, loadPart } from "./load-part.js";
import { requestSongs } from "./song-requests.js";
import { setState, state } from "./store.js";

const MAX_BYTES = 50e6; // bytes; the server has the same limit
let objectUrl = "";
let shown = null; // the photo, as a Blob
let requestNumber = 0;

function showPhoto(blob) {
  shown = blob;
  if (objectUrl) URL.revokeObjectURL(objectUrl);
  objectUrl = URL.createObjectURL(blob);
  const photo = query("#photo");
  photo.src = query("#backdrop").src = objectUrl;
  return photo.decode().catch(() => {}); // the server reads some formats that this browser cannot show
}

function showError(message) {
  setState({ phase: "error", errorMessage: message, errorSource: "photo", source: null });
}

function showReading(answer) {
  setState({ phase: "photo", faces: answer.faces, reading: answer.expressions ? answer : null, hasNeutralFace: answer.rest });
  setDetectedMood(answer.mood);
  // If there are no songs yet, the change of mood has requested them already.
  if (answer.mood && !state.loadingSongs && state.songs?.mood !== answer.mood) requestSongs();
}

/** The photo that is shown, as a Blob. */
export const photo = () => shown;

/** Reads the photo that is shown once more, after the neutral face has changed. */
export async function readAgain() {
  const answer = await post("/api/read", shown).catch((error) => showError(error.message));
  if (answer && state.phase === "photo") showReading(answer);
}

async function readPhoto(blob) {
  setState({ curve: null });
  switchToPhoto();
  if (blob.size > MAX_BYTES) {
    showError(sentence("photo.too_large"));
    return;
  }
  setState({ phase: "starting" });
  requestNumber += 1;
  const thisRequest = requestNumber;
  await showPhoto(blob);
  try {
    const answer = await post("/api/read", blob);
    if (thisRequest !== requestNumber || state.source !== "photo") return;
    showReading(answer);
  } catch (error) {
    if (thisRequest === requestNumber && state.source === "photo") showError(error.message);
  }
}

/** Reads a photo or a video. */
export async function readFile(file) {
  if (!file.type.startsWith("video/")) await readPhoto(file);
  else await (await loadPart(afterSentences(() => import("./video-upload.js"))))?.readVideo(file);
}

export async function readSamplePortrait() {
  try {
    const response = await fetch("/static/portrait.png");
    if (!response.ok) throw new Error("missing");
    await readPhoto(await response.blob());
  } catch {
    setState({ server: "unreachable" });
  }
}
