// The person's own files, with the browser's audio.

import { find } from "./dom.js";

const CANNOT = "this file cannot be played here.";

export function localVoice(heard) {
  const audio = find("#audio");
  const seek = find("#seek");
  let held = null;
  audio.addEventListener("ended", () => heard.ended());
  audio.addEventListener("playing", () => heard.playing(true));
  audio.addEventListener("pause", () => heard.playing(false));
  audio.addEventListener("error", () => {
    if (!held) return;
    held = null; // Play loads it anew
    heard.playing(false);
    heard.skip(CANNOT);
  });
  audio.addEventListener("timeupdate", () => {
    const share = audio.duration ? audio.currentTime / audio.duration : 0;
    seek.value = Math.round(share * 1000);
    seek.style.setProperty("--share", share);
    seek.setAttribute("aria-valuetext", `${Math.round(audio.currentTime)} of ${Math.round(audio.duration || 0)} seconds`);
  });
  seek.addEventListener("input", () => {
    if (audio.duration) audio.currentTime = (seek.value / 1000) * audio.duration;
  });
  const start = () => audio.play().catch(() => {}); // its error event says why
  return {
    async load(song) {
      held = song;
      seek.hidden = false;
      audio.src = `/api/library/files/${song.file_id}`;
      start();
    },
    holds: (song) => held === song,
    toggle: () => (audio.paused ? start() : audio.pause()),
    leave() {
      held = null;
      seek.hidden = true;
      audio.pause();
      audio.removeAttribute("src");
      audio.load();
    },
  };
}
