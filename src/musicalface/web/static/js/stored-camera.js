// What the browser remembers of the camera: its label, whether it is mirrored, and that it has been used.

import { readStored, writeStored } from "../ui/local-storage.js";

const DEFAULTS = { label: "", mirrored: true, seen: false };

/** Returns label ("" for the default camera), mirrored and seen. */
export const cameraChoice = () => ({ ...DEFAULTS, ...readStored("camera", {}) });

export const rememberCamera = (changes) => writeStored("camera", { ...cameraChoice(), ...changes });
