// Plays addresses with the browser's <audio> element.

import { createElement } from "./dom.js";
import { sentence } from "./sentences.js";

const NETWORK_ERROR = 2; // MediaError.MEDIA_ERR_NETWORK

/**
 * Creates a player. `addressOf(song)` returns the address, or a promise of it that may fail.
 * An address that does not play is asked for once more if `retries` is 1.
 */
export function createAudioOutput(events, addressOf, retries = 0) {
  const audio = createElement("audio", { preload: "auto", hidden: "" });
  let current = null;
  let retriesLeft = 0;
  document.body.append(audio);

  const progress = () => { if (current) events.progress(audio.currentTime, audio.duration || 0); };
  const on = (name, handler) => audio.addEventListener(name, () => { if (current) handler(); });
  on("playing", () => { events.playing(true); events.loaded(); });
  on("pause", () => events.playing(false));
  on("ended", () => events.ended());
  on("waiting", () => events.waiting());
  for (const name of ["timeupdate", "durationchange", "seeked"]) on(name, progress);
  on("error", onError);

  async function onError() {
    const song = current;
    const { code } = audio.error ?? {};
    if (retriesLeft > 0) {
      retriesLeft -= 1;
      await begin(song).catch((error) => { if (current === song) { current = null; events.failed(error); } });
      return;
    }
    current = null; // so that Play loads the song again
    events.playing(false);
    if (code === NETWORK_ERROR) events.failed(new Error(sentence("player.stopped")));
    else events.skip();
  }

  async function begin(song) {
    const address = await addressOf(song);
    if (current !== song) return;
    audio.src = address;
    await start();
  }

  function reset() {
    current = null;
    audio.pause();
    audio.removeAttribute("src");
    audio.load();
  }

  /** The "error" event reports failures; a browser that blocks sound waits for another press. */
  function start() {
    return audio.play().catch((error) => { if (error.name === "NotAllowedError") events.blocked(); });
  }

  return {
    async load(song) {
      reset();
      current = song;
      retriesLeft = retries;
      try {
        await begin(song);
      } catch (error) {
        if (current === song) current = null;
        throw error;
      }
    },
    isLoaded: (song) => current === song && Boolean(audio.src),
    toggle: () => (audio.paused ? start() : audio.pause()),
    pause: () => audio.pause(),
    seek: (seconds) => { audio.currentTime = seconds; },
    setVolume(level, isMuted) {
      audio.volume = level;
      audio.muted = isMuted;
    },
    unload: reset,
  };
}
