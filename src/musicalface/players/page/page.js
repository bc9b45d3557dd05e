// The page of the command line's players: the songs that the terminal has chosen.

import { createAudioOutput } from "./ui/audio-output.js";
import { createDeezerOutput } from "./ui/deezer-output.js";
import { createElement, query } from "./ui/dom.js";
import { FaceDrawing } from "./ui/face-drawing.js";
import { Playback } from "./ui/playback.js";
import { sentence } from "./ui/sentences.js";
import { openShortcuts } from "./ui/shortcut-list.js";
import { createRow, markCurrent, updateRow } from "./ui/song-row.js";
import { createEmbedOutput } from "./ui/spotify-embed-output.js";

const SERVER_ENDED = sentence("terminal_page.ended");
const PREVIEW_SECONDS = 31;
const UNREACHABLE = sentence("terminal_page.unreachable");
const FACTORIES = {
  deezer: (events) => createDeezerOutput(events, askForPreview),
  file: (events) => createAudioOutput(events, (song) => song.sound.address),
  spotify: (events) => createEmbedOutput(events, document.body.dataset.api),
};
const outputs = {};
let rows = [];
let usesSpotify = false;
let playback = null;

async function askForPreview({ number }) {
  const answer = await fetch(`previews/${number}`, { method: "POST" }).catch(() => { throw new Error(UNREACHABLE); });
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw Object.assign(new Error(body.error?.message ?? UNREACHABLE), { code: body.error?.code });
}

/** Files play as such; other songs as Deezer's previews, or with Spotify's player if the person chose it. */
const kindOf = (song) => (usesSpotify ? song.embed && "spotify" : song.sound?.kind);

const output = () => (outputs[activeKind()] ??= FACTORIES[activeKind()](playback.events));
const activeKind = () => (usesSpotify ? "spotify" : rows.find(({ sound }) => sound)?.sound.kind ?? "file");

/** Plays with Spotify's embedded player, or with Deezer's previews again. */
function choose(isSpotify) {
  output().unload();
  usesSpotify = isSpotify;
  for (const song of rows) delete song.problem;
  query("#source").value = isSpotify ? "spotify" : "deezer";
  playback.reset();
  renderRows();
}

/** The choice between Deezer and Spotify, where a song has both. */
function addChoice() {
  if (query("#source") || !rows.some(({ embed, sound }) => embed && sound)) return;
  const options = [["deezer", sentence("terminal_page.deezer")], ["spotify", sentence("terminal_page.spotify")]].map(([value, text]) => createElement("option", { value }, text));
  const select = createElement("select", { id: "source", "aria-label": sentence("terminal_page.with") }, ...options);
  select.addEventListener("change", () => choose(select.value === "spotify"));
  query("#player .side").append(select);
}

function showMissing(song, message) {
  song.problem = message;
  updateRow(query("#song-list").children[rows.indexOf(song)], song, "");
}

function linkTo(address, text, title) {
  return createElement("a", { href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": sentence("bar.link", { text, title }) }, text);
}

/** What stands beside the time. */
function describe(song, duration) {
  if (activeKind() === "file" || duration > PREVIEW_SECONDS) return [];
  const [service, address] = usesSpotify ? ["Spotify", song.links?.spotify] : ["Deezer", song.link ?? song.links?.deezer];
  const words = sentence(usesSpotify && !duration ? "bar.previews" : "bar.preview");
  return address ? [`${words} ${sentence("bar.whole")} `, linkTo(address, service, song.title)] : [words];
}

/** What helps if Deezer fails: the other player. */
function actions() {
  if (!query("#source")) return [];
  return [usesSpotify ? [sentence("terminal_page.use_deezer"), () => choose(false)] : [sentence("terminal_page.use_spotify"), () => choose(true)]];
}

const host = {
  songs: () => rows,
  output,
  isPlayable: (song) => Boolean(kindOf(song)) && !song.problem,
  changed: () => {
    const song = playback.current ?? playback.firstSong();
    if (song) document.documentElement.dataset.background = song.mood;
    markCurrent(query("#song-list"), playback.index, playback.playing);
    if (playback.current && rows[playback.index]) updateRow(query("#song-list").children[playback.index], playback.current, "");
  },
  ended: (isLast) => (isLast ? playback.events.playing(false) : playback.playNext(1)),
  missing: showMissing,
  about: describe,
  openHelp: openShortcuts,
  actions,
};

async function fetchSongs() {
  const answer = await fetch("songs").catch(() => null);
  if (!answer?.ok) return playback.events.error(sentence("terminal_page.not_loaded"));
  rows = (await answer.json()).songs;
  addChoice();
  renderRows();
}

function renderRows() {
  query("#song-list").replaceChildren(...rows.map((song, index) => createRow(song, index, host.isPlayable(song), "", () => playback.play(index))));
  playback.songsReplaced();
}

async function onCommand(command) {
  if (command === "pause") playback.pause();
  if (command === "next") playback.playNext(1);
  if (command === "queue") await fetchSongs();
  if (command !== "play") return;
  await fetchSongs();
  playback.play(playback.nextPlayable(-1, 1));
}

new FaceDrawing(query("#logo")).moveTo(0.7, 0.3);
playback = new Playback(query("#player"), host);
await fetchSongs();
const eventSource = new EventSource("events");
eventSource.addEventListener("message", (event) => onCommand(JSON.parse(event.data)));
eventSource.addEventListener("open", () => {
  if (query("#player-error").textContent === SERVER_ENDED) playback.events.error("");
  query("#player").removeAttribute("aria-busy");
});
eventSource.addEventListener("error", () => playback.events.error(SERVER_ENDED));
