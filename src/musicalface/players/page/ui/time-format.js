// Formats seconds as a clock ("3:05") and as words.

import { sentence } from "./sentences.js";

const whole = (seconds) => Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));

export function clock(seconds) {
  const minutes = Math.floor(whole(seconds) / 60);
  return `${minutes}:${String(whole(seconds) % 60).padStart(2, "0")}`;
}

export function spokenTime(seconds) {
  const minutes = Math.floor(whole(seconds) / 60);
  const rest = sentence("player.seconds", { count: whole(seconds) % 60 });
  return minutes ? `${sentence("player.minutes", { count: minutes })} ${rest}` : rest;
}
