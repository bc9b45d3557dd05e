// Decodes a video file in the browser, one picture at a time; the file is not uploaded.

import { sentence } from "../ui/sentences.js";
import { captureFrame } from "./frame-capture.js";

const PATIENCE = 15000; // milliseconds for the header, and for each picture
const LATEST = 1e9; // seconds; a seek beyond the end makes the browser find the duration
const UNREADABLE = sentence("video.unreadable");
const NO_PICTURE = sentence("video.no_picture");

/** Resolves to whether one of the events came in time. */
function occurs(video, ...events) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(false), PATIENCE);
    const onEvent = ({ type }) => finish(type !== "error");
    function finish(came) {
      clearTimeout(timer);
      for (const name of [...events, "error"]) video.removeEventListener(name, onEvent);
      resolve(came);
    }
    for (const name of [...events, "error"]) video.addEventListener(name, onEvent);
  });
}

async function seek(video, seconds) {
  const seeked = occurs(video, "seeked");
  video.currentTime = seconds;
  return seeked;
}

export class VideoFile {
  constructor(file) {
    this.video = document.createElement("video");
    Object.assign(this.video, { muted: true, playsInline: true, preload: "auto" });
    this.address = URL.createObjectURL(file);
  }

  /** Reads the header; throws an Error with a sentence if there is no picture. */
  async open() {
    const loaded = occurs(this.video, "loadeddata");
    this.video.src = this.address;
    if (!(await loaded)) throw new Error(this.video.videoWidth || !this.video.duration ? UNREADABLE : NO_PICTURE);
    if (!this.video.videoWidth) throw new Error(NO_PICTURE);
    if (!Number.isFinite(this.video.duration)) await seek(this.video, LATEST); // a recording that says no duration
    this.seconds = Number.isFinite(this.video.duration) ? this.video.duration : this.video.currentTime;
    if (!(this.seconds > 0)) throw new Error(NO_PICTURE);
  }

  /** The picture at a time as a JPEG blob; null if it can't be decoded. */
  async frame(seconds) {
    return (await seek(this.video, seconds)) ? captureFrame(this.video) : null;
  }

  close() {
    this.video.removeAttribute("src");
    this.video.load();
    URL.revokeObjectURL(this.address);
  }
}
