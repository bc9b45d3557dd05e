// What belongs to a picture: the boxes round the faces, and the neutral face. Loaded with the first picture.

import { loadPart } from "./load-part.js";
import { subscribe } from "./store.js";

let isLoading = false;

async function loadParts({ source }) {
  if (isLoading || !source) return;
  isLoading = true;
  const [boxes, neutral] = await Promise.all([loadPart(import("./face-boxes.js")), loadPart(import("./neutral-face.js"))]);
  isLoading = Boolean(boxes && neutral); // else with the next picture
  if (!isLoading) return;
  boxes.initFaceBoxes();
  neutral.initNeutralFace();
}

export const initPictureParts = () => subscribe(["source"], loadParts);
