// The sheet to share or save the songs: as a card, as text, or as a playlist file.

import { query, setText } from "../ui/dom.js";
import { dateFormat, sentence } from "../ui/sentences.js";
import { createSheet } from "../ui/sheet.js";
import { requestFile } from "./api.js";
import { drawCard } from "./share-card.js";
import { saveFile } from "./save-file.js";
import { songToKeep } from "./song-record.js";
import { state } from "./store.js";

const NO_PICTURE = sentence("share.no_picture");
const SHEET = `
<div class="share">
<canvas id="share-card" role="img"></canvas>
<div class="share-actions">
<h3>{{share.card}}</h3>
<p class="small">{{share.card_more}}</p>
<button type="button" class="main" id="share-send" data-icon="share" hidden>{{share.send}}</button>
<button type="button" id="share-picture" data-icon="save">{{share.save_picture}}</button>
<h3>{{share.songs}}</h3>
<button type="button" id="share-copy" data-icon="copy">{{share.copy}}</button>
<button type="button" data-save="m3u8" data-icon="save">{{share.save_m3u8}}</button>
<button type="button" data-save="csv" data-icon="save">{{share.save_csv}}</button>
<p class="done" id="share-done" role="status"></p>
<p class="error" id="share-error" role="alert"></p>
</div>
</div>`;

const fileName = (suffix) => `musicalface-${state.songs.mood}.${suffix}`;

/** The line above the mood's word. */
function beforeMood({ corrected, mood, phase, songs }) {
  if (mood !== songs.mood) return sentence("share.my_mood");
  if (corrected) return sentence("share.i_feel");
  return sentence(phase === "photo" ? "share.they_look" : "share.i_look");
}

function renderCard() {
  const { songs, mood, reading } = state;
  const seen = reading && mood === songs.mood ? [reading.valence, reading.arousal] : null;
  const date = dateFormat({ dateStyle: "long" }).format(new Date());
  drawCard(query("#share-card"), { before: beforeMood(state), mood: songs.mood, toward: songs.toward, songs: songs.songs, reading: seen, date });
  query("#share-card").setAttribute("aria-label", sentence("share.described", { title: songs.title }));
}

function say(done, error = "") {
  setText(query("#share-done"), done);
  setText(query("#share-error"), error);
}

async function cardFile() {
  const blob = await new Promise((resolve) => { query("#share-card").toBlob(resolve, "image/png"); });
  if (!blob) throw new Error(NO_PICTURE);
  return new File([blob], fileName("png"), { type: "image/png" });
}

/** Whether this browser hands pictures to other programs. */
function canShare() {
  return Boolean(navigator.canShare?.({ files: [new File([""], "card.png", { type: "image/png" })] }));
}

async function send() {
  try {
    await navigator.share({ files: [await cardFile()], title: state.songs.title });
  } catch (error) {
    if (error.name === "AbortError") return; // the person has changed their mind
    throw new Error(error.message === NO_PICTURE ? NO_PICTURE : sentence("share.not_shared"));
  }
}

async function savePicture() {
  saveFile(await cardFile(), fileName("png"));
}

const asText = ({ title, songs }) => [title, ...songs.map((song, index) => `${index + 1}. ${song.title} – ${song.artist}`)].join("\n");

async function copy() {
  try {
    await navigator.clipboard.writeText(`${asText(state.songs)}\n`);
  } catch {
    throw new Error(sentence("share.not_copied"));
  }
  say(sentence("share.copied"));
}

async function saveList(form) {
  saveFile(await requestFile("POST", `/api/songs/files/${form}`, { songs: state.songs.songs.map(songToKeep) }), fileName(form));
}

function onPress(button, action) {
  button.addEventListener("click", async () => {
    say("");
    await action().catch((error) => say("", error.message));
  });
}

function createShareSheet() {
  const sheet = createSheet("share", "share.title", SHEET);
  onPress(query("#share-send"), send);
  onPress(query("#share-picture"), savePicture);
  onPress(query("#share-copy"), copy);
  for (const button of sheet.querySelectorAll("[data-save]")) onPress(button, () => saveList(button.dataset.save));
  query("#share-send").hidden = !canShare();
}

/** Opens the sheet with the songs of the list. */
export function open() {
  if (!query("#share")) createShareSheet();
  say("");
  renderCard();
  query("#share").showModal();
}
