// Controls the person's Spotify on one of their devices, and polls what plays there.

import { delay } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { get, post } from "./api.js";
import { deviceChoice } from "./devices.js";
import { SongClock } from "./playback-position.js";
import { findSong, isOver } from "./spotify-now-playing.js";

const POLL_INTERVAL = 5000; // milliseconds
const TICK = 1000;
const VOLUME_DELAY = 200;
const OTHER_MUSIC = sentence("spotify.other_music");

export function createSpotifyOutput(events) {
  let current = null;
  let songs = [];
  let lastPlaying = null; // the last answer of a poll that showed one of our songs
  let overridden = false; // the person plays something else there
  let warned = false;
  let loadNumber = 0;
  let isPlaying = false;
  let volumeTimer = 0;
  let commands = 0; // begun and ended; an answer that was on its way meanwhile tells of the time before
  const clock = new SongClock();
  let commandQueue = Promise.resolve(); // sends commands one after the other

  const countCommand = () => { commands += 1; };

  function enqueue(command) {
    countCommand();
    commandQueue = commandQueue.catch(() => {}).then(command).finally(countCommand);
    return commandQueue;
  }

  function setPlaying(value) {
    isPlaying = value;
    events.playing(value);
  }

  function showWarning(message) {
    if (message || warned) events.error(message);
    warned = Boolean(message);
  }

  function end(notify) {
    current = lastPlaying = null;
    notify();
  }

  function updateCurrent(playing) {
    lastPlaying = playing;
    overridden = false;
    showWarning("");
    setPlaying(!playing.paused);
    const song = findSong(songs, playing);
    if (song.spotify_id !== current.spotify_id) {
      current = song;
      events.songChanged(current);
    }
    events.facts(current, { cover: playing.cover, seconds: playing.seconds });
    events.volume(Number.isFinite(playing.volume) ? playing.volume / 100 : null);
    showPosition(playing.position);
  }

  function showPosition(seconds) {
    clock.set(seconds);
    events.progress(seconds, current.seconds ?? 0);
  }

  function tick() {
    if (!current || !isPlaying) return;
    const { seconds } = clock;
    events.progress(Math.min(seconds, current.seconds || seconds), current.seconds ?? 0);
  }

  function onOverridden() {
    lastPlaying = null;
    overridden = true;
    setPlaying(false);
    showWarning(OTHER_MUSIC);
  }

  function onPlaying(playing) {
    if (lastPlaying && isOver(songs, current, lastPlaying, playing)) end(events.ended);
    else if (playing && findSong(songs, playing)) updateCurrent(playing);
    else if (lastPlaying && playing) onOverridden();
    else if (lastPlaying) end(() => setPlaying(false));
  }

  async function poll(thisLoad) {
    const isActive = () => thisLoad === loadNumber && current;
    while (isActive()) {
      await delay(POLL_INTERVAL);
      if (!isActive()) return;
      const before = commands;
      try {
        const { playing } = await get("/api/spotify/playing");
        if (isActive() && before === commands) onPlaying(playing);
      } catch (error) {
        if (isActive()) showWarning(error.message);
      }
    }
  }

  async function toggle() {
    const thisLoad = loadNumber;
    const paused = !isPlaying;
    const send = () => (paused ? post("/api/spotify/play", { ids: [] }) : post("/api/spotify/pause"));
    await enqueue(send).then(
      () => { if (thisLoad === loadNumber) { showWarning(""); setPlaying(paused); } },
      (error) => { if (thisLoad === loadNumber) showWarning(error.message); },
    );
  }

  const command = (address, body) => enqueue(() => post(address, body)).catch((error) => showWarning(error.message));

  setInterval(tick, TICK);
  return {
    async load(song, queue) {
      loadNumber += 1;
      const thisLoad = loadNumber;
      current = song;
      songs = queue;
      lastPlaying = null;
      overridden = false;
      const ids = queue.map(({ spotify_id: id }) => id);
      const play = () => thisLoad === loadNumber && post("/api/spotify/play", { ids, device: deviceChoice() });
      await enqueue(play).catch((error) => {
        if (thisLoad === loadNumber) current = null;
        throw error;
      });
      if (thisLoad !== loadNumber) return;
      setPlaying(true);
      events.loaded();
      showPosition(0);
      poll(thisLoad);
    },
    isLoaded: (song) => !overridden && current?.spotify_id === song.spotify_id,
    toggle,
    pause: () => { if (isPlaying) toggle(); },
    seek: (seconds) => {
      clock.set(seconds);
      command("/api/spotify/seek", { position: seconds });
    },
    setVolume(level) {
      countCommand();
      clearTimeout(volumeTimer); // a slider sends many values
      volumeTimer = setTimeout(() => command("/api/spotify/volume", { volume: Math.round(level * 100) }), VOLUME_DELAY);
    },
    unload() {
      if (current && !overridden) enqueue(() => post("/api/spotify/pause")).catch(() => {});
      loadNumber += 1;
      current = null;
      setPlaying(false);
    },
  };
}
