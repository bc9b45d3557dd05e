// What belongs to a picture: the boxes round the faces, and the neutral face. Loaded with the first picture.

import { loadPart, once } from "./load-part.js";
import { subscribe } from "./store.js";

const addParts = once(async () => {
  const parts = await Promise.all([loadPart(import("./face-boxes.js")), loadPart(import("./neutral-face.js"))]);
  if (parts.includes(null)) return null; // again with the next picture
  const [boxes, neutral] = parts;
  boxes.initFaceBoxes();
  neutral.initNeutralFace();
  return parts;
});

export const initPictureParts = () => subscribe(["source"], ({ source }) => { if (source) addParts(); });
