// The songs, one at a time; what makes them sound is a voice: Spotify's embedded player, or <audio>.

import { embeddedPlayer, plainPlayer } from "./embedded.js";

const HEIGHT = 152; // pixels of the embedded player
const ENDED = "MusicalFace has ended: start it again for more songs.";
const find = (selector) => document.querySelector(selector);
const say = (sentence) => { find(".trouble").textContent = sentence; };

function audioVoice(room, heard) {
  const audio = document.createElement("audio");
  audio.controls = true;
  audio.preload = "metadata";
  audio.setAttribute("aria-label", "Position and volume");
  room.append(audio);
  audio.addEventListener("ended", heard.ended);
  audio.addEventListener("play", () => heard.playing(true));
  audio.addEventListener("pause", () => heard.playing(false));
  audio.addEventListener("error", () => heard.failed("This file cannot be played here."));
  return {
    async load(song, start) {
      audio.src = song.sound;
      if (start) await audio.play();
    },
    toggle: () => (audio.paused ? audio.play().catch(() => {}) : audio.pause()), // it says why itself
    pause: () => audio.pause(),
  };
}

async function embedVoice(room, heard) {
  const address = document.body.dataset.api;
  const told = { playing: (_, paused) => heard.playing(!paused), ended: heard.ended };
  const player = await embeddedPlayer(address, room, HEIGHT, told).catch(() => plainPlayer(address, room));
  return { ...player, load: (song, start) => player.load(`spotify:track:${song.track}`, start) };
}

class Songs {
  constructor() {
    this.rows = [];
    this.at = -1;
    this.turn = 0;
  }

  async open() {
    const heard = {
      ended: () => this.step(1),
      playing: (is) => { find("#play").textContent = is ? "Pause" : "Play"; },
      failed: (sentence) => this.skip(sentence),
    };
    const make = document.body.dataset.voice === "embed" ? embedVoice : audioVoice;
    this.voice = await make(find(".voice"), heard);
    find("#play").hidden = !this.voice.toggle;
    await this.begin(false);
  }

  async begin(start) {
    await this.fetch();
    this.at = this.nextFrom(-1, 1);
    if (this.at < 0) this.voice.pause();
    this.mark();
    await this.select(this.at, start);
  }

  async fetch() {
    const answer = await fetch("songs").catch(() => null);
    if (!answer?.ok) return say("The songs cannot be read: reload this page.");
    this.rows = (await answer.json()).songs;
    find(".songs").replaceChildren(...this.rows.map((song, place) => this.row(song, place)));
    this.mark();
  }

  row(song, place) {
    const item = document.createElement("li");
    const words = document.createElement(song.sound ? "button" : "span");
    words.className = "words";
    for (const part of ["title", "artist"]) {
      const span = document.createElement("span");
      span.className = part;
      span.textContent = song[part];
      words.append(span);
    }
    if (song.sound) {
      words.type = "button";
      words.addEventListener("click", () => this.select(place, true));
    }
    item.append(words);
    if (song.link) item.append(this.link(song));
    return item;
  }

  link(song) {
    const link = document.createElement("a");
    link.href = song.link;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.textContent = song.track ? "Spotify" : "Find on Spotify";
    link.setAttribute("aria-label", `${link.textContent}: ${song.title}, ${song.artist}`);
    return link;
  }

  async select(place, start) {
    const song = this.rows[place];
    if (!song) return;
    this.at = place;
    this.turn += 1;
    const turn = this.turn;
    say("");
    document.body.dataset.mood = song.mood;
    this.mark();
    // A browser lets nothing sound before the person has clicked once.
    await this.voice.load(song, start).catch((error) => {
      if (turn === this.turn && error.name !== "AbortError" && error.name !== "NotAllowedError") {
        this.skip("This song cannot be played here.");
      }
    });
  }

  mark() {
    const song = this.rows[this.at];
    const title = document.createElement("strong");
    title.textContent = song ? song.title : "";
    find(".now").replaceChildren(title, song ? song.artist : "None of these songs has a player.");
    [...find(".songs").children].forEach((item, place) => {
      if (place === this.at) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    });
    find("#play").disabled = !song;
    find("#previous").disabled = this.nextFrom(this.at, -1) < 0;
    find("#next").disabled = this.nextFrom(this.at, 1) < 0;
  }

  nextFrom(place, by) {
    let at = place + by;
    while (this.rows[at] && !this.rows[at].sound) at += by;
    return this.rows[at] ? at : -1;
  }

  step(by) {
    return this.select(this.nextFrom(this.at, by), true);
  }

  async skip(sentence) {
    const title = this.rows[this.at]?.title;
    await this.step(1);
    say(`${title}: ${sentence}`);
  }

  async hear(word) {
    if (word === "pause") this.voice.pause();
    if (word === "next") this.step(1);
    if (word === "queue") await this.fetch();
    if (word === "play") await this.begin(true);
  }
}

const songs = new Songs();
find("#previous").addEventListener("click", () => songs.step(-1));
find("#next").addEventListener("click", () => songs.step(1));
find("#play").addEventListener("click", () => songs.voice?.toggle?.());
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && event.target.closest("button, a, audio")) return; // theirs already
  const keys = { n: () => songs.step(1), p: () => songs.step(-1), " ": () => songs.voice?.toggle?.() };
  const act = keys[event.key.toLowerCase()];
  if (act) {
    event.preventDefault();
    act();
  }
});
const line = new EventSource("events");
line.addEventListener("message", async (event) => {
  await opened; // a word that comes early waits
  songs.hear(JSON.parse(event.data));
});
line.addEventListener("open", async () => {
  if (find(".trouble").textContent === ENDED) say("");
  await opened;
  find(".player").removeAttribute("aria-busy");
});
line.addEventListener("error", () => say(ENDED));
const opened = songs.open();
await opened;
