// Formats seconds as a clock ("3:05") and as words.

const whole = (seconds) => Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));

export function clock(seconds) {
  const minutes = Math.floor(whole(seconds) / 60);
  return `${minutes}:${String(whole(seconds) % 60).padStart(2, "0")}`;
}

export function spokenTime(seconds) {
  const minutes = Math.floor(whole(seconds) / 60);
  const rest = `${whole(seconds) % 60} seconds`;
  return minutes ? `${minutes} ${minutes === 1 ? "minute" : "minutes"} ${rest}` : rest;
}
