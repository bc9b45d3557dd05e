// Whether the camera's picture can show a face: it must change, and must not be black.

import { isMuted } from "./camera.js";

const STILL_AFTER = 2000; // milliseconds without a new frame
const BLACK_AFTER = 1000; // milliseconds; cameras often start with black frames
const BLACK = 24; // of 255: the brightest value of a covered lens
const canvas = document.createElement("canvas");
canvas.width = 32;
canvas.height = 18;
const context = canvas.getContext("2d", { willReadFrequently: true });

export class PictureCheck {
  constructor(video) {
    this.video = video;
    this.reset();
    document.addEventListener("visibilitychange", () => this.reset());
    this.follow();
  }

  /** Call it when a camera starts. */
  reset() {
    this.newest = this.bright = performance.now();
  }

  follow() {
    this.video.requestVideoFrameCallback?.(() => {
      this.newest = performance.now();
      this.follow();
    });
  }

  isStill(now) {
    const tells = Boolean(this.video.requestVideoFrameCallback); // older browsers do not
    return isMuted() || this.video.paused || (tells && now - this.newest > STILL_AFTER);
  }

  /** Returns "still", "black", or null if the picture is usable. */
  problem() {
    const now = performance.now();
    if (this.isStill(now)) return "still";
    if (!this.isBlack()) this.bright = now;
    return now - this.bright > BLACK_AFTER ? "black" : null;
  }

  isBlack() {
    context.drawImage(this.video, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return data.every((value, at) => at % 4 === 3 || value < BLACK);
  }
}
